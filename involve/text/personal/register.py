"""The names that people in Wales bear and the words that stand beside them, read once from the data files."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Register:
    """Names with their capitals; cues as token sequences in small letters.

    `given` are names that are nothing else, `ambiguous` are words or places too, `alone` those of the ambiguous
    that stand alone where a person is meant.
    """

    given: frozenset[str]
    ambiguous: frozenset[str]
    alone: frozenset[str]
    surnames: frozenset[str]
    titles: frozenset[str]
    bodies: frozenset[tuple[str, ...]]
    body_after: frozenset[str]
    building_after: frozenset[str]
    body_before: frozenset[str]
    place_beginnings: tuple[str, ...]
    introductions: frozenset[tuple[str, ...]]
    greetings: frozenset[tuple[str, ...]]
    closings: frozenset[tuple[str, ...]]
    kin: frozenset[str]
    mutating: frozenset[str]


@cache
def load_register() -> Register:
    """Return the register of names."""
    names, cues = _read("names.toml"), _read("name_cues.toml")
    ambiguous = frozenset(names["ambiguous"]["words"].split())
    given = frozenset(name for listed in names["given"].values() for name in listed.split())
    return Register(
        given=given - ambiguous,
        ambiguous=ambiguous,
        alone=frozenset(names["ambiguous"]["persons"].split()),
        surnames=frozenset(names["surnames"]["words"].split()),
        titles=frozenset(names["titles"]["words"].split()),
        bodies=frozenset(tuple(body.split()) for body in names["institutions"]["bodies"]),
        body_after=frozenset(names["institutions"]["after"].split()),
        building_after=frozenset(names["institutions"]["building_after"].split()),
        body_before=frozenset(names["institutions"]["before"].split()),
        place_beginnings=tuple(names["institutions"]["place_beginnings"].split()),
        introductions=frozenset(tuple(cue.split()) for cue in cues["introductions"]),
        greetings=frozenset(tuple(cue.split()) for cue in cues["greetings"]),
        closings=frozenset(tuple(cue.split()) for cue in cues["closings"]),
        kin=frozenset(cues["kin"].split()),
        mutating=frozenset(cues["mutating"].split()),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("involve.text") / "data" / name).read_text(encoding="utf-8"))
