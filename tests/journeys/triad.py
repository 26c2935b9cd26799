"""What a teller does with a triad: tap a spot, move it by keys, or type three numbers."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.citizen import Citizen
from tests.journeys.looking import look

TELL = {"cy": "/cy/prosiectau/{}/dweud", "en": "/en/projects/{}/tell"}
CORNERS = ("a", "b", "c")
DRAWING = "[data-triad] svg"


@dataclass
class TriadTeller:
    """Somebody who tells a story of a project that asks a triad."""

    page: Page
    language: str
    slug: str

    def begin(self, words: str) -> None:
        """Tell the story and come to the question about its meaning."""
        self.page.goto(TELL[self.language].format(self.slug))
        self.page.fill("textarea[name=story]", words)
        Citizen(self.page, self.language).go_on()

    def tap(self) -> list[int]:
        """Tap half way between the top corner and the side across from it; return the three shares."""
        look(self.page, f"meaning-{self.language}")
        drawing = self.page.locator(DRAWING)
        box = drawing.bounding_box()
        assert box is not None
        drawing.click(position={"x": box["width"] / 2, "y": box["height"] * 88 / 178})
        return self.shares()

    def press_keys(self) -> list[int]:
        """Move the spot three steps up and one to the right; return the three shares, which are spoken too."""
        self.page.locator(DRAWING).focus()
        for _ in range(3):
            self.page.keyboard.press("ArrowUp")
        self.page.keyboard.press("ArrowRight")
        shares = self.shares()
        assert str(shares[0]) in (self.page.locator(DRAWING).get_attribute("aria-valuetext") or "")
        return shares

    def type_numbers(self, *numbers: str) -> None:
        """Type a number into each box, where there are no scripts to draw anything."""
        assert not self.page.locator(DRAWING).is_visible()
        for corner, number in zip(CORNERS, numbers, strict=True):
            self.page.fill(f"input[name='meaning-q1-{corner}']", number)

    def shares(self) -> list[int]:
        """Return the numbers in the boxes."""
        return [int(self.page.input_value(f"input[name='meaning-q1-{corner}']")) for corner in CORNERS]

    def send(self) -> str:
        """Agree that the story is published, send it, and return its reference."""
        teller = Citizen(self.page, self.language, looks=False)
        teller.go_on()
        teller.go_on()
        self.page.check("input[name=read]")
        for use in ("publish", "quote"):
            self.page.check(f"input[name=uses][value={use}]")
        teller.go_on()
        self.page.click("#tell button[name=go][value=sent]")
        self.page.wait_for_selector(".code__value")
        return self.page.locator("main").inner_text()
