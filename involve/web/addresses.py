"""Addresses in two languages: each page stands under /cy/… and /en/…, in that language's words."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Flask, abort, current_app, g, request, url_for
from werkzeug.routing import BuildError, IntegerConverter, Map

from involve.i18n import LANGUAGES, PageLanguage, other_language, page_language
from involve.services.projects.projects import LARGEST_ID

View = Callable[..., Any]
# The name of the page's language in a route. `language` alone is a filter: that of a story.
PAGE = "page_language"
# Stands for what is filled into an address afterwards.
_GAP = "gap-to-fill"


def page(
    blueprint: Blueprint, cy: str, en: str, methods: tuple[str, ...] = ("GET",), **fixed: str
) -> Callable[[View], View]:
    """Return a decorator that gives a view its Welsh and its English address (without the /cy and /en).

    A view may stand at several addresses: *fixed* are arguments that each of them gives it beside those named in it.
    """

    def add(view: View) -> View:
        for language, address in (("cy", cy), ("en", en)):
            blueprint.add_url_rule(
                f"/{language}{address}",
                view_func=view,
                methods=list(methods),
                defaults={PAGE: language, **fixed},
            )
        return view

    return add


class RowNumber(IntegerConverter):
    """The number of a row in an address. What no database can hold leads nowhere, as any other number without a row."""

    def __init__(self, rules: Map) -> None:
        super().__init__(rules, max=LARGEST_ID)


def init_addresses(app: Flask) -> None:
    """Take the language from the address before each view, and put it into each address that is made."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(_refuse_nulls)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)


def twin_address(language: PageLanguage | None = None) -> str | None:
    """Return the address of this same page, with its query, in *language* (by default the other one).

    For an address that leads to no page it is the first page; None where there is only one language.
    """
    language = language or other_language(page_language())
    if request.url_rule is None:
        return url_for("home.show_home", **{PAGE: language})
    if request.endpoint is None or PAGE not in (request.url_rule.defaults or {}):
        return None
    try:
        address = url_for(request.endpoint, **{**(request.view_args or {}), PAGE: language})
    except BuildError:
        return None
    # The query is written by hand: url_for would read some of its names as orders.
    query = urlencode(list(request.args.items(multi=True)))
    return f"{address}?{query}" if query else address


def fill_address(endpoint: str, name: str, value: str, language: PageLanguage, root: str) -> str:
    """Return the address of a page with one thing in it, as `url_for` does: much sooner, where a list has many.

    `language` and `root` are those of the request that is answered.
    """
    before, after = _around(endpoint, name, language, root)
    return before + quote(value, safe="") + after


@lru_cache(100)
def _around(endpoint: str, name: str, _language: PageLanguage, _root: str) -> tuple[str, str]:
    """Return what stands before and after the thing in an address."""
    before, _, after = url_for(endpoint, **{name: _GAP}).partition(_GAP)
    return before, after


def _refuse_nulls() -> None:
    """Refuse an address with a null in it: no database can look such a thing up, and nobody types one."""
    if "\0" in request.path:
        abort(404)
    if any("\0" in value for value in request.args.values()):
        abort(400)


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Set the page's language and keep it away from the views."""
    language = (values or {}).pop(PAGE, None)
    if language is None:
        # An address that does not exist still has a reader, whose language its first part tells.
        language = request.path.strip("/").split("/")[0]
    g.language = language if language in LANGUAGES else "cy"


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    """Stay in the page's language unless another is asked for."""
    if PAGE not in values and current_app.url_map.is_endpoint_expecting(endpoint, PAGE):
        values[PAGE] = page_language()
