"""Front-line insight: from sign-in to logged in a few taps, then answered, then seen by whoever logged it.

The figures are those of the table in docs/insights.md.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import RunningSite
from tests.journeys.looking import WALKED_IN, look
from tests.journeys.worker import Worker, presses_to

HEARD = {
    "cy": "Dim bws ar ôl chwech, felly maen nhw’n colli gwaith.",
    "en": "No bus after six, so people turn work down.",
}
DOC = (Path(__file__).resolve().parents[2] / "docs" / "insights.md").read_text(encoding="utf-8")


def stated(what: str) -> int:
    """Return a figure of the table in the documentation."""
    found = re.search(rf"^\| {what} \| (\d+) ", DOC, re.MULTILINE)
    assert found is not None, what
    return int(found[1])


@pytest.mark.parametrize("language", WALKED_IN)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_signing_in_and_logging_takes_as_little_as_the_documentation_says(
    scripts: bool, language: str, phone: Page, plain_phone: Page, running_site: RunningSite
) -> None:
    worker = Worker(phone if scripts else plain_phone, language, looks=scripts)
    worker.sign_in(*running_site.passwords["worker"])
    if scripts:
        look(worker.page, f"insight-form-{language}")
    worker.log(f"{HEARD[language]} {'*' if scripts else '+'}")
    assert worker.taps == stated("taps")
    assert len(worker.pages) == stated("pages")
    assert worker.typed <= stated("characters of the insight, about") + 10
    assert HEARD[language] in worker.read_mine()


def test_a_keyboard_alone_is_enough(desk: Page, running_site: RunningSite) -> None:
    worker = Worker(desk, "en", looks=False)
    worker.sign_in(*running_site.passwords["worker"])
    assert presses_to(desk, "textarea[name=text]") == stated("presses to the text by keyboard")
    desk.keyboard.type("The lift is out of order, say people with prams.")
    for _control in range(stated("presses from the text to Send by keyboard") - 1):
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/kept")


@pytest.mark.parametrize("language", WALKED_IN)
def test_what_is_logged_is_answered_and_its_author_sees_it(
    language: str, phone: Page, desk: Page, running_site: RunningSite
) -> None:
    worker = Worker(phone, language)
    worker.sign_in(*running_site.passwords["worker"])
    words = f"{HEARD[language]} Nodyn i’w ateb." if language == "cy" else f"{HEARD[language]} To be answered."
    worker.log(words)
    desk.goto(f"/{language}/staff")
    email, password = running_site.passwords["decisions"]
    desk.fill("input[name=email]", email)
    desk.fill("input[name=password]", password)
    desk.press("input[name=password]", "Enter")
    desk.wait_for_selector("main h1")
    desk.goto({"cy": "/cy/staff/mewnwelediadau", "en": "/en/staff/insights"}[language])
    look(desk, f"insight-list-{language}")
    line = desk.locator(".tasks > li", has_text=words)
    line.locator("input[name=insight]").check()
    opened = line.locator("a").get_attribute("href")
    desk.click("form[action] button.button:not(.button--quiet)")
    look(desk, f"insight-answer-{language}")
    desk.check("input[name=outcome][value=looking]")
    desk.fill("textarea[name=text_cy]", "Rydym yn edrych ar yr amserlen.")
    desk.fill("textarea[name=text_en]", "We are looking at the timetable.")
    desk.click("#answer button[type=submit]")
    desk.wait_for_selector(".notice--good")
    desk.goto(str(opened))
    look(desk, f"insight-one-{language}")
    mine = worker.read_mine()
    assert {"cy": "Rydym yn edrych ar yr amserlen.", "en": "We are looking at the timetable."}[
        language
    ] in mine
