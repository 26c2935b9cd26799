"""An intermediary gathers a story and lets go of it; an analyst reads what is public, judges a tag and translates."""

import pytest
from playwright.sync_api import Page

from tests.journeys.citizen import Citizen
from tests.journeys.conftest import RunningSite
from tests.journeys.looking import WALKED_IN, look, settle
from tests.journeys.test_administrator import sign_in

LISTS = {"cy": "/cy/staff/cyfieithu", "en": "/en/staff/translations"}
STORIES = {
    "cy": "Mae’r bws olaf yn gadael am chwech, felly mae Mam yn gaeth i’r tŷ gyda’r nos.",
    "en": "The last bus leaves at six, so Mam is stuck in the house every evening.",
}


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("language", WALKED_IN)
def test_an_intermediary_gathers_a_story_and_its_code_goes_with_its_teller(
    phone: Page, plain_phone: Page, running_site: RunningSite, language: str
) -> None:
    sign_in(phone, running_site, "collector", language)
    code = gather(phone, language)
    hand_over(phone, code)
    teller = Citizen(plain_phone, language, looks=False)
    teller.come_back(code)
    assert STORIES[language] in plain_phone.locator("main").inner_text()


def gather(page: Page, language: str) -> str:
    """Tell somebody's story on this device, and return the code that is shown once."""
    page.goto(f"/{language}/staff/{'casglu' if language == 'cy' else 'collect'}")
    look(page, f"collecting-{language}")
    page.click("ul.tasks a >> nth=0")
    look(page, f"collect-{language}")
    page.click("#next button")
    page.fill("textarea[name=story]", STORIES[language])
    for _ in range(5):
        if settle(page).locator("input[name=read]").count():
            break
        page.click("#tell button.button--wide")
    page.check("input[name=read]")
    page.click("#tell button.button--wide")
    page.click("#tell button[name=go][value=sent]")
    look(page, f"receipt-collected-{language}")
    return "".join(page.locator(".code__value").inner_text().split())


def hand_over(page: Page, code: str) -> None:
    """Let go of the story: nothing on this device shows it or its code again."""
    page.check("#has_code")
    page.click("#receipt button[name=go][value=handed]")
    page.wait_for_load_state()
    assert code not in page.content()
    page.goto("/cy/fy-stori")
    assert page.locator("input[name=code]").count() == 1
    assert code not in page.content()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("language", WALKED_IN)
def test_an_analyst_reads_what_is_published_judges_a_tag_and_translates(
    desk: Page, running_site: RunningSite, language: str
) -> None:
    sign_in(desk, running_site, "analyst", language)
    look(desk, f"analyst-queue-{language}")
    judge_a_tag(desk, language)
    translate(desk, language)


def judge_a_tag(page: Page, language: str) -> None:
    """Open a published story, whose original is not shown, and say that a tag fits."""
    page.goto(f"/{language}/staff?state=published")
    page.click("ul.tasks a >> nth=0")
    look(page, f"analyst-story-{language}")
    assert page.locator("#moderate").count() == 0
    row = page.locator("li.tag-row").first
    before = row.inner_text()
    said = {"cy": "Staff: mae’n gywir", "en": "Staff: it fits"}[language]
    row.locator("button[name=verdict][value^=confirmed]").click()
    page.wait_for_load_state()
    after = page.locator("li.tag-row").first.inner_text()
    assert said.casefold() in after.casefold(), (before, after)


def translate(page: Page, language: str) -> None:
    """Translate the first story that waits, and keep it as a draft."""
    page.goto(LISTS[language])
    look(page, f"translations-{language}")
    page.click("ul.tasks a >> nth=0")
    look(page, f"translation-{language}")
    address, words = page.url, STORIES["en" if language == "cy" else "cy"]
    page.fill("textarea[name=text]", words)
    page.click("button[name=verdict][value=keep]")
    page.wait_for_selector(".notice")
    page.goto(address)
    assert page.input_value("textarea[name=text]") == words
