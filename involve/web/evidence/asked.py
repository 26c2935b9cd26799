"""What a reader asked for, read from the address: known choices become a filter, unknown ones a problem to tell."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from involve.errors import BadInput
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.ordering import read_cursor
from involve.services.evidence.searching import LONGEST_QUERY
from involve.vocabulary.areas import AREAS
from involve.vocabulary.goals import GOALS
from involve.vocabulary.states import LANGUAGES, STANCES
from involve.vocabulary.ways import WAYS

# The name of a field in the address, where it differs from the filter's.
ADDRESS_NAMES = {"words": "q", "since": "from", "until": "to"}
CHOICES: Mapping[str, frozenset[str]] = {
    "goal": frozenset(goal.id for goal in GOALS),
    "way": frozenset(way.id for way in WAYS),
    "stance": frozenset(stance.id for stance in STANCES),
    "language": frozenset(language.id for language in LANGUAGES),
    "area": frozenset(area.gss for area in AREAS),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter, where to continue, what was typed, and the names (as in the address) of what cannot be used."""

    wanted: EvidenceFilter
    after: str | None
    typed: Mapping[str, str]
    problems: tuple[str, ...]


def read_asked(arguments: Mapping[str, str], projects: frozenset[str]) -> Asked:
    """Read the arguments of an address; *projects* are the slugs that exist."""
    typed = {name: arguments[name] for name in _names() if arguments.get(name)}
    choices = {**CHOICES, "project": projects}
    values: dict[str, object] = {}
    problems: list[str] = []
    for field in fields(EvidenceFilter):
        name = ADDRESS_NAMES.get(field.name, field.name)
        if name in typed:
            try:
                values[field.name] = _read(field.name, typed[name], choices)
            except ValueError:
                problems.append(name)
    after = arguments.get("after") or None
    try:
        read_cursor(after or "0")
    except BadInput:
        problems.append("after")
    return Asked(EvidenceFilter(**values), after, typed, tuple(problems))  # type: ignore[arg-type]


def write_address(wanted: EvidenceFilter) -> dict[str, str]:
    """Return the arguments of the address that asks for *wanted*."""
    values = ((ADDRESS_NAMES.get(f.name, f.name), getattr(wanted, f.name)) for f in fields(EvidenceFilter))
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values if value}


def _names() -> tuple[str, ...]:
    """Return the names that an address may use."""
    return tuple(ADDRESS_NAMES.get(field.name, field.name) for field in fields(EvidenceFilter))


def _read(name: str, value: str, choices: Mapping[str, frozenset[str]]) -> object:
    """Return the value of one field.

    Raises:
        ValueError: it is not one that the field can take.
    """
    if name in ("since", "until"):
        return date.fromisoformat(value)
    if name == "words":
        if len(value) > LONGEST_QUERY or "\0" in value:
            raise ValueError(name)
        return value
    # Themes belong to projects' own codebooks, so any word may be one; an unknown one finds nothing.
    if name != "theme" and value not in choices[name]:
        raise ValueError(name)
    return value
