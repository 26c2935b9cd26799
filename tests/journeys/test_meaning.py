"""A triad in a real browser: tapped, moved by keyboard, and typed without scripts; then read by staff."""

import pytest
from playwright.sync_api import Page

from tests.journeys.citizen import Citizen
from tests.journeys.conftest import RunningSite
from tests.journeys.decider import Decider
from tests.journeys.looking import look

ASK = {"cy": "/cy/staff/prosiectau/{}", "en": "/en/staff/projects/{}"}
TELL = {"cy": "/cy/prosiectau/{}/dweud", "en": "/en/projects/{}/tell"}
STORY = {
    "cy": "Daeth y gymdoges â chinio i mi a bu’n sgwrsio am awr.",
    "en": "My neighbour brought me dinner and talked for an hour.",
}
TRIAD = {
    "question_cy": "Beth oedd bwysicaf i chi?",
    "question_en": "What mattered most to you?",
    "labels_cy": "Cwmni\nCymorth ymarferol\nRhywun yn gwrando",
    "labels_en": "Company\nPractical help\nBeing listened to",
}
CORNERS = ("a", "b", "c")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_triad_is_answered_in_three_ways_and_read(
    phone: Page, plain_phone: Page, desk: Page, running_site: RunningSite, language: str
) -> None:
    slug = f"ystyr-{language}"
    decider = Decider(desk, language)
    decider.sign_in(*running_site.passwords["decisions"])
    decider.set_up(slug)
    ask(desk, slug, language)

    begin(phone, slug, language)
    look(phone, f"meaning-{language}")
    tap(phone)
    assert shares(phone) == [50, 25, 25]
    send(phone)

    begin(phone, slug, language)
    phone.locator("[data-triad] svg").focus()
    for _ in range(3):
        phone.keyboard.press("ArrowUp")
    phone.keyboard.press("ArrowRight")
    by_keys = shares(phone)
    assert sum(by_keys) == 100
    assert by_keys[0] > 40 > by_keys[2] > by_keys[1]
    assert str(by_keys[0]) in (phone.locator("[data-triad] svg").get_attribute("aria-valuetext") or "")
    send(phone)

    begin(plain_phone, slug, language)
    assert not plain_phone.locator("[data-triad] svg").is_visible()
    for corner, number in zip(CORNERS, ("2", "1", "1"), strict=True):
        plain_phone.fill(f"input[name='meaning-q1-{corner}']", number)
    send(plain_phone)

    desk.goto(ASK[language].format(slug))
    desk.click("a[href$='/ystyron'], a[href$='/meanings']")
    look(desk, f"meanings-{language}")
    spots = [
        (spot.get_attribute("cx"), spot.get_attribute("cy")) for spot in desk.locator("svg .point").all()
    ]
    assert len(spots) == 3
    # The spot that was tapped and the one that was typed are one and the same.
    assert spots[0] == spots[2] != spots[1]
    desk.locator("svg a[aria-label]:has(.cell)").first.press("Enter")
    desk.wait_for_selector("#opened a")


def ask(desk: Page, slug: str, language: str) -> None:
    """Ask a triad in the project's stage."""
    desk.goto(ASK[language].format(slug))
    desk.click("a[href$='/arwyddwyr'], a[href$='/signifiers']")
    look(desk, f"signifiers-{language}")
    desk.check("input[name=kind][value=triad]")
    for name, words in TRIAD.items():
        desk.fill(f"[name={name}]", words)
    desk.click("#question button.button")
    desk.wait_for_selector(".notice--good")


def begin(page: Page, slug: str, language: str) -> None:
    """Tell the story and come to the question about its meaning."""
    page.goto(TELL[language].format(slug))
    page.fill("textarea[name=story]", STORY[language])
    Citizen(page, language).go_on()


def tap(page: Page) -> None:
    """Tap half way between the top corner and the side across from it."""
    drawing = page.locator("[data-triad] svg")
    box = drawing.bounding_box()
    assert box is not None
    drawing.click(position={"x": box["width"] / 2, "y": box["height"] * 88 / 178})


def shares(page: Page) -> list[int]:
    """Return the numbers in the boxes."""
    return [int(page.input_value(f"input[name='meaning-q1-{corner}']")) for corner in CORNERS]


def send(page: Page) -> None:
    """Go on to the last page and send."""
    teller = Citizen(page, "en", looks=False)
    teller.go_on()
    teller.go_on()
    page.check("input[name=read]")
    teller.go_on()
    page.click("#tell button[name=go][value=sent]")
    page.wait_for_selector(".code__value")
