"""The seven headings of horizon scanning (STEEPLE). The letters spell the English word and are not spelt in Welsh."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import read_entries
from involve.vocabulary.provenance import Named
from involve.vocabulary.terms import find


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading(Named):
    """One heading under which to look ahead."""

    order: int
    letter: str
    gloss: Bilingual


STEEPLE: tuple[Heading, ...] = tuple(
    Heading(
        **entry.named(),
        order=entry.number("order"),
        letter=entry.text("letter"),
        gloss=entry.bilingual("gloss"),
    )
    for entry in read_entries("steeple", "heading")
)


def find_heading(heading_id: str) -> Heading:
    """Return the heading with that id.

    Raises:
        NotFound: there is none.
    """
    return find(STEEPLE, heading_id)
