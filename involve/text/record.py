"""What was measured of the reading of stories, and when: the figures of the algorithm record."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that was measured, as shares of 100 by language ("all", "cy", "en", "mixed").

    `right`: of what the software suggested, how much was right. `found`: of what a person said, how much it found;
    empty where that is no question.
    """

    id: str
    right: Mapping[str, int]
    found: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Record:
    """The figures of one day, and how many stories they rest on, by language.

    `risk`: how many stories told of danger, and in how many of these a sign of it was found.
    """

    measured_on: date
    stories: Mapping[str, int]
    risk: Mapping[str, int]
    measures: tuple[Measure, ...]


@cache
def load_record() -> Record:
    """Return the figures that were measured last; read once a process."""
    source = files("involve.text") / "data" / "record.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    measures = tuple(Measure(each["id"], each["right"], each.get("found", {})) for each in table["measure"])
    return Record(table["measured_on"], table["stories"], table["risk"], measures)
