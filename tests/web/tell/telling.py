"""Somebody who tells a story on the test site, page by page, and what a browser would show them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from involve.models import Story
from involve.web.site import Site
from tests.pages import Browser, Page

ADDRESSES = {"cy": "/cy/prosiectau/{}/dweud", "en": "/en/projects/{}/tell"}
OTHER = {"cy": "en", "en": "cy"}
FORM = "form#tell"


class Teller:
    """Tells a story in one language; what is typed is given, everything else is left as the page has it."""

    def __init__(self, page: Browser, project: str, language: str = "en") -> None:
        self.page, self.address = page, ADDRESSES[language].format(project)
        self.twin = ADDRESSES[OTHER[language]].format(project)

    def start(self) -> Page:
        """Go to the first question."""
        return self.page.get(self.address)

    def go_on(self, at: Page, **typed: Any) -> Page:
        """Answer what the page asks and press the button that goes on."""
        return self.page.send(at, form=FORM, **typed)

    def press(self, at: Page, go: str, **typed: Any) -> Page:
        """Press another button of the page."""
        return self.page.send(at, {"go": go}, form=FORM, **typed)

    def switch(self, at: Page, form: str = FORM, **typed: Any) -> Page:
        """Change the language in the middle of a page."""
        button = at.one(".switch button")
        assert button["form"] == form.split("#")[1]
        return self.page.post(str(button["formaction"]), {**at.fields(form), **typed, "switch": "1"})

    def last_page(self, story: str, **agreed: Any) -> Page:
        """Answer everything and stop before sending."""
        at = self.go_on(self.start(), story=story)
        return self.go_on(self.go_on(at), **{"read": "y", **agreed})

    def tell(self, story: str, **agreed: Any) -> Page:
        """Tell a whole story and return the receipt."""
        return self.press(self.last_page(story, **agreed), "sent")


def step_of(page: Page) -> str:
    """Return the step that a page shows."""
    return str(page.one(f'{FORM} input[name="step"]')["value"])


def code_on(page: Page) -> str:
    """Return the story code that a receipt shows."""
    return "".join(page.one(".code__value").get_text().split())


def stories(site: Site) -> int:
    """Return how many stories are kept."""
    with site.reading() as session:
        return session.scalar(select(func.count()).select_from(Story)) or 0


def whole_form(**changed: Any) -> Mapping[str, Any]:
    """Return all the fields of a story that is about to be sent."""
    form: dict[str, Any] = {
        "step": "check",
        "go": "sent",
        "client_id": "6f0c4c53-5ee4-4c1d-9b3a-0c1f5d1b5a77",
        "story": "There is no bus after six.",
        "told_as": "own",
        "area": "",
        "read": "y",
        "reply_language": "en",
        **changed,
    }
    return {name: value for name, value in form.items() if value is not None}
