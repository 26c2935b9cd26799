"""The scale to which every rung of every ladder is brought: how much of the decision is really on offer."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find


@dataclass(frozen=True, slots=True)
class Influence:
    """One level of influence. All of it is our own wording; `order` runs from 0 (none) to 5 (devolve)."""

    id: str
    order: int
    name: Bilingual
    meaning: Bilingual


INFLUENCES: tuple[Influence, ...] = (
    Influence(
        "none",
        0,
        Bilingual("Dim dylanwad", "No influence"),
        Bilingual("Ni all yr hyn a ddywedwch newid dim.", "Nothing you say can change anything."),
    ),
    Influence(
        "inform",
        1,
        Bilingual("Hysbysu", "Inform"),
        Bilingual(
            "Rydych chi’n cael gwybod beth sy’n digwydd, ond ni ofynnir am eich barn.",
            "You are told what is happening, but your view is not asked for.",
        ),
    ),
    Influence(
        "consult",
        2,
        Bilingual("Ymgynghori", "Consult"),
        Bilingual(
            "Gofynnir am eich barn cyn i’r corff benderfynu.",
            "Your view is asked for before the body decides.",
        ),
    ),
    Influence(
        "involve",
        3,
        Bilingual("Cynnwys", "Involve"),
        Bilingual(
            "Rydych chi’n helpu i lunio’r dewisiadau, a’r corff sy’n penderfynu rhyngddynt.",
            "You help to shape the choices, and the body decides between them.",
        ),
    ),
    Influence(
        "collaborate",
        4,
        Bilingual("Cydweithio", "Collaborate"),
        Bilingual("Rydych chi a’r corff yn penderfynu gyda’ch gilydd.", "You and the body decide together."),
    ),
    Influence(
        "devolve",
        5,
        Bilingual("Trosglwyddo", "Devolve"),
        Bilingual(
            "Chi sy’n penderfynu, ac mae’r corff yn derbyn hynny.", "You decide, and the body accepts it."
        ),
    ),
)


def find_influence(influence_id: str) -> Influence:
    """Return the level of influence with that id.

    Raises:
        NotFound: there is none.
    """
    return find(INFLUENCES, influence_id)
