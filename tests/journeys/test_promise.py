"""A promise from end to end: a co-produced project is set up, decided with a participant, and judged by its teller."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page

from tests.journeys.citizen import Citizen
from tests.journeys.conftest import RunningSite
from tests.journeys.decider import WORDS, Decider
from tests.journeys.looking import look

STORY = {
    "cy": "Does dim byd i’w wneud yn y dref gyda’r nos a dwi’n gweld eisiau fy ffrindiau.",
    "en": "There is nothing to do in town in the evening and I miss my friends.",
}
TELL = {"cy": "/cy/prosiectau/{}/dweud", "en": "/en/projects/{}/tell"}
PROMISE = {"cy": "/cy/prosiectau/{}/addewid", "en": "/en/projects/{}/promise"}
PANEL = {"cy": "/cy/fy-stori/panel", "en": "/en/my-story/panel"}
JUDGE = {"cy": "/cy/fy-stori/addewid", "en": "/en/my-story/promise"}
NOBODY = {"cy": "nid oes neb wedi derbyn sedd", "en": "nobody has taken a seat"}
FIRST = {"cy": "Rhowch y penderfyniad gerbron y panel", "en": "Put the decision before the panel first"}
MEMBERS = {"cy": "Nid yw pob aelod o’r panel wedi cytuno", "en": "Not every member of the panel has agreed"}


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_project_is_set_up_and_decided_with_a_participant(
    phone: Page, desk: Page, running_site: RunningSite, language: str
) -> None:
    slug = f"pobl-ifanc-{language}"
    decider = Decider(desk, language)
    decider.sign_in(*running_site.passwords["decisions"])
    decider.set_up(slug)

    teller = Citizen(phone, language)
    phone.goto(TELL[language].format(slug))
    teller.tell(STORY[language])
    teller.read_what_was_understood()
    reference = re.search(r"\d{4}-\d{4}", phone.locator("main").inner_text())
    assert reference is not None

    decider.draft(slug)
    decision = desk.url
    assert NOBODY[language] in decider.move("publish")
    decider.offer_seat(slug, reference[0])
    take_seat(phone, language)
    desk.goto(decision)
    assert FIRST[language] in decider.move("publish")
    desk.goto(decision)
    decider.move("propose")
    assert MEMBERS[language] in decider.move("publish")
    agree(phone, language)
    desk.goto(decision)
    decider.move("publish")

    judge(phone, language)
    phone.goto(PROMISE[language].format(slug))
    look(phone, f"promise-{language}")
    assert WORDS[f"text_{language}"] in phone.locator("main").inner_text()
    assert str(date.today().year) in phone.locator(f"#decision-{decision.rsplit('/', 1)[1]}").inner_text()


def take_seat(phone: Page, language: str) -> None:
    """Take the seat that was offered."""
    phone.goto(PANEL[language])
    look(phone, f"panel-offer-{language}")
    phone.click("button[name=seat][value=take]")
    phone.wait_for_selector(".notice--good")


def agree(phone: Page, language: str) -> None:
    """Read the decision and agree, by keyboard alone."""
    phone.goto(PANEL[language])
    look(phone, f"panel-{language}")
    phone.locator("main .card a.button").press("Enter")
    phone.wait_for_selector("#speak")
    look(phone, f"panel-speak-{language}")
    phone.locator("input[name=verdict][value=agree]").press("Space")
    phone.locator("#speak button.button").press("Enter")
    phone.wait_for_selector(".notice--good")


def judge(phone: Page, language: str) -> None:
    """Say how much say it felt like, and how one felt about influence before and after."""
    phone.goto(JUDGE[language])
    look(phone, f"judge-{language}")
    for name, value in (("influence_before", "2"), ("influence_after", "4"), ("felt", "collaborate")):
        phone.check(f"input[name={name}][value='{value}']")
    phone.click("#promise button.button")
    phone.wait_for_selector(".notice--good")
