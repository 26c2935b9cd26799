"""The moderation desk in a browser: by keyboard alone, by clicking, and without scripts, with the same result."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.citizen import Citizen
from tests.journeys.conftest import RunningSite
from tests.journeys.looking import WALKED_IN, look
from tests.journeys.staff import Moderator
from tests.journeys.test_administrator import sign_in

STORY = (
    "The last bus leaves before the evening class ends and Blodwen from the corner shop drives three of us home. "
    "Nobody thanks her."
)


HIDDEN = {"cy": "Wedi’i guddio", "en": "Hidden"}


def tell(phone: Page) -> str:
    """Tell the story and return its reference."""
    citizen = Citizen(phone, "en", looks=False)
    citizen.choose_project()
    citizen.tell(STORY)
    citizen.read_what_was_understood()
    reference = re.search(r"\d{4}-\d{4}", phone.locator("main").inner_text())
    assert reference is not None
    return reference[0]


def go_to_word(desk: Page, word: str) -> None:
    """Go with the arrows to a word of the story, which is said aloud."""
    for _ in range(60):
        if word in (desk.locator("[data-original] [role=status]").text_content() or ""):
            return
        desk.keyboard.press("ArrowRight")
    raise AssertionError(f"the arrows never came to {word}")


@pytest.mark.parametrize("language", WALKED_IN)
def test_a_story_is_redacted_published_and_undone_by_keyboard_alone(
    phone: Page, desk: Page, running_site: RunningSite, language: str
) -> None:
    reference = tell(phone)
    sign_in(desk, running_site, "moderator", language)
    keys = desk.keyboard
    for _ in range(20):
        keys.press("j")
        if reference in desk.evaluate("document.activeElement.textContent"):
            break
    with desk.expect_navigation():
        keys.press("Enter")
    assert reference in desk.locator("h1").inner_text()
    keys.press("e")
    status = desk.locator("[data-original] [role=status]")
    go_to_word(desk, "Blodwen")
    if HIDDEN[language] not in (status.text_content() or ""):
        keys.press("Enter")
    # Several words: the first and the last are marked.
    go_to_word(desk, "corner")
    keys.press("Space")
    keys.press("ArrowRight")
    keys.press("Space")
    expect(status).to_have_text(f"{HIDDEN[language]}: corner shop")
    preview = desk.locator("[data-preview]")
    assert "Blodwen" not in preview.inner_text()
    assert "corner shop" not in preview.inner_text()
    look(desk, f"desk-hidden-{language}")
    keys.press("p")
    with desk.expect_navigation():
        keys.press("Enter")
    desk.wait_for_selector(".notice--good")
    assert phone.goto(f"/en/evidence/{reference}").status == 200  # type: ignore[union-attr]
    shown = phone.locator("main").inner_text()
    assert "evening class" in shown
    assert "Blodwen" not in shown
    assert "corner shop" not in shown
    keys.press("u")
    with desk.expect_navigation():
        keys.press("Enter")
    desk.wait_for_selector(".timeline s")
    assert phone.goto(f"/en/evidence/{reference}").status == 404  # type: ignore[union-attr]


def test_words_are_hidden_by_clicking_and_selecting_and_shortcuts_can_be_switched_off(
    phone: Page, desk: Page, running_site: RunningSite
) -> None:
    reference = tell(phone)
    Moderator(desk).sign_in(*running_site.passwords["moderator"])
    desk.goto(f"/en/staff/stories/{reference}")
    before = desk.locator("[data-original] mark.hidden").count()
    desk.locator("[data-original] [data-start]", has_text=re.compile("^evening$")).click()
    expect(desk.locator("[data-original] mark.hidden")).to_have_count(before + 1)
    word = desk.locator("[data-original] [data-start]", has_text=re.compile("^Nobody$"))
    word.dblclick()
    desk.evaluate(
        """() => {
            const words = [...document.querySelectorAll("[data-original] [data-start]")];
            const find = (text) => words.find((each) => each.textContent === text).firstChild;
            document.getSelection().setBaseAndExtent(find("drives"), 0, find("home"), 4);
        }"""
    )
    desk.click("[data-hide-selection]")
    preview = desk.locator("[data-preview]")
    assert "drives three" not in preview.inner_text()
    desk.click("button[name=verdict][value=save]")
    desk.wait_for_selector(".notice--good")
    assert "drives three" not in desk.locator("[data-preview]").inner_text()
    assert "evening" not in desk.locator("[data-preview]").inner_text()
    desk.keyboard.press("?")
    look(desk, "desk-keys")
    desk.uncheck("#keys-on")
    desk.keyboard.press("Escape")
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("p")
    assert desk.evaluate("document.activeElement === document.body")
    desk.reload()
    desk.keyboard.press("?")
    assert desk.locator("dialog[open]").count() == 0


def test_without_scripts_boxes_and_typed_words_do_the_same(
    phone: Page, chromium: Browser, running_site: RunningSite
) -> None:
    reference = tell(phone)
    context = chromium.new_context(base_url=running_site.address, java_script_enabled=False)
    page = context.new_page()
    email, password = running_site.passwords["moderator"]
    page.goto(f"/cy/staff/straeon/{reference}")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**/{reference}*")
    assert not page.locator("[data-tools]").is_visible()
    page.fill("textarea[name=words]", "Blodwen")
    page.click("button[name=verdict][value=published]")
    page.wait_for_selector(".notice--good")
    assert phone.goto(f"/en/evidence/{reference}").status == 200  # type: ignore[union-attr]
    assert "Blodwen" not in phone.locator("main").inner_text()
    context.close()
