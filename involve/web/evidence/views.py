"""The evidence pages: a list with filters and search, and one story."""

from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlencode

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.database import Session
from involve.errors import NotFound
from involve.i18n import format_date, gettext
from involve.i18n import lazy_gettext as _l
from involve.services.deciding.ahead import list_ahead_of
from involve.services.evidence.evidence import EvidencePage, find_stories, get_story
from involve.services.evidence.facets import Choosing, Facet, count_facets
from involve.services.evidence.filters import EvidenceFilter
from involve.services.missing.views import headline
from involve.services.projects.projects import name_projects
from involve.text.search import query_topics
from involve.vocabulary.bilingual import Bilingual
from involve.web.addresses import page
from involve.web.evidence import blueprint
from involve.web.evidence.asked import Asked, read_asked, write_address
from involve.web.labels import facet_label
from involve.web.limits import SEARCHING, limiter
from involve.web.site import site

NOTHING = EvidencePage((), 0, None)
# What cannot be used of an address, by the name that it has there.
PROBLEMS = {
    "goal": _l("There is no well-being goal with this name"),
    "way": _l("There is no way of working with this name"),
    "stance": _l("A story can be a strength, a concern, an idea or mixed"),
    "area": _l("There is no area with this name"),
    "project": _l("There is no project with this name"),
    "language": _l("This is not one of the languages of the stories"),
    "q": _l("A search can have at most 200 characters"),
    "from": _l("The first day must be a date such as 2026-03-27"),
    "to": _l("The last day must be a date such as 2026-03-27"),
    "after": _l("This link to more stories does not work"),
}


@page(blueprint, cy="/tystiolaeth", en="/evidence")
@limiter.limit(SEARCHING)
def browse_evidence() -> ResponseReturnValue:
    """Browse what people live through, by goal, way, stance, place, project, language and words."""
    with site().reading() as session:
        projects = name_projects(session)
        asked = read_asked(request.args, frozenset(projects))
        found, facets = (NOTHING, ()) if asked.problems else _find(session, asked)
        heard = None if asked.problems else headline(session, asked.wanted.project)
    values = _page_values(asked, facets, projects)
    problems = [(PROBLEMS[name], asked.typed.get(name, "")) for name in asked.problems]
    return make_response(
        render_template(
            "evidence/list.html", found=found, asked=asked, problems=problems, heard=heard, **values
        ),
        400 if asked.problems else 200,
    )


@page(blueprint, cy="/tystiolaeth/<reference>", en="/evidence/<reference>")
def read_story(reference: str) -> str:
    """Read one published story, with its tags and the words behind them."""
    with site().reading() as session:
        story = get_story(session, reference)
        if story is None:
            raise NotFound(reference)
        ahead = list_ahead_of(session, story.reference)
    return render_template("evidence/story.html", story=story, ahead=ahead, label=facet_label)


def _find(session: Session, asked: Asked) -> tuple[EvidencePage, tuple[Facet, ...]]:
    """Return the stories asked for, and the counts of each further choice."""
    choosing = Choosing(session)
    found = find_stories(session, asked.wanted, after=asked.after, choosing=choosing)
    return found, count_facets(session, asked.wanted, choosing)


def _page_values(asked: Asked, facets: tuple[Facet, ...], projects: dict[str, Bilingual]) -> dict[str, Any]:
    """Return what the list's template needs to make its links."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for facet in facets:
        chosen = getattr(asked.wanted, facet.name) == facet.value
        target = replace(asked.wanted, **{facet.name: None if chosen else facet.value})
        groups.setdefault(facet.name, []).append(
            {
                "text": facet_label(facet.name, facet.value, projects),
                "count": facet.count,
                "chosen": chosen,
                "href": _address(target),
            }
        )
    return {
        "groups": groups,
        "chosen": _chosen(asked.wanted, projects),
        "clear_url": _address(EvidenceFilter()),
        "label": facet_label,
        "download": write_address(asked.wanted),
        "next_url": lambda cursor: url_for(
            "evidence.browse_evidence", **write_address(asked.wanted), after=cursor
        ),
        "first_url": _address(asked.wanted),
        "topics": [topic.name for topic in query_topics(asked.wanted.words)],
    }


def _chosen(wanted: EvidenceFilter, projects: dict[str, Bilingual]) -> list[dict[str, Any]]:
    """Return each choice in force, with the address that takes it away."""
    return [
        {
            "label": _choice_label(field.name, getattr(wanted, field.name), projects),
            "url": _address(replace(wanted, **{field.name: None})),
        }
        for field in fields(EvidenceFilter)
        if getattr(wanted, field.name) and field.name != "words"
    ]


def _choice_label(name: str, value: Any, projects: dict[str, Bilingual]) -> str:
    """Return what one choice says: a name, or a day."""
    if name == "since":
        return gettext("From %(date)s", date=format_date(value))
    if name == "until":
        return gettext("Until %(date)s", date=format_date(value))
    return facet_label(name, value, projects)


def _address(wanted: EvidenceFilter) -> str:
    """Return the address of the list for *wanted*: a page holds dozens, which differ in what is asked only."""
    asked = urlencode(write_address(wanted))
    return url_for("evidence.browse_evidence") + (f"?{asked}" if asked else "")
