"""The seven well-being goals of the Act, in its order."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import read_entries
from involve.vocabulary.provenance import Named
from involve.vocabulary.terms import find


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal(Named):
    """A well-being goal. The name is the statutory one; `short` and `gloss` are our own words, not the Act's."""

    number: int
    short: Bilingual
    gloss: Bilingual


GOALS: tuple[Goal, ...] = tuple(
    Goal(
        **entry.named(),
        number=entry.number("number"),
        short=entry.bilingual("short"),
        gloss=entry.bilingual("gloss"),
    )
    for entry in read_entries("goals", "goal")
)


def find_goal(goal_id: str) -> Goal:
    """Return the goal with that id.

    Raises:
        NotFound: there is none.
    """
    return find(GOALS, goal_id)
