"""Stories by local authority area, for each 10,000 people who live there, with what chance does to so few."""

from dataclasses import dataclass

from pyroaring import BitMap

from involve.services.evidence.facet_index import FacetIndex
from involve.services.pictures.chance import find_rate_interval
from involve.vocabulary.areas import AREAS

PEOPLE = 10_000
# A rate of fewer says nothing: half of ten, or twice as many, would be nothing out of the ordinary.
ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Rate:
    """Stories for each 10,000 people, between `low` and `high` in 95 of 100 cases like it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class AreaStories:
    """An area by its GSS code, with its stories. `rate` is None where there are too few to say."""

    gss: str
    stories: int
    people: int
    rate: Rate | None


@dataclass(frozen=True, slots=True)
class ByArea:
    """Every area of Wales in the order of their codes, the stories that name none, and the rate of all areas."""

    areas: tuple[AreaStories, ...]
    nowhere: int
    everywhere: Rate | None

    @property
    def placed(self) -> int:
        """How many stories name an area."""
        return sum(each.stories for each in self.areas)

    @property
    def rated(self) -> tuple[AreaStories, ...]:
        """The areas of which a rate can be said, the highest first."""
        return tuple(
            sorted((each for each in self.areas if each.rate), key=lambda each: -each.stories / each.people)
        )


def count_by_area(index: FacetIndex, fitting: BitMap) -> ByArea:
    """Count the *fitting* publications by area, beside the residents of Census 2021."""
    areas = tuple(
        _area(
            area.gss, fitting.intersection_cardinality(index.bearing("area", area.gss)), area.population_2021
        )
        for area in AREAS
    )
    placed = sum(each.stories for each in areas)
    everywhere = find_rate(placed, sum(each.people for each in areas))
    return ByArea(areas, len(fitting) - placed, everywhere)


def find_rate(stories: int, people: int) -> Rate | None:
    """Return the rate of so many stories, or None where there are too few to say."""
    if stories < ENOUGH:
        return None
    low, high = find_rate_interval(stories)
    return Rate(PEOPLE * stories / people, PEOPLE * low / people, PEOPLE * high / people)


def _area(gss: str, stories: int, people: int) -> AreaStories:
    return AreaStories(gss, stories, people, find_rate(stories, people))
