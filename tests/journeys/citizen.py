"""What someone does who has a story to tell, in either language."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.looking import look, settle

ADDRESSES = {
    "cy": {"projects": "/cy/prosiectau", "my_story": "/cy/fy-stori", "evidence": "/cy/tystiolaeth"},
    "en": {"projects": "/en/projects", "my_story": "/en/my-story", "evidence": "/en/evidence"},
}


@dataclass
class Citizen:
    """A person with a browser, who reads the site in `language`."""

    page: Page
    language: str
    looks: bool = True

    def see(self, name: str) -> None:
        """Look at the page (which needs scripts)."""
        if self.looks:
            look(self.page, f"{name}-{self.language}")

    def choose_project(self) -> None:
        """Begin at the door, choose a language and the first project."""
        self.page.goto("/")
        self.page.click(f"a[hreflang={self.language}]")
        self.see("home")
        self.page.goto(ADDRESSES[self.language]["projects"])
        self.see("projects")
        self.page.click("main article a")
        self.see("project")
        self.page.click(".ask a.button")

    def tell(self, words: str) -> str:
        """Tell a story, agree that it is published, and return the code."""
        self.see("tell-story")
        self.page.fill("textarea[name=story]", words)
        self.go_on()
        self.see("tell-about")
        self.page.select_option("select[name=area]", index=3)
        self.go_on()
        self.see("tell-agree")
        self.page.check("input[name=read]")
        self.page.check("input[name=uses][value=publish]")
        self.page.check(f"input[name=reply_language][value={self.language}]")
        self.go_on()
        self.see("tell-check")
        self.page.click("#tell button[name=go][value=sent]")
        self.see("receipt")
        return "".join(self.page.locator(".code__value").inner_text().split())

    def go_on(self) -> None:
        """Go to the next question."""
        self.page.click("#tell button.button--wide")

    def read_what_was_understood(self) -> None:
        """Go on from the receipt."""
        self.page.check("input[name=kept]")
        self.page.click("main form:has(input[name=kept]) button")
        self.see("my-story")

    def answer_tags(self, confirm: str, reject: str) -> None:
        """Say that one suggested tag fits and that another does not."""
        for verdict, concept in (("confirmed", confirm), ("rejected", reject)):
            self.page.click(f"button[name=verdict][value='{verdict}:{concept}']")

    def come_back(self, code: str) -> None:
        """Open my story with the code, on a device that has never seen it."""
        self.page.goto(ADDRESSES[self.language]["my_story"])
        self.see("code")
        self.page.fill("input[name=code]", code.lower().replace("-", " "))
        self.page.press("input[name=code]", "Enter")
        self.page.wait_for_selector(".timeline")
        self.see("my-story-later")

    def search(self, words: str) -> list[str]:
        """Search the evidence and return the texts that are found."""
        self.page.goto(ADDRESSES[self.language]["evidence"])
        self.page.fill("input[name=q]", words)
        self.page.press("input[name=q]", "Enter")
        self.page.wait_for_url("**q=*")
        # The list was put in place: whoever goes by keyboard is at the count, and not at the top of the page again.
        assert self.page.evaluate("document.activeElement.className") == "count-line"
        self.see("evidence")
        return settle(self.page).locator("article .words").all_inner_texts()
