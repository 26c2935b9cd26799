"""A browser without scripts that checks every page, and a page taken apart for a test to look at."""

from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page_checks import check_page


class CheckedClient(FlaskClient):
    """A browser without scripts that checks every page it is given."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request and check the answer."""
        response = super().open(*args, **kwargs)
        shown = response.request.method != "HEAD" and response.status_code not in range(300, 400)
        if response.mimetype == "text/html" and shown:
            check_page(response.get_data(as_text=True), response.request.path)
        return response


class Page:
    """One page, taken apart."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page as a tree."""
        return BeautifulSoup(self.html, "lxml")

    def __contains__(self, words: str) -> bool:
        return words in self.text

    @property
    def text(self) -> str:
        """All that can be read, with single spaces."""
        return words_of(self.soup.body) if self.soup.body else ""

    @property
    def h1(self) -> str:
        """The heading of the page."""
        return words_of(self.one("h1"))

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return [words_of(line) for line in self.soup.select(".govuk-error-summary__list li")]

    def one(self, selector: str) -> Tag:
        """Return the one element that fits."""
        found = self.soup.select(selector)
        assert len(found) == 1, (
            f"{len(found)} of {selector} on the page {self.h1 if selector != 'h1' else ''!r}"
        )
        return found[0]

    def fields(self, form: str = "main form[method=post]") -> dict[str, Any]:
        """Return what a browser would send of the first form that fits, without any button."""
        sent: dict[str, Any] = {}
        for control in self.soup.select(form)[0].select("input[name], textarea[name], select[name]"):
            value = value_of(control)
            if value is not None:
                name = str(control["name"])
                sent[name] = value if name not in sent else [*_listed(sent[name]), value]
        return sent


class Browser:
    """Fetches pages and takes them apart; every one was checked on its way."""

    def __init__(self, client: CheckedClient) -> None:
        self.client = client

    def get(self, path: str, **options: Any) -> Page:
        """Go to an address, following redirects."""
        return Page(self.client.get(path, follow_redirects=True, **options))

    def post(self, path: str, data: Any, **options: Any) -> Page:
        """Send a form, following redirects."""
        return Page(self.client.post(path, data=data, follow_redirects=True, **options))

    def send(
        self,
        page: Page,
        button: dict[str, str] | None = None,
        form: str = "main form[method=post]",
        **typed: Any,
    ) -> Page:
        """Send the form of a page as a browser would, with what is *typed* and the *button* that was pressed."""
        found = page.soup.select(form)[0]
        action = str(found.get("action") or page.response.request.path)
        filled = {**page.fields(form), **typed, **(button or {})}
        return self.post(action, {name: value for name, value in filled.items() if value is not None})


def words_of(element: Tag) -> str:
    """Return what can be read in an element, with single spaces."""
    return " ".join(element.get_text(" ").split())


def value_of(control: Tag) -> str | None:
    """Return what a browser sends for a control, or None for nothing."""
    if control.name == "select":
        chosen = control.select("option[selected]") or control.select("option")[:1]
        return str(chosen[0].get("value", "")) if chosen else None
    if control.name == "textarea":
        return control.get_text().removeprefix("\n")
    if control.get("type") in ("radio", "checkbox"):
        return str(control.get("value", "on")) if control.has_attr("checked") else None
    return None if control.get("type") == "submit" else str(control.get("value", ""))


def _listed(value: Any) -> list[Any]:
    """Return a value as a list."""
    return value if isinstance(value, list) else [value]
