"""What people may expect of engagement: the national principles, and the standards for children and young people."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import entries_of, read_file
from involve.vocabulary.provenance import Named
from involve.vocabulary.terms import find


@dataclass(frozen=True, kw_only=True, slots=True)
class Principle(Named):
    """One principle or standard of the set `set_id`. The name is its title; the gloss is our own words."""

    set_id: str
    order: int
    gloss: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class PrincipleSet(Named):
    """A published set of principles."""

    principles: tuple[Principle, ...]


def _read_sets() -> tuple[PrincipleSet, ...]:
    data = read_file("principles")
    principles = tuple(
        Principle(
            **entry.named(),
            set_id=entry.text("set"),
            order=entry.number("order"),
            gloss=entry.bilingual("gloss"),
        )
        for entry in entries_of(data, "principle")
    )
    return tuple(
        PrincipleSet(**entry.named(), principles=tuple(p for p in principles if p.set_id == entry.text("id")))
        for entry in entries_of(data, "set")
    )


PRINCIPLE_SETS: tuple[PrincipleSet, ...] = _read_sets()
PRINCIPLES: tuple[Principle, ...] = tuple(p for group in PRINCIPLE_SETS for p in group.principles)


def find_principle_set(set_id: str) -> PrincipleSet:
    """Return the set of principles with that id.

    Raises:
        NotFound: there is none.
    """
    return find(PRINCIPLE_SETS, set_id)
