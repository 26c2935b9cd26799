"""The evidence pages: a list with filters and search, and one story."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from involve.database import Session
from involve.errors import NotFound
from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.deciding.ahead import list_ahead_of
from involve.services.evidence.alike import Alike, find_alike
from involve.services.evidence.evidence import EvidencePage, find_stories, get_story
from involve.services.evidence.facets import FACETS, Choosing, count_facets
from involve.services.evidence.remembering import remember
from involve.services.evidence.searching import MOST_READ
from involve.services.evidence.typicality import COMPARED
from involve.services.missing.views import headline
from involve.services.projects.projects import name_projects
from involve.text.query import read_query
from involve.vocabulary.bilingual import Bilingual
from involve.web.addresses import page
from involve.web.evidence import blueprint
from involve.web.evidence.asked import ALL, Asked, read_asked, write_address
from involve.web.evidence.marking import marks_of
from involve.web.evidence.panel import Links, chosen_chips, closed_groups, make_groups, shown_facets
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
    "days": _l("The last day is before the first, so no story can fit"),
    "topic": _l("There is no topic with this name"),
    "voice": _l("The software, the person who told the story or staff can say so, and nobody else"),
    "indicator": _l("There is no national indicator with this name"),
    "region": _l("There is no region with this name"),
    "stage": _l("There is no stage of a project with this name"),
    "rung": _l("There is no rung of a ladder with this name"),
    "told_as": _l("A story is told by the person whose story it is, or for somebody else"),
    "happened": _l("This is nothing that can have happened to a story"),
    "sort": _l("The stories cannot be sorted like this"),
}
SORT_NAMES = {
    "match": _l("Best match first"),
    "newest": _l("Newest first"),
    "typical": _l("Most typical first"),
    "unlike": _l("Most unlike the others first"),
}
# How many other words of a topic are named.
WORDINGS = 4
# What stands on a story itself, and leaves a mark when it changes; decisions, stages and codebooks leave none.
MARKED = frozenset(FACETS) - {"theme", "stage", "rung", "happened"}
# As they stand in the page, some forty thousand characters each.
MOST_LISTS = 100


@page(blueprint, cy="/tystiolaeth", en="/evidence")
@limiter.limit(SEARCHING)
def browse_evidence() -> ResponseReturnValue:
    """Browse what people live through, by goal, way, stance, place, project, language and words."""
    with site().reading() as session:
        choosing = Choosing(session)
        names = remember(session, choosing.index, "names", "projects", lambda: name_projects(session))
        asked = read_asked(request.args, names.keys())
        listed = _list(session, asked, choosing, names)
    values = {"listed": listed, "asked": asked, "download": write_address(asked.wanted)}
    return make_response(render_template("evidence/list.html", **values), 400 if asked.problems else 200)


@page(blueprint, cy="/tystiolaeth/<reference>", en="/evidence/<reference>")
def read_story(reference: str) -> str:
    """Read one published story, with its tags and the words behind them."""
    with site().reading() as session:
        story = get_story(session, reference)
        if story is None:
            raise NotFound(reference)
        ahead, alike = list_ahead_of(session, story.reference), find_alike(session, story.id)
    return render_template(
        "evidence/story.html", story=story, ahead=ahead, alike=alike, shared_names=_shared_names
    )


def _shared_names(each: Alike) -> tuple[str, ...]:
    """Return the names of what two stories share, each once: a theme may be called as a topic is."""
    return tuple(dict.fromkeys(facet_label(facet, value) for facet, value in each.shared))


def _list(session: Session, asked: Asked, choosing: Choosing, names: Mapping[str, Bilingual]) -> Markup:
    """Return the list as it stands in the page: the same for everybody who asks for the same."""

    def make() -> Markup:
        found, cut = (NOTHING, False) if asked.problems else _find(session, asked, choosing)
        return Markup(  # noqa: S704  what a template made
            render_template(
                "evidence/_listed.html",
                found=found,
                asked=asked,
                problems=[(PROBLEMS[name], asked.typed.get(name, "")) for name in asked.problems],
                panel="" if asked.problems else _panel(session, asked, choosing, names),
                heard=None if asked.problems else headline(session, asked.wanted.project),
                cut=MOST_READ if cut else 0,
                **_page_values(asked, names, found),
            )
        )

    return _once(session, asked, choosing, ("lists", asked.after), make)


def _panel(session: Session, asked: Asked, choosing: Choosing, names: Mapping[str, Bilingual]) -> Markup:
    """Return the filters with their counts: the same on every page of a list."""

    def make() -> Markup:
        links = Links(asked)
        facets = count_facets(session, asked.wanted, choosing, shown_facets(asked))
        return Markup(  # noqa: S704  what a template made
            render_template(
                "evidence/_panel.html",
                groups=make_groups(asked, facets, names, links),
                folded=closed_groups(asked, links),
                open_all=links.opening((), ALL),
            )
        )

    return _once(session, asked, choosing, ("panels", None), make)


def _once(
    session: Session,
    asked: Asked,
    choosing: Choosing,
    what: tuple[str, str | None],
    make: Callable[[], Markup],
) -> Markup:
    """Return a part of the page, made once for all who ask for the same, until the evidence changes."""
    if asked.problems or not MARKED.issuperset(shown_facets(asked)):
        return make()
    kind, after = what
    key = (page_language(), request.script_root, after, frozenset(asked.typed.items()))
    return remember(session, choosing.index, kind, key, make, MOST_LISTS)


def _find(session: Session, asked: Asked, choosing: Choosing) -> tuple[EvidencePage, bool]:
    """Return the stories asked for, and whether a phrase was not sought in all."""
    found = find_stories(session, asked.wanted, after=asked.after, choosing=choosing, sort=asked.sort)
    words = asked.wanted.words
    return found, bool(words.strip()) and choosing.holding(words).cut


def _page_values(asked: Asked, names: Mapping[str, Bilingual], found: EvidencePage) -> dict[str, Any]:
    """Return what the list's template needs to make its links."""
    links = Links(asked)
    sorts = [name for name in SORT_NAMES if name != "match" or asked.wanted.words.strip()]
    return {
        "chosen": chosen_chips(asked.wanted, names, links),
        "clear_url": links.base,
        "sorts": [(SORT_NAMES[name], links.having(sort=name), name == asked.sort) for name in sorts],
        "compared": COMPARED,
        "label": facet_label,
        "download": write_address(asked.wanted),
        "next_url": links.having(after=found.next) if found.next else "",
        "first_url": links.having() if asked.after else "",
        "cards": [(story, marks_of(story, asked.wanted)) for story in found.stories],
        "topics": [
            (topic.name, _wordings(topic.cue.cy), _wordings(topic.cue.en))
            for topic in read_query(asked.wanted.words).topics
        ],
    }


def _wordings(words: tuple[str, ...]) -> list[str]:
    """Return some of the words of a topic, as people would write them."""
    return [word.rstrip("*") for word in words if not word.endswith("*")][:WORDINGS]
