"""What the machine may notice in a story, for the queue: each a bit, so that one number says which there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find


@dataclass(frozen=True, slots=True)
class Noticed:
    """One kind of thing that asks a person to look; it decides nothing."""

    id: str
    bit: int
    name: Bilingual


NOTICED: tuple[Noticed, ...] = (
    Noticed("personal", 1, Bilingual("Manylion personol", "Personal details")),
    Noticed("risk", 2, Bilingual("Risg o niwed", "Risk of harm")),
    Noticed("abuse", 4, Bilingual("Bygythiad neu gasineb", "Threat or hatred")),
    Noticed("spam", 8, Bilingual("Efallai nad stori yw hi", "Perhaps not a story")),
    Noticed("copy", 16, Bilingual("Bron yr un fath â stori arall", "Nearly the same as another story")),
)
# A story with one of these is declined by two people, never by one.
GRAVE = ("risk", "abuse")


def bits_of(ids: Iterable[str]) -> int:
    """Return the number that says that all *ids* were noticed.

    Raises:
        NotFound: there is no such thing to notice.
    """
    return sum(find(NOTICED, each).bit for each in set(ids))


def with_bit(noticed: int, id_: str, holds: bool) -> int:
    """Return *noticed* with one thing in it or not."""
    bit = bits_of([id_])
    return noticed | bit if holds else noticed & ~bit
