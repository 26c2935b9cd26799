"""The filters that an address may ask for: one list, from which the description, the help and the refusals are made."""

from collections.abc import Mapping
from dataclasses import Field, dataclass, fields
from typing import Any

from flask_babel import LazyString

from involve.i18n import lazy_gettext as _l
from involve.services.evidence.choices import CHOICES
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.ordering import SORTS
from involve.web.evidence.asked import ADDRESS_NAMES

# What a filter means that has no words of its own here.
ANY = _l("As on the page of evidence")
WORDS: Mapping[str, LazyString] = {
    "goal": _l("A well-being goal that a tag of the story names"),
    "way": _l("A way of working that a tag of the story names"),
    "theme": _l("A theme of a project’s own"),
    "stance": _l("Whether the story tells of a strength, a concern, an idea or both sides"),
    "topic": _l("A topic that the words of the story name, found by the software"),
    "voice": _l("Who says so: the software, the person who told the story, or staff"),
    "indicator": _l("A national indicator, by our own link from topics, which is not official"),
    "region": _l("A region of Wales"),
    "stage": _l("The stage of the project in which the story was told"),
    "rung": _l("The rung on which it was told: the ladder, a full stop, the rung"),
    "told_as": _l("Whether the person told it, or somebody wrote it down for them"),
    "happened": _l("What decisions made of the story"),
    "sort": _l("The order: newest first, unless another is asked for"),
    "area": _l("A local authority, by its code of nine signs"),
    "project": _l("A project, by the name that stands in its address"),
    "language": _l("The language in which the story was told"),
    "q": _l("Words in the story, in Welsh or in English, up to 200 characters"),
    "from": _l("Published on this day or later, as 2026-03-27"),
    "to": _l("Published on this day or earlier, as 2026-03-27"),
    "limit": _l("How many stories a page has, 1 to 100; without it 20"),
    "after": _l("Where to go on: the “%(next)s” of the page before", next="next"),
}
EXAMPLES = {"goal": "healthier", "stance": "concern", "area": "W06000023", "q": "bus", "from": "2026-01-01"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One name in an address: what it means, which values it takes where they are a list, and whether it is a day."""

    name: str
    words: LazyString
    choices: tuple[str, ...]
    is_day: bool


def _parameter(field: "Field[Any]") -> Parameter:
    name = ADDRESS_NAMES.get(field.name, field.name)
    choices = tuple(sorted(CHOICES.get(field.name, ())))
    return Parameter(name, WORDS.get(name, ANY), choices, "date" in str(field.type))


# Those of the evidence pages, whatever they are.
FILTERS = tuple(_parameter(field) for field in fields(EvidenceFilter))
FILTER_NAMES = tuple(each.name for each in FILTERS)
PAGING = (
    *(Parameter(name, WORDS[name], (), False) for name in ("limit", "after")),
    Parameter("sort", WORDS["sort"], SORTS, False),
)
PAGING_NAMES = tuple(each.name for each in PAGING)
