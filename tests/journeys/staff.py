"""What a moderator does."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.looking import look


@dataclass
class Moderator:
    """A member of staff at a desk, who reads the site in English."""

    page: Page

    def sign_in(self, email: str, password: str) -> None:
        """Sign in and arrive at the queue."""
        self.page.goto("/en/staff")
        look(self.page, "sign-in")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url("**/en/staff")
        look(self.page, "queue")

    def publish(self, reference: str, hide: str) -> None:
        """Hide some words, look at the result, publish."""
        self.page.goto(f"/en/staff/stories/{reference}")
        look(self.page, "staff-story")
        self.page.fill("textarea[name=words]", hide)
        self.page.click("button[name=verdict][value=save]")
        self.page.click("button[name=verdict][value=published]")
        self.page.wait_for_selector(".notice--good")
        look(self.page, "staff-published")

    def answer(self, references: list[str], welsh: str, english: str) -> None:
        """Answer several stories at once, in both languages."""
        query = "&".join(f"story={reference}" for reference in references)
        self.page.goto(f"/en/staff/replies/new?{query}")
        look(self.page, "reply")
        self.page.fill("textarea[name=text_cy]", welsh)
        self.page.fill("textarea[name=text_en]", english)
        self.page.click("button[name=go][value=preview]")
        look(self.page, "reply-preview")
        self.page.click("button[name=go][value=send]")
        self.page.wait_for_selector(".notice--good")
