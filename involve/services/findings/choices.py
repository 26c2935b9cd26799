"""What a finding was fixed by, choice by choice, in names of both languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from involve.errors import NotFound
from involve.services.codebook.names import ThemeName
from involve.services.evidence.filters import EvidenceFilter
from involve.text.topics import find_topic
from involve.vocabulary.areas import REGIONS, find_area
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.goals import find_goal
from involve.vocabulary.happened import find_happened
from involve.vocabulary.indicators import find_indicator
from involve.vocabulary.ladders import find_rung
from involve.vocabulary.stages import find_stage
from involve.vocabulary.states import TOLD_AS, VOICES, find_language, find_stance
from involve.vocabulary.terms import find
from involve.vocabulary.ways import find_way

_NAMES: Mapping[str, Callable[[str], Bilingual]] = MappingProxyType(
    {
        "goal": lambda value: find_goal(value).name,
        "way": lambda value: find_way(value).name,
        "topic": lambda value: find_topic(value).name,
        "voice": lambda value: find(VOICES, value).name,
        "indicator": lambda value: find_indicator(value).name,
        "region": lambda value: find(REGIONS, value).name,
        "stage": lambda value: find_stage(value).name,
        "rung": lambda value: find_rung(*value.split(".", 1)).name,
        "told_as": lambda value: find(TOLD_AS, value).name,
        "happened": lambda value: find_happened(value).name,
        "stance": lambda value: find_stance(value).name,
        "area": lambda value: find_area(value).name,
        "language": lambda value: find_language(value).name,
    }
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: the field of EvidenceFilter, and its name or what was typed; `day` for a first or last day."""

    kind: str
    name: Bilingual
    day: date | None = None


def list_choices(
    wanted: EvidenceFilter, projects: Mapping[str, Bilingual], themes: Mapping[str, ThemeName]
) -> tuple[Choice, ...]:
    """Return the choices in force; *projects* are names by slug. What has no name stands for itself."""
    chosen = ((field.name, getattr(wanted, field.name)) for field in fields(wanted))
    return tuple(_choice(kind, value, projects, themes) for kind, value in chosen if value)


def leave_out(wanted: EvidenceFilter, kind: str) -> EvidenceFilter:
    """Return the filter without one of its choices."""
    nothing: dict[str, Any] = {each.name: each.default for each in fields(wanted) if each.name == kind}
    return replace(wanted, **nothing)


def _choice(
    kind: str, value: object, projects: Mapping[str, Bilingual], themes: Mapping[str, ThemeName]
) -> Choice:
    written = str(value)
    if isinstance(value, date):
        return Choice(kind, Bilingual(written, written), value)
    if kind == "project" and written in projects:
        return Choice(kind, projects[written])
    if kind == "theme" and written in themes:
        return Choice(kind, themes[written].name)
    try:
        return Choice(kind, _NAMES[kind](written))
    except (KeyError, NotFound, TypeError):
        return Choice(kind, Bilingual(written, written))
