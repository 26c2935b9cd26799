"""The lawful bases and the conditions for sensitive information on which a body may use stories, with their source.

Consent is one of several and never assumed: what a teller allows to be done with a story is another thing.
"""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import Entry, entries_of, read_file
from involve.vocabulary.provenance import Named
from involve.vocabulary.terms import find

EXPLICIT_CONSENT = "explicit_consent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground(Named):
    """One basis or condition: where it stands in law, what it means for a teller, and when it fits."""

    law: Bilingual
    meaning: Bilingual
    advice: Bilingual


def _ground(entry: Entry) -> Ground:
    article, paragraph = entry.text("article"), entry.fields.get("paragraph")
    law = Bilingual(f"GDPR y DU, erthygl {article}", f"UK GDPR, article {article}")
    if paragraph is not None:
        law = Bilingual(
            f"{law.cy}; Deddf Diogelu Data 2018, Atodlen 1, paragraff {paragraph}",
            f"{law.en}; Data Protection Act 2018, Schedule 1, paragraph {paragraph}",
        )
    meaning, advice = entry.bilingual("meaning"), entry.bilingual("advice")
    return Ground(**entry.named(), law=law, meaning=meaning, advice=advice)


_DATA = read_file("lawful")
# Of article 6.
BASES: tuple[Ground, ...] = tuple(map(_ground, entries_of(_DATA, "basis")))
# Of article 9 and Schedule 1.
CONDITIONS: tuple[Ground, ...] = tuple(map(_ground, entries_of(_DATA, "condition")))


def find_basis(basis_id: str) -> Ground:
    """Return the lawful basis with that id.

    Raises:
        NotFound: there is none.
    """
    return find(BASES, basis_id)


def find_condition(condition_id: str) -> Ground:
    """Return the condition with that id.

    Raises:
        NotFound: there is none.
    """
    return find(CONDITIONS, condition_id)
