"""The five ways of working that make up the sustainable development principle."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import read_entries
from involve.vocabulary.provenance import Named
from involve.vocabulary.terms import find


@dataclass(frozen=True, kw_only=True, slots=True)
class Way(Named):
    """A way of working. Bodies word some of them differently: `variants_cy` and `variants_en` are words seen in use."""

    order: int
    variants_cy: tuple[str, ...]
    variants_en: tuple[str, ...]
    statutory_ref: str
    gloss: Bilingual


WAYS: tuple[Way, ...] = tuple(
    Way(
        **entry.named(),
        order=entry.number("order"),
        variants_cy=entry.texts("variants_cy"),
        variants_en=entry.texts("variants_en"),
        statutory_ref=entry.text("statutory_ref"),
        gloss=entry.bilingual("gloss"),
    )
    for entry in read_entries("ways", "way")
)


def find_way(way_id: str) -> Way:
    """Return the way of working with that id.

    Raises:
        NotFound: there is none.
    """
    return find(WAYS, way_id)
