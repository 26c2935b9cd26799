"""What a front-line worker does between two visits, and how many taps, characters and pages it takes."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.journeys.looking import look

WORDS = {
    "cy": {"log": "/cy/staff", "mine": "/cy/staff/fy-mewnwelediadau", "kept": "diolch"},
    "en": {"log": "/en/staff", "mine": "/en/staff/my-insights", "kept": "kept"},
}


@dataclass
class Worker:
    """A member of staff on a phone; `taps`, `typed` and `pages` count what they do and what they are shown."""

    page: Page
    language: str
    looks: bool = True
    taps: int = 0
    typed: int = 0
    pages: list[str] = field(default_factory=list)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in with what the browser remembers, and arrive at the form."""
        self.page.on("load", lambda page: self.pages.append(page.url))
        self.page.goto(WORDS[self.language]["log"])
        # A browser fills these in by itself.
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self._tap("main form button.button:not(.button--quiet)")
        self.page.wait_for_selector("#insight textarea[name=text]")

    def log(self, text: str, band: str = "few") -> None:
        """Say what I keep hearing and from about how many people, and send it."""
        self._tap("#insight textarea[name=text]")
        self.page.keyboard.type(text)
        self.typed += len(text)
        self._tap(f"#insight input[name=band][value={band}]")
        self._tap("#insight button[type=submit]")
        self.page.wait_for_url(f"**/{WORDS[self.language]['kept']}")
        self._look("kept")

    def read_mine(self) -> str:
        """Read what became of what I logged."""
        self.page.goto(WORDS[self.language]["mine"])
        self._look("mine")
        return self.page.locator("main").inner_text()

    def _tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).click()

    def _look(self, name: str) -> None:
        if self.looks:
            look(self.page, f"insight-{name}-{self.language}")


def presses_to(page: Page, selector: str, most: int = 40) -> int:
    """Return how many times Tab is pressed, after the skip link, until the control has the focus."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for presses in range(1, most):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return presses + 2
    raise AssertionError(f"{selector} is not reached by {most} presses")
