"""What a reader asked for, read from the address: known choices become a filter, unknown ones a problem to tell."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.services.evidence.choices import CHOICES
from involve.services.evidence.facets import FACETS
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.ordering import SORTS, read_cursor
from involve.services.evidence.searching import LONGEST_QUERY
from involve.vocabulary.areas import code_of

# The name of a field in the address, where it differs from the filter's.
ADDRESS_NAMES = {"words": "q", "since": "from", "until": "to"}
_NAMES = {field.name: ADDRESS_NAMES.get(field.name, field.name) for field in fields(EvidenceFilter)}
_KNOWN = {name: frozenset(values) for name, values in CHOICES.items()}
# In the address: every filter is to be unfolded.
ALL = "all"
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


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter, where to continue, what was typed, and the names (as in the address) of what cannot be used.

    `sort` is one of `SORTS`; `opened` are the facets to show whole.
    """

    wanted: EvidenceFilter
    after: str | None
    typed: Mapping[str, str]
    problems: tuple[str, ...]
    sort: str = "newest"
    opened: tuple[str, ...] = ()


def read_asked(arguments: Mapping[str, str], projects: Collection[str], names: bool = True) -> Asked:
    """Read the arguments of an address; *projects* are the slugs that exist.

    `names`: an area may stand there by its name in either language, as people write it, and not by its code alone.
    """
    typed = {name: arguments[name] for name in (*_NAMES.values(), "sort", "open") if arguments.get(name)}
    if names and "area" in typed:
        typed["area"] = code_of(typed["area"])
    values: dict[str, object] = {}
    problems: list[str] = []
    for field, name in _NAMES.items():
        if name in typed:
            try:
                values[field] = _read(field, typed[name], projects)
            except ValueError:
                problems.append(name)
    wanted = EvidenceFilter(**values)  # type: ignore[arg-type]
    if wanted.since and wanted.until and wanted.since > wanted.until:
        problems.append("days")
    sort = typed.get("sort") or ("match" if wanted.words.strip() else "newest")
    if sort not in SORTS:
        problems.append("sort")
    after = arguments.get("after") or None
    try:
        read_cursor(after or "0")
    except BadInput:
        problems.append("after")
    return Asked(wanted, after, typed, tuple(problems), sort, _read_opened(typed.get("open", "")))


def write_address(wanted: EvidenceFilter) -> dict[str, str]:
    """Return the arguments of the address that asks for *wanted*."""
    values = ((name, getattr(wanted, field)) for field, name in _NAMES.items())
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values if value}


def _read_opened(typed: str) -> tuple[str, ...]:
    """Return the facets to unfold; what is none of them is left out, as it changes nothing that is counted."""
    names = typed.split(",")
    return FACETS if ALL in names else tuple(name for name in FACETS if name in names)


def _read(field: str, value: str, projects: Collection[str]) -> object:
    """Return the value of one field.

    Raises:
        ValueError: it is not one that the field can take.
    """
    if field in ("since", "until"):
        return date.fromisoformat(value)
    if field == "words":
        if len(value) > LONGEST_QUERY or "\0" in value:
            raise ValueError(field)
        return value
    # Themes belong to projects' own codebooks, so any word may be one; an unknown one finds nothing.
    if field != "theme" and value not in (projects if field == "project" else _KNOWN[field]):
        raise ValueError(field)
    return value
