"""Ladders of participation: what each rung means, what it promises, and how much influence that really is."""

from dataclasses import dataclass
from typing import Literal, cast

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import Entry, entries_of, read_file
from involve.vocabulary.provenance import Named
from involve.vocabulary.terms import find


@dataclass(frozen=True, kw_only=True, slots=True)
class Band(Named):
    """A group of neighbouring rungs that the author of a ladder named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung(Named):
    """One level of influence on a ladder, 1 the lowest.

    Only the English name is the author's; meaning and promise are our own words. `influence` is an id of
    `influence.INFLUENCES` by our own reading, and `because` says why.
    """

    ladder: str
    order: int
    band: str | None
    meaning: Bilingual
    promise: Bilingual
    influence: str
    because: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Ladder(Named):
    """A published ladder or spectrum. `year` is None where it grew over time."""

    kind: Literal["ladder", "spectrum"]
    author: str
    year: int | None
    about: Bilingual
    bands: tuple[Band, ...]
    rungs: tuple[Rung, ...]


def _rung(entry: Entry) -> Rung:
    return Rung(
        **entry.named(),
        ladder=entry.text("ladder"),
        order=entry.number("order"),
        band=entry.optional_text("band"),
        meaning=entry.bilingual("meaning"),
        promise=entry.bilingual("promise"),
        influence=entry.text("influence"),
        because=entry.bilingual("because"),
    )


def _read_ladders() -> tuple[Ladder, ...]:
    data = read_file("ladders")
    rungs = tuple(_rung(entry) for entry in entries_of(data, "rung"))
    bands = tuple((entry.text("ladder"), Band(**entry.named())) for entry in entries_of(data, "band"))
    return tuple(
        Ladder(
            **entry.named(),
            kind=cast(Literal["ladder", "spectrum"], entry.text("kind")),
            author=entry.text("author"),
            year=entry.number("year") if "year" in entry.fields else None,
            about=entry.bilingual("about"),
            bands=tuple(band for ladder, band in bands if ladder == entry.text("id")),
            rungs=tuple(rung for rung in rungs if rung.ladder == entry.text("id")),
        )
        for entry in entries_of(data, "ladder")
    )


LADDERS: tuple[Ladder, ...] = _read_ladders()


def find_ladder(ladder_id: str) -> Ladder:
    """Return the ladder with that id.

    Raises:
        NotFound: there is none.
    """
    return find(LADDERS, ladder_id)


def find_rung(ladder_id: str, rung_id: str) -> Rung:
    """Return a rung of a ladder; the same id may stand on two ladders with another meaning.

    Raises:
        NotFound: there is no such ladder, or it has no such rung.
    """
    return find(find_ladder(ladder_id).rungs, rung_id)
