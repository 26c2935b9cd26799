"""What a member of staff chose to see of the queue, read from an address and written into one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import url_for

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.moderation.queue import QueueCounts
from involve.services.moderation.queue_filter import REASONS, QueueFilter
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.noticed import NOTICED
from involve.vocabulary.states import LANGUAGES, STORY_STATES
from involve.web.labels import facet_label

STATES = tuple(state for state in STORY_STATES if state.id != "withdrawn")
# The names in an address, by the field. `project` there would mean to answer everyone in it.
NAMES = {"state": "state", "project": "in", "reason": "why", "language": "language"}
# All that says where in the queue somebody is.
QUEUE_NAMES = (*NAMES.values(), "after", "before")
OTHER_REASONS = {
    "second": _l("A second person must agree"),
    "late": _l("Not read in time"),
    "nothing": _l("Nothing was noticed"),
}


def read_filter(arguments: Mapping[str, str]) -> QueueFilter:
    """Return what the address asks for; what is not among the choices is left out."""
    known = {
        "state": {*(state.id for state in STATES), "any"},
        "reason": set(REASONS),
        "language": {each.id for each in LANGUAGES},
    }
    typed = {field: arguments.get(name, "") for field, name in NAMES.items()}
    usable = {field: value for field, value in typed.items() if value in known.get(field, {value})}
    return QueueFilter(**{field: value for field, value in usable.items() if value})


def write_filter(wanted: QueueFilter) -> dict[str, str]:
    """Return the arguments of an address that asks for *wanted*."""
    usual = QueueFilter()
    values = {field: getattr(wanted, field) for field in NAMES}
    return {NAMES[field]: value for field, value in values.items() if value != getattr(usual, field)}


def reason_name(reason: str) -> str:
    """Return the name of what filters the queue."""
    if reason in OTHER_REASONS:
        return str(OTHER_REASONS[reason])
    return next(each.name.in_language(page_language()) for each in NOTICED if each.id == reason)


def filter_groups(
    wanted: QueueFilter, counts: QueueCounts, projects: Mapping[str, Bilingual]
) -> dict[str, list[dict[str, Any]]]:
    """Return the choices of each filter with their counts, as the panel of filters shows them."""
    language = page_language()
    values = {
        "reason": [(each, reason_name(each), counts.reasons.get(each, 0)) for each in REASONS],
        "language": [
            (each, facet_label("language", each), count) for each, count in counts.languages.items()
        ],
        "project": [
            (slug, name.in_language(language), counts.projects.get(slug, 0))
            for slug, name in projects.items()
        ],
    }
    # What would show nothing is not offered, but for what is chosen: it must be possible to take that back.
    return {
        field: [
            _choice(wanted, field, value, text, count)
            for value, text, count in choices
            if count or value == getattr(wanted, field)
        ]
        for field, choices in values.items()
    }


def _choice(wanted: QueueFilter, field: str, value: str, text: str, count: int) -> dict[str, Any]:
    """Return one choice, with the address that makes it or takes it back."""
    chosen = getattr(wanted, field) == value
    target = replace(wanted, **{field: "" if chosen else value})
    return {
        "text": text,
        "count": count,
        "chosen": chosen,
        "href": url_for("staff.show_queue", **write_filter(target)),
    }
