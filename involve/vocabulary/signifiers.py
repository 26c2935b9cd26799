"""Signifiers: the ways in which a teller says what their own story means, and the answers that are always the same."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find

DOES_NOT_FIT = Bilingual("Ddim yn berthnasol i fy stori i", "Does not fit my story")


@dataclass(frozen=True, slots=True)
class SignifierKind:
    """A kind of signifier; `fewest` and `most` bound how many labels one has."""

    id: str
    name: Bilingual
    meaning: Bilingual
    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class Frequency:
    """How common a teller says that what they told of is."""

    id: str
    name: Bilingual


SIGNIFIER_KINDS: tuple[SignifierKind, ...] = (
    SignifierKind(
        "triad",
        Bilingual("Triongl", "Triad"),
        Bilingual(
            "Tri label, un i bob cornel: mae’r person yn dangos pa mor agos yw’r stori at bob un.",
            "Three labels, one at each corner: the person shows how near their story is to each.",
        ),
        3,
        3,
    ),
    SignifierKind(
        "scale",
        Bilingual("Graddfa", "Scale"),
        Bilingual(
            "Dau label, un i bob pen: mae’r person yn dewis lle rhyngddynt.",
            "Two labels, one at each end: the person chooses a place between them.",
        ),
        2,
        2,
    ),
    SignifierKind(
        "choice",
        Bilingual("Dewis", "Choice"),
        Bilingual(
            "Rhwng dau ac wyth ateb: mae’r person yn dewis un.",
            "Two to eight answers: the person chooses one.",
        ),
        2,
        8,
    ),
    SignifierKind(
        "frequency",
        Bilingual("Pa mor gyffredin", "How common"),
        Bilingual(
            "Mae’r person yn dweud pa mor aml y mae pethau fel hyn yn digwydd. Mae’r atebion yr un fath bob tro.",
            "The person says how often such things happen. The answers are always the same.",
        ),
        0,
        0,
    ),
)

FREQUENCIES: tuple[Frequency, ...] = (
    Frequency("once", Bilingual("Unwaith yn unig", "Only once")),
    Frequency("sometimes", Bilingual("Weithiau", "Now and then")),
    Frequency("often", Bilingual("Yn aml", "Often")),
    Frequency("always", Bilingual("Drwy’r amser", "All the time")),
)


def find_signifier_kind(kind: str) -> SignifierKind:
    """Return the kind of signifier with that id.

    Raises:
        NotFound: there is none.
    """
    return find(SIGNIFIER_KINDS, kind)
