"""The seven goals, with how many stories tell of strengths, concerns and ideas for each."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.vocabulary.goals import GOALS
from involve.vocabulary.states import STANCES


@dataclass(frozen=True, slots=True)
class GoalStances:
    """How many stories are linked to a goal. A story links to it in one stance, so `stances` add up to `stories`."""

    goal: str
    stances: Mapping[str, int]

    @property
    def stories(self) -> int:
        """How many stories are linked to the goal in any stance."""
        return sum(self.stances.values())


def count_by_goal(choosing: Choosing, fitting: BitMap) -> tuple[GoalStances, ...]:
    """Return how many of the *fitting* publications are linked to each goal, in each stance, in the Act's order."""
    return tuple(
        GoalStances(
            goal.id,
            {
                stance.id: fitting.intersection_cardinality(
                    choosing.fitting(EvidenceFilter(goal=goal.id, stance=stance.id))
                )
                for stance in STANCES
            },
        )
        for goal in GOALS
    )
