"""Which published stories fit a filter, and how many each further choice would leave."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_

from pyroaring import BitMap
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Project, Publication
from involve.services.evidence.facet_index import EVERYTHING, FacetIndex, read_facet_index
from involve.services.evidence.filters import SCHEMES, EvidenceFilter
from involve.services.evidence.searching import holds_words

# Filters by what stands on a story itself, one value each.
PLAIN = ("area", "language", "project")


@dataclass(frozen=True, slots=True)
class Facet:
    """How many stories a further choice would leave: `name` is a field of EvidenceFilter, `value` its choice."""

    name: str
    value: str
    count: int


def count_facets(
    session: Session, wanted: EvidenceFilter, choosing: "Choosing | None" = None
) -> tuple[Facet, ...]:
    """Return the counts for each choice of each filter, given all the other filters; largest first.

    Every count is of published stories by what stands on them, so it equals the list behind its link. `choosing` is
    that of the list, where both are asked for.
    """
    choosing = choosing or Choosing(session)
    return tuple(facet for name in (*SCHEMES, "stance", *PLAIN) for facet in choosing.count(name, wanted))


class Choosing:
    """Filters answered from the index as one transaction sees it; words are searched for once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.index: FacetIndex = read_facet_index(session)
        self._slugs: dict[str, str] | None = None
        self._searched: dict[str, BitMap] = {}

    def fitting(self, wanted: EvidenceFilter) -> BitMap:
        """Return the numbers of the publications that fit; the larger, the newer. Not to be changed."""
        return reduce(and_, self._parts(wanted), self.index.bearing(*EVERYTHING))

    def count(self, name: str, wanted: EvidenceFilter) -> list[Facet]:
        """Count the publications that fit *wanted* but for *name*, for each choice of *name*."""
        others = self.fitting(replace(wanted, **{name: None}))  # type: ignore[arg-type]
        counted = (
            Facet(name, value, others.intersection_cardinality(numbers))
            for value, numbers in self._choices(name, wanted)
        )
        return sorted((each for each in counted if each.count), key=lambda each: (-each.count, each.value))

    def _parts(self, wanted: EvidenceFilter) -> Iterator[BitMap]:
        """Yield the publications that fit each part of a filter."""
        for scheme, concept in wanted.concepts:
            yield self._tagged(scheme, concept, wanted.stance)
        if wanted.stance and not wanted.concepts:
            yield self.index.bearing("stance", wanted.stance)
        if wanted.area:
            yield self.index.bearing("area", wanted.area)
        if wanted.language:
            yield self.index.bearing("language", wanted.language)
        if wanted.project:
            numbers = (number for number, slug in self.slugs.items() if slug == wanted.project)
            yield self.index.bearing("project", next(numbers, ""))
        if wanted.since or wanted.until:
            yield self._within(wanted)
        if wanted.words.strip():
            yield self._holding(wanted.words)

    def _tagged(self, scheme: str, concept: str, stance: str | None) -> BitMap:
        return self.index.bearing(scheme, concept, *([stance] if stance else []))

    def _within(self, wanted: EvidenceFilter) -> BitMap:
        """Return the publications of the days asked for."""
        first = wanted.since.isoformat() if wanted.since else ""
        last = wanted.until.isoformat() if wanted.until else "9999-12-31"
        return BitMap().union(
            *(numbers for day, numbers in self.index.choices("day") if first <= day <= last)
        )

    def _holding(self, words: str) -> BitMap:
        """Return the publications that hold the words searched for; the database is asked once."""
        if words not in self._searched:
            found = self.session.scalars(select(Publication.id).where(holds_words(self.session, words)))
            self._searched[words] = BitMap(found)
        return self._searched[words]

    def _choices(self, name: str, wanted: EvidenceFilter) -> Iterable[tuple[str, BitMap]]:
        """Yield each choice of a filter, with the publications that bear it."""
        if name == "stance" and wanted.concepts:
            # A stance holds for every concept that is asked for, so the tags of all must share it.
            for stance, _numbers in self.index.choices("stance"):
                parts = [self._tagged(scheme, concept, stance) for scheme, concept in wanted.concepts]
                yield stance, reduce(and_, parts)
        elif name in SCHEMES and wanted.stance:
            for concept, _numbers in self.index.choices(name):
                yield concept, self._tagged(name, concept, wanted.stance)
        elif name == "project":
            for number, numbers in self.index.choices(name):
                yield self.slugs[number], numbers
        else:
            yield from self.index.choices(name)

    @property
    def slugs(self) -> dict[str, str]:
        """The slug of each project, by its number as the index has it."""
        if self._slugs is None:
            rows = self.session.execute(select(Project.id, Project.slug))
            self._slugs = {str(number): slug for number, slug in rows}
        return self._slugs
