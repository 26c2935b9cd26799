"""The page of pictures: what the evidence that was asked for shows, in shapes, in words and in tables."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from involve.i18n import page_language
from involve.services.evidence.filters import EvidenceFilter
from involve.services.pictures.by_area import ENOUGH as ENOUGH_FOR_RATE
from involve.services.pictures.over_time import Period
from involve.services.pictures.pictures import Pictures, show_pictures
from involve.services.pictures.rising import ENOUGH as ENOUGH_TO_COMPARE
from involve.services.pictures.words import LEAST_STORIES, MOST_READ
from involve.services.projects.projects import name_projects
from involve.vocabulary.area_labels import AREA_LABELS
from involve.vocabulary.areas import find_area
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.stages import find_stage
from involve.vocabulary.states import STANCES
from involve.web.addresses import page
from involve.web.evidence.asked import PROBLEMS, Asked, read_asked
from involve.web.evidence.panel import choice_label
from involve.web.labels import facet_label
from involve.web.limits import SEARCHING, limiter
from involve.web.pictures import blueprint
from involve.web.pictures.drawings import draw, format_rate, part_names, percent
from involve.web.pictures.links import evidence_address, link_stories
from involve.web.pictures.periods import name_periods
from involve.web.site import site


@page(blueprint, cy="/tystiolaeth/lluniau", en="/evidence/pictures")
@limiter.limit(SEARCHING)
def see_pictures() -> ResponseReturnValue:
    """See what published stories show, by any filter of the evidence page."""
    with site().reading() as session:
        projects = name_projects(session)
        asked = read_asked(request.args, frozenset(projects))
        pictures = None if asked.problems else show_pictures(session, asked.wanted, site().today)
    problems = [(PROBLEMS[name], asked.typed.get(name, "")) for name in asked.problems]
    values = _values(pictures, asked.wanted) if pictures and pictures.total else {}
    return make_response(
        render_template(
            "pictures/page.html",
            pictures=pictures,
            problems=problems,
            chosen=_chosen(asked, projects),
            clear_url=evidence_address("pictures.see_pictures", EvidenceFilter()),
            list_url=evidence_address("evidence.browse_evidence", asked.wanted),
            project=asked.wanted.project,
            **values,
        ),
        400 if asked.problems else 200,
    )


def _values(pictures: Pictures, wanted: EvidenceFilter) -> dict[str, Any]:
    """Return what the templates of the single pictures need."""
    return {
        "drawings": draw(pictures),
        "period_names": name_periods(pictures.over_time),
        "said_names": name_periods(pictures.timeline.said) if pictures.timeline else (),
        "stances": [stance.id for stance in STANCES],
        "concept_name": facet_label,
        "day_before": pictures.rising.since - timedelta(days=1) if pictures.rising.since else None,
        "part_names": part_names(),
        "find_area": find_area,
        "find_stage": find_stage,
        "rate": format_rate,
        "percent": percent,
        "enough_for_rate": ENOUGH_FOR_RATE,
        "enough_to_compare": ENOUGH_TO_COMPARE,
        "least_with_word": LEAST_STORIES,
        "most_read": MOST_READ,
        "link": link_stories(wanted),
        "dated": _dater(wanted),
        "label_of": lambda gss: AREA_LABELS[gss].in_language(page_language()),
    }


def _dater(wanted: EvidenceFilter) -> Any:
    """Return a function that does the same for the stories of a period."""
    link = link_stories(wanted)

    def dated(text: str, period: Period, **choice: Any) -> dict[str, str] | str:
        since = max(period.first, wanted.since or date.min)
        return link(text, since=since, until=min(period.last, wanted.until or date.max), **choice)

    return dated


def _chosen(asked: Asked, projects: dict[str, Bilingual]) -> list[tuple[str, str]]:
    """Return each choice in force, with the address of the pictures without it."""
    return [
        (
            choice_label(field.name, getattr(asked.wanted, field.name), projects),
            _without(asked.wanted, field.name, field.default),
        )
        for field in fields(EvidenceFilter)
        if getattr(asked.wanted, field.name)
    ]


def _without(wanted: EvidenceFilter, name: str, default: Any) -> str:
    """Return the address of the pictures without one choice."""
    return evidence_address("pictures.see_pictures", replace(wanted, **{name: default}))
