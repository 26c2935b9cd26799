"""Weighing from end to end: somebody tells a story on a phone, and puts the options of its project in order."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.citizen import Citizen
from tests.journeys.conftest import RunningSite
from tests.journeys.looking import WALKED_IN, look

STORY = {
    "cy": "Does unman cynnes i fynd iddo gyda ffrindiau ar nos Wener.",
    "en": "There is nowhere warm to go with friends on a Friday evening.",
}
TELL = {
    "cy": "/cy/prosiectau/gwasanaeth-ieuenctid/dweud",
    "en": "/en/projects/gwasanaeth-ieuenctid/tell",
}
VOTES = {"cy": "/cy/fy-stori/pleidleisiau", "en": "/en/my-story/votes"}
LIBRARY = {"cy": "Yr hen lyfrgell", "en": "The old library"}
CENTRE = {"cy": "Y ganolfan hamdden", "en": "The leisure centre"}


@pytest.mark.parametrize("language", WALKED_IN)
def test_a_teller_puts_options_in_order(phone: Page, running_site: RunningSite, language: str) -> None:
    teller = Citizen(phone, language)
    phone.goto(TELL[language])
    tell(teller, STORY[language])
    teller.read_what_was_understood()
    phone.goto(VOTES[language])
    look(phone, f"votes-{language}")
    phone.locator("section.card a.button").click()
    phone.get_by_label(CENTRE[language]).select_option("1")
    phone.get_by_label(LIBRARY[language]).select_option("2")
    look(phone, f"vote-{language}")
    phone.locator("form#vote button").click()
    expect(phone.locator("section.card ol li")).to_have_text([CENTRE[language], LIBRARY[language]])


def tell(teller: Citizen, words: str) -> None:
    """Tell a story in a project that asks about its meaning too, and leave everything out that can be."""
    phone = teller.page
    phone.fill("textarea[name=story]", words)
    for _ in ("the story", "what it means", "about you"):
        teller.go_on()
    phone.check("input[name=read]")
    phone.check(f"input[name=reply_language][value={teller.language}]")
    teller.go_on()
    phone.click("#tell button[name=go][value=sent]")
