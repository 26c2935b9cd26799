"""The list of evidence as it stands in the page, in parts that are made once for all who ask for the same."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import render_template, request
from markupsafe import Markup

from involve.database import Session
from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.evidence.evidence import EvidencePage, find_stories
from involve.services.evidence.facets import FACETS, Choosing, count_facets
from involve.services.evidence.remembering import remember
from involve.services.evidence.searching import MOST_READ
from involve.services.evidence.typicality import COMPARED
from involve.services.missing.views import Headline, headline
from involve.text.query import read_query
from involve.vocabulary.bilingual import Bilingual
from involve.web.evidence.asked import ALL, PROBLEMS, Asked, write_address
from involve.web.evidence.marking import marks_of
from involve.web.evidence.panel import (
    Links,
    chosen_chips,
    chosen_facets,
    closed_groups,
    make_group,
    shown_facets,
)
from involve.web.labels import facet_label

NOTHING = EvidencePage((), 0, None)
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
# Of each kind of part so many are kept: a list has some forty thousand characters, a group of choices a thousand.
MOST = {"lists": 100, "panels": 100, "groups": 1_000}


def make_list(session: Session, asked: Asked, choosing: Choosing, names: Mapping[str, Bilingual]) -> Markup:
    """Return the list as it stands in the page: the same for everybody who asks for the same."""

    def make() -> Markup:
        found, cut = (NOTHING, False) if asked.problems else _find(session, asked, choosing)
        return _render(
            "evidence/_listed.html",
            found=found,
            asked=asked,
            problems=[(PROBLEMS[name], asked.typed.get(name, "")) for name in asked.problems],
            panel="" if asked.problems else _panel(session, asked, choosing, names),
            heard=None if asked.problems else _heard(session, asked.wanted.project, choosing),
            cut=MOST_READ if cut else 0,
            **_page_values(asked, names, found),
        )

    return _once(session, asked, choosing, ("lists", asked.after), shown_facets(asked), make)


def _panel(session: Session, asked: Asked, choosing: Choosing, names: Mapping[str, Bilingual]) -> Markup:
    """Return the filters with their counts: the same on every page of a list."""

    def make() -> Markup:
        links = Links(asked)
        groups = [_group(session, asked, choosing, names, links, facet) for facet in shown_facets(asked)]
        folded, open_all = closed_groups(asked, links), links.opening((), ALL)
        return _render("evidence/_panel.html", groups=groups, folded=folded, open_all=open_all)

    return _once(session, asked, choosing, ("panels", None), shown_facets(asked), make)


def _group(
    session: Session,
    asked: Asked,
    choosing: Choosing,
    names: Mapping[str, Bilingual],
    links: Links,
    facet: str,
) -> Markup:
    """Return the choices of one facet with their counts."""

    def make() -> Markup:
        facets = count_facets(session, asked.wanted, choosing, (facet,))
        return _render("evidence/_group.html", group=make_group(asked, facet, facets, names, links))

    return _once(session, asked, choosing, ("groups", facet), (facet, *chosen_facets(asked)), make)


def _heard(session: Session, project: str | None, choosing: Choosing) -> Headline:
    """Return who is missing in a line: the same for all lists of a project, or of the site."""
    return remember(session, choosing.index, "heard", project, lambda: headline(session, project))


def _render(template: str, **values: object) -> Markup:
    return Markup(render_template(template, **values))  # noqa: S704  what a template made


def _once(
    session: Session,
    asked: Asked,
    choosing: Choosing,
    what: tuple[str, str | None],
    facets: Sequence[str],
    make: Callable[[], Markup],
) -> Markup:
    """Return a part of the page, made once for all who ask for the same, until the evidence changes.

    `what` names the kind of part and tells those of one page apart; `facets` are those on which it depends.
    """
    if asked.problems or not MARKED.issuperset(facets):
        return make()
    kind, which = what
    key = (page_language(), request.script_root, which, frozenset(asked.typed.items()))
    return remember(session, choosing.index, kind, key, make, MOST[kind])


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
