"""What is asked of every page that any test fetches, and a page taken apart for a test to look at."""

import re
from functools import cache
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from involve import catalogues
from involve.text.language import identify_language

LANGUAGES = {"cy": "en", "en": "cy"}
# A list of ids in one attribute, and an address within the page.
REFERRING = ("for", "form", "aria-labelledby", "aria-describedby", "aria-controls")
CONTROLS = "input:not([type=hidden], [type=submit], [type=button]), select, textarea"
# A page beyond this holds a text beyond any limit, which takes the strict parser many seconds.
LARGEST_PARSED = 200_000
# Below this nobody can tell one language from the other.
FEWEST_WORDS = 5


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
        self.soup = BeautifulSoup(self.html, "html.parser")

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


def check_page(html: str, path: str) -> None:
    """Hold a page to what every page must be."""
    if len(html) < LARGEST_PARSED:
        html5lib.HTMLParser(strict=True).parse(html)
    soup = BeautifulSoup(html, "html.parser")
    faults = [
        *head_faults(soup, path),
        *label_faults(soup),
        *reference_faults(soup),
        *inline_faults(soup),
        *language_faults(soup),
    ]
    assert faults == [], f"{path}: " + "; ".join(faults)


def head_faults(soup: BeautifulSoup, path: str) -> list[str]:
    """Return what is wrong with the language, the title, the heading and the way to the other language."""
    first = path.strip("/").split("/")[0]
    language = str(soup.html.get("lang")) if soup.html else ""
    faults = []
    if language not in LANGUAGES or (first in LANGUAGES and first != language):
        faults.append(f"lang is {language!r}")
    if soup.title is None or not re.search(r"\S+ – Involve$", words_of(soup.title)):
        faults.append("no title")
    if [bool(words_of(h1)) for h1 in soup.find_all("h1")] != [True]:
        faults.append("not one h1")
    if soup.find_all("link", rel="alternate") and not _twin_switch(soup, language):
        faults.append("no way to the other language")
    return faults


def label_faults(soup: BeautifulSoup) -> list[str]:
    """Return the controls, buttons and links without words."""
    labels = {str(label.get("for")) for label in soup.find_all("label") if words_of(label)}
    bare = [
        control
        for control in soup.select(CONTROLS)
        if control.get("id") not in labels
        and not control.get("aria-label")
        and not control.get("aria-labelledby")
    ]
    bare += [
        each for each in soup.select("button, a[href]") if not words_of(each) and not each.get("aria-label")
    ]
    return [f"no words for {str(each)[:80]}" for each in bare]


def reference_faults(soup: BeautifulSoup) -> list[str]:
    """Return ids that stand twice, and references to ids that do not stand at all."""
    ids = [str(each["id"]) for each in soup.select("[id]")]
    wanted = {
        name
        for attribute in REFERRING
        for each in soup.select(f"[{attribute}]")
        for name in str(_joined(each[attribute])).split()
    }
    wanted |= {str(each["href"])[1:] for each in soup.select('a[href^="#"]')}
    twice = {name for name in ids if ids.count(name) > 1}
    return [f"id {name!r} stands twice" for name in sorted(twice)] + [
        f"there is no {name!r}" for name in sorted(wanted - set(ids))
    ]


def inline_faults(soup: BeautifulSoup) -> list[str]:
    """Return what the content security policy would not let through, and values that nobody filled in."""
    faults = [f"inline style in {each.name}" for each in soup.select("[style], style")]
    faults += ["inline script" for each in soup.find_all("script") if not each.get("src")]
    faults += [
        f"{name} in {each.name}"
        for each in soup.find_all(True)
        for name in each.attrs
        if name.startswith("on")
    ]
    return faults + [f"{each!r} is shown" for each in soup.stripped_strings if each in ("None", "Undefined")]


def language_faults(soup: BeautifulSoup) -> list[str]:
    """Return texts of a Welsh page that are English and do not say so."""
    if soup.html is None or soup.html.get("lang") != "cy" or not catalogue_is_whole():
        return []
    faults = []
    for element in soup.body.find_all(True) if soup.body else []:
        own = " ".join(" ".join(element.find_all(string=True, recursive=False)).split())
        spoken = element.find_parent(lang=True) if not element.has_attr("lang") else element
        silent = element.find_parent(["script", "textarea"]) or element.name in ("script", "textarea")
        if silent or spoken is None or spoken.name != "html" or len(own.split()) < FEWEST_WORDS:
            continue
        if identify_language(own) == "en":
            faults.append(f"English: {own[:80]!r}")
    return faults


@cache
def catalogue_is_whole() -> bool:
    """Whether every message has its Welsh."""
    catalogue = catalogues.read_catalogue(catalogues.catalogue_path("cy"), "cy")
    return all(catalogues.is_whole(message) for message in catalogues.messages_of(catalogue))


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


def _twin_switch(soup: BeautifulSoup, language: str) -> bool:
    """Whether a link or a button leads to the other language."""
    other = LANGUAGES.get(language, "")
    links = soup.select(f'a[hreflang="{other}"]') + soup.select(f'[lang="{other}"] button[formaction]')
    return bool(links)


def _joined(value: Any) -> str:
    """Return an attribute that BeautifulSoup may give as a list."""
    return value if isinstance(value, str) else " ".join(value)


def _listed(value: Any) -> list[Any]:
    """Return a value as a list."""
    return value if isinstance(value, list) else [value]
