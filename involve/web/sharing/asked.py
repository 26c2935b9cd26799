"""What an address of a feed or a frame asks for: the filters of the evidence page, and a clear page where it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString

from involve.database import Session
from involve.services.evidence.filters import EvidenceFilter
from involve.services.projects.projects import name_projects
from involve.vocabulary.bilingual import Bilingual
from involve.web.api.asking import UNKNOWN
from involve.web.api.parameters import FILTER_NAMES
from involve.web.evidence.asked import PROBLEMS, read_asked, write_address
from involve.web.evidence.panel import choice_label
from involve.web.fields import UNREADABLE_CHARACTERS
from involve.web.site import site

# What the address of a feed may hold beside the filters.
PLACE = "after"
# What the address of the page may hold, and what changes nothing here: the newest are always first.
OF_THE_PAGE = ("sort", "open", PLACE)


@dataclass(frozen=True, slots=True)
class Shared:
    """The filter, where to go on, what it says in words, and what cannot be used: the problem, and what was typed."""

    wanted: EvidenceFilter
    after: str | None
    words: tuple[str, ...]
    problems: tuple[tuple[LazyString, str], ...]

    @property
    def address(self) -> dict[str, str]:
        """The arguments of every address about these stories."""
        return write_address(self.wanted)


def read_shared(session: Session, paged: bool = False) -> Shared:
    """Return what the address asks for; only that of a feed is *paged*."""
    projects = name_projects(session)
    given = {**request.args, "sort": "", **({} if paged else {PLACE: ""})}
    asked = read_asked(given, frozenset(projects))
    known = {*FILTER_NAMES, *OF_THE_PAGE}
    problems = [(PROBLEMS[name], _readable(request.args.get(name, ""))) for name in asked.problems]
    problems += [
        (UNKNOWN, _readable(name)) for name, typed in request.args.items() if typed and name not in known
    ]
    words = () if problems else _words(asked.wanted, projects)
    return Shared(asked.wanted, asked.after, words, tuple(problems))


def site_root() -> str:
    """Return where the site stands: the address that it was given, or else the one by which it was asked."""
    return site().settings.public_url.rstrip("/") or request.host_url.rstrip("/")


def refuse(shared: Shared) -> ResponseReturnValue:
    """Say on a page what cannot be used, and which filters there are."""
    page = render_template("sharing/refused.html", problems=shared.problems, known=FILTER_NAMES)
    return make_response(page, 400)


def _words(wanted: EvidenceFilter, projects: Mapping[str, Bilingual]) -> tuple[str, ...]:
    """Return each choice in force in the words of the page."""
    chosen = ((field.name, getattr(wanted, field.name)) for field in fields(EvidenceFilter))
    return tuple(_readable(choice_label(name, value, projects)) for name, value in chosen if value)


def _readable(typed: str) -> str:
    """Return what was typed without what no page can hold."""
    return UNREADABLE_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", typed)
