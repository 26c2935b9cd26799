"""How a decision can stand: before it is public, and by what came of it, on the days that staff note."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find


@dataclass(frozen=True, slots=True)
class Status:
    """One way for a decision to stand. `noted`: staff note it as an outcome; `why`: they have to say why.

    `kind` is that of the mark it is shown with: good, bad or none.
    """

    id: str
    name: Bilingual
    noted: bool = True
    why: bool = False
    kind: str = ""


STATUSES: tuple[Status, ...] = (
    Status("proposed", Bilingual("Wedi’i gynnig", "Proposed"), noted=False),
    # Where a published decision stands until anything else is noted.
    Status("agreed", Bilingual("Wedi’i gytuno", "Agreed")),
    Status("under_way", Bilingual("Ar waith", "Under way")),
    Status("done", Bilingual("Wedi’i gyflawni", "Done"), kind="good"),
    Status("not_done", Bilingual("Heb ei gyflawni", "Not done"), why=True, kind="bad"),
)
NOTED: tuple[Status, ...] = tuple(each for each in STATUSES if each.noted)


def find_status(status_id: str) -> Status:
    """Return the status with that id.

    Raises:
        NotFound: there is none.
    """
    return find(STATUSES, status_id)
