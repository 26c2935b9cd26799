"""Words for the states and kinds that the software itself distinguishes, and how to find one thing by its id."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from involve.errors import NotFound
from involve.vocabulary.bilingual import Bilingual


class HasId(Protocol):
    """Anything that is known by its id."""

    @property
    def id(self) -> str:
        """The name by which code and addresses know it."""


Thing = TypeVar("Thing", bound=HasId)


@dataclass(frozen=True, slots=True)
class Term:
    """A state or kind, and the words for it in both languages. These are our own words."""

    id: str
    name: Bilingual


def term(id_: str, cy: str, en: str) -> Term:
    """Return the term *id_* with its words, Welsh first."""
    return Term(id_, Bilingual(cy, en))


def find(things: Iterable[Thing], id_: str) -> Thing:
    """Return the one of *things* with that id.

    Raises:
        NotFound: none has it.
    """
    for thing in things:
        if thing.id == id_:
            return thing
    raise NotFound(id_)
