"""What stands together on stories: goals with goals, and goals with ways of working and topics."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from pyroaring import BitMap

from involve.services.evidence.facet_index import FacetIndex
from involve.services.pictures.chance import find_clear, find_likelihood
from involve.services.pictures.said import Said
from involve.vocabulary.goals import GOALS
from involve.vocabulary.ways import WAYS

MOST_TOPICS = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """How many stories carry a row's concept and this goal; `often` where that is more than chance explains."""

    goal: str
    stories: int
    often: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A goal, way or topic (`scheme`), how many stories carry it, and with each goal how many."""

    scheme: str
    concept: str
    stories: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """The rows of goals, then of ways, then of the topics that most stories name."""

    rows: tuple[Row, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str, int], ...]:
        """Each two goals with how many stories carry both, the most first."""
        goals = [row for row in self.rows if row.scheme == "goal"]
        found = [
            (one.concept, other.concept, _find(one, other.concept).stories)
            for one, other in combinations(goals, 2)
        ]
        return tuple(sorted(found, key=lambda pair: -pair[2]))

    @property
    def most(self) -> int:
        """The largest number of two that are not the same."""
        return max(
            (cell.stories for row in self.rows for cell in row.cells if cell.goal != row.concept), default=0
        )


def count_together(index: FacetIndex, fitting: BitMap, topics: Sequence[Said]) -> Together:
    """Count what stands together on the *fitting* publications; *topics* are those named on them, most first."""
    goals = {goal.id: fitting & index.bearing("goal", goal.id) for goal in GOALS}
    sets = [("goal", name, numbers) for name, numbers in goals.items()]
    sets += [("way", way.id, fitting & index.bearing("way", way.id)) for way in WAYS]
    sets += [("topic", each.topic, each.numbers) for each in topics[:MOST_TOPICS]]
    rows = [
        Row(
            scheme,
            name,
            len(own),
            tuple(Cell(goal, own.intersection_cardinality(of)) for goal, of in goals.items()),
        )
        for scheme, name, own in sets
    ]
    return Together(_mark_often(rows, {name: len(own) for name, own in goals.items()}, len(fitting)))


def _mark_often(rows: Sequence[Row], goals: dict[str, int], everything: int) -> tuple[Row, ...]:
    """Mark the cells that hold more stories than there would be if one had nothing to do with the other."""
    likelihoods = {
        (row.scheme, row.concept, cell.goal): find_likelihood(
            cell.stories,
            row.stories,
            goals[cell.goal] - cell.stories,
            everything - row.stories,
        )
        for row in rows
        for cell in row.cells
        if cell.goal != row.concept
    }
    clear = find_clear(likelihoods)
    return tuple(
        replace(
            row,
            cells=tuple(
                replace(
                    cell,
                    often=(row.scheme, row.concept, cell.goal) in clear
                    and cell.stories * everything > row.stories * goals[cell.goal],
                )
                for cell in row.cells
            ),
        )
        for row in rows
    )


def _find(row: Row, goal: str) -> Cell:
    return next(cell for cell in row.cells if cell.goal == goal)
