"""What a program asks for, read by the reader of the evidence pages: the same names, values and counts."""

from collections.abc import Iterable, Mapping
from typing import Any

from apiflask import HTTPError
from flask import request

from involve.database import Session
from involve.errors import BadInput, NotFound
from involve.i18n import in_both
from involve.i18n import lazy_gettext as _l
from involve.services.evidence.choices import CHOICES
from involve.services.evidence.evidence import LARGEST_PAGE, PAGE
from involve.services.evidence.ordering import SORTS, read_number
from involve.services.projects.projects import name_projects
from involve.web.evidence.asked import PROBLEMS, Asked, read_asked
from involve.web.explanations import INVALID

KNOWN: Mapping[str, Iterable[str]] = {**CHOICES, "sort": SORTS}
UNKNOWN = _l("There is no filter of this name")
TWICE = _l("Each filter can be given once")
# What the address of the page of evidence may hold, and what changes no count.
OF_THE_PAGE = ("limit", "after", "sort", "open")
NO_LIMIT = _l("A page can have 1 to 100 stories")


class PlaceRefused(BadInput):
    """What is to go on with is no place in a list of ours."""

    code = "place_refused"


def read_filter(session: Session, known: Iterable[str]) -> Asked:
    """Return what the address asks for; *known* are the names that it may use. Without an order it is newest first.

    Raises:
        HTTPError: something in it cannot be used; the detail says what, and what is known instead.
        NotFound: there is no such project. PlaceRefused: the cursor is none of ours.
    """
    given = {"sort": "newest"} | {name: value for name, value in request.args.items() if value}
    problems = _names(known)
    asked = read_asked(given, frozenset(name_projects(session)), names=False)
    # Two days that contradict each other are told where the second stands.
    wrong = {name: PROBLEMS[name] for name in asked.problems if name not in ("project", "after")}
    problems.update({"to" if name == "days" else name: words for name, words in wrong.items()})
    if problems:
        refuse(problems, known)
    if "project" in asked.problems:
        raise NotFound("project")
    if "after" in asked.problems:
        raise PlaceRefused("after")
    return asked


def read_place(cursor: str) -> int:
    """Return the place that a cursor names. Raises PlaceRefused where it is none of ours."""
    try:
        return read_number(cursor)
    except BadInput as error:
        raise PlaceRefused("after") from error


def read_limit() -> int:
    """Return how many stories a page is to have. Raises HTTPError for a number that none can have."""
    typed = request.args.get("limit") or str(PAGE)
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 3 and 1 <= int(typed) <= LARGEST_PAGE):
        refuse({"limit": NO_LIMIT}, ())
    return int(typed)


def refuse(problems: Mapping[str, Any], known: Iterable[str]) -> None:
    """Stop, and say of each name what is wrong with it in both languages, and what is known instead."""
    choices = {name: sorted(KNOWN[name]) for name in problems if name in KNOWN}
    unknown = any(words in (UNKNOWN, TWICE) for words in problems.values())
    detail = {
        "query": {name: list(in_both(words).values()) for name, words in problems.items()},
        **({"known_values": choices} if choices else {}),
        **({"known_filters": list(known)} if unknown else {}),
    }
    raise HTTPError(INVALID.status, detail=detail)


def _names(known: Iterable[str]) -> dict[str, Any]:
    """Return what is wrong with the names in the address: those unknown, and those given more than once."""
    allowed = {*known, *OF_THE_PAGE}
    # An empty value asks for nothing, as forms send it.
    given = ((name, [value for value in values if value]) for name, values in request.args.lists())
    problems: dict[str, Any] = {}
    for name, values in given:
        if values and name not in allowed:
            problems[name] = UNKNOWN
        elif len(set(values)) > 1:
            problems[name] = TWICE
    return problems
