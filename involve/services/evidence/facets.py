"""Which published stories fit a filter, and how many each further choice would leave."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_

from pyroaring import BitMap
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Project, Stage
from involve.services.evidence.facet_index import EVERYTHING, FacetIndex, read_facet_index
from involve.services.evidence.filters import SCHEMES, EvidenceFilter, choice
from involve.services.evidence.happened import read_happened
from involve.services.evidence.remembering import remember
from involve.services.evidence.searching import FoundWords, find_words
from involve.vocabulary.states import STANCES, VOICES

# Filters by what stands on a story itself, one value each.
PLAIN = ("topic", "indicator", "region", "area", "told_as", "language")
# All that can be chosen, in the order in which it is shown.
FACETS: tuple[str, ...] = (
    "goal", "stance", "topic", "area", "way", "theme", "voice", "indicator", "region", "project", "stage", "rung",
    "language", "told_as", "happened", "period",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facet:
    """How many stories a further choice would leave: `name` is a field of EvidenceFilter, `value` its choice.

    The name 'period' stands for `since` and `until`: its values are years, or months of one year ('2026-03').
    """

    name: str
    value: str
    count: int


def count_facets(
    session: Session,
    wanted: EvidenceFilter,
    choosing: "Choosing | None" = None,
    names: Sequence[str] = FACETS,
) -> tuple[Facet, ...]:
    """Return the counts for each choice of some filters, given all the other filters; largest first, periods newest.

    Every count is of published stories by what stands on them, so it equals the list behind its link. `choosing` is
    that of the list, where both are asked for.
    """
    choosing = choosing or Choosing(session)
    return tuple(facet for name in names for facet in choosing.count(name, wanted))


class Choosing:
    """Filters answered from the index as one transaction sees it; words are searched for once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.index: FacetIndex = read_facet_index(session)
        self._stages: dict[str, tuple[str, str]] | None = None
        self._happened: Mapping[str, BitMap] | None = None
        self._found: dict[str, FoundWords] = {}

    def fitting(self, wanted: EvidenceFilter) -> BitMap:
        """Return the numbers of the publications that fit; the larger, the newer. Not to be changed."""
        return reduce(and_, self._parts(wanted), self.index.bearing(*EVERYTHING))

    def holding(self, words: str) -> FoundWords:
        """Return the publications that hold the words searched for; the database is asked once."""
        if words not in self._found:
            self._found[words] = find_words(self.session, words, self.index)
        return self._found[words]

    def count(self, name: str, wanted: EvidenceFilter) -> list[Facet]:
        """Count the publications that fit *wanted* but for *name*, for each choice of *name*."""
        others = self.fitting(replace(wanted, **choice(name, None)))  # type: ignore[arg-type]
        counted = (
            Facet(name, value, others.intersection_cardinality(numbers))
            for value, numbers in self._choices(name, wanted, others)
        )
        found = [each for each in counted if each.count]
        if name == "period":
            return sorted(found, key=lambda each: each.value, reverse=True)
        return sorted(found, key=lambda each: (-each.count, each.value))

    def _parts(self, wanted: EvidenceFilter) -> Iterator[BitMap]:
        """Yield the publications that fit each part of a filter."""
        for scheme, concept in wanted.concepts:
            yield self._tagged(scheme, concept, wanted.stance, wanted.voice)
        if not wanted.concepts and (wanted.stance or wanted.voice):
            yield self._spoken(wanted.stance, wanted.voice)
        for name in PLAIN:
            if getattr(wanted, name):
                yield self.index.bearing(name, getattr(wanted, name))
        if wanted.project:
            numbers = (number for number, slug in self.slugs.items() if slug == wanted.project)
            yield self.index.bearing("project", next(numbers, ""))
        if wanted.stage:
            yield self._staged(0, wanted.stage)
        if wanted.rung:
            yield self._staged(1, wanted.rung)
        if wanted.happened:
            yield self.happened.get(wanted.happened, BitMap())
        if wanted.since or wanted.until:
            yield self._within(wanted)
        if wanted.words.strip():
            yield self.holding(wanted.words).all

    def _tagged(self, scheme: str, concept: str, stance: str | None, voice: str | None) -> BitMap:
        """Return the publications with a tag of that concept, in that stance and voice where one is asked for."""
        if stance is None and voice is None:
            return self.index.bearing(scheme, concept)
        stances = [stance] if stance else [each.id for each in STANCES]
        voices = [voice] if voice else [each.id for each in VOICES]
        return BitMap().union(*(self.index.bearing(scheme, concept, s, v) for s in stances for v in voices))

    def _spoken(self, stance: str | None, voice: str | None) -> BitMap:
        """Return the publications with any tag in that stance and voice."""
        if stance is None or voice is None:
            return (
                self.index.bearing("stance", stance) if stance else self.index.bearing("voice", voice or "")
            )
        return BitMap().union(*(self.index.bearing(*key, stance, voice) for key in self.index.names(SCHEMES)))

    def _staged(self, part: int, value: str) -> BitMap:
        """Return the publications told in a stage of that kind (part 0) or on that rung (part 1)."""
        return BitMap().union(
            *(
                self.index.bearing("stage_id", number)
                for number, has in self.stages.items()
                if has[part] == value
            )
        )

    def _within(self, wanted: EvidenceFilter) -> BitMap:
        """Return the publications of the days asked for."""
        first = wanted.since.isoformat() if wanted.since else ""
        last = wanted.until.isoformat() if wanted.until else "9999-12-31"
        return BitMap().union(
            *(numbers for day, numbers in self.index.choices("day") if first <= day <= last)
        )

    def _choices(self, name: str, wanted: EvidenceFilter, others: BitMap) -> Iterable[tuple[str, BitMap]]:
        """Yield each choice of a filter, with the publications that bear it."""
        if name in ("stance", "voice"):
            yield from self._manners(name, wanted)
        elif name in SCHEMES and (wanted.stance or wanted.voice):
            for concept, _numbers in self.index.choices(name):
                yield concept, self._tagged(name, concept, wanted.stance, wanted.voice)
        elif name == "project":
            for number, numbers in self.index.choices(name):
                yield self.slugs[number], numbers
        elif name in ("stage", "rung"):
            part = ("stage", "rung").index(name)
            for value in {has[part] for has in self.stages.values()}:
                yield value, self._staged(part, value)
        elif name == "happened":
            yield from self.happened.items()
        elif name == "period":
            yield from self._periods(others)
        else:
            yield from self.index.choices(name)

    def _manners(self, name: str, wanted: EvidenceFilter) -> Iterator[tuple[str, BitMap]]:
        """Yield each stance or voice; the tags of all concepts that are asked for must share it."""
        for value, _numbers in self.index.choices(name):
            stance = value if name == "stance" else wanted.stance
            voice = value if name == "voice" else wanted.voice
            parts = [self._tagged(*concept, stance, voice) for concept in wanted.concepts]
            yield value, reduce(and_, parts) if parts else self._spoken(stance, voice)

    def _periods(self, others: BitMap) -> Iterator[tuple[str, BitMap]]:
        """Yield the years in which the others were published, or the months where it is a year alone."""
        days = [(day, numbers) for day, numbers in self.index.choices("day") if numbers.intersect(others)]
        length = len("2026-03") if len({day[:4] for day, _numbers in days}) == 1 else len("2026")
        for period in {day[:length] for day, _numbers in days}:
            yield period, BitMap().union(*(numbers for day, numbers in days if day.startswith(period)))

    @property
    def slugs(self) -> dict[str, str]:
        """The slug of each project, by its number as the index has it."""
        return remember(self.session, self.index, "choosing", "slugs", self._read_slugs)

    def _read_slugs(self) -> dict[str, str]:
        rows = self.session.execute(select(Project.id, Project.slug))
        return {str(number): slug for number, slug in rows}

    @property
    def stages(self) -> dict[str, tuple[str, str]]:
        """The kind and the rung ('iap2.consult') of each stage, by its number as the index has it."""
        if self._stages is None:
            rows = self.session.execute(select(Stage.id, Stage.kind, Stage.ladder, Stage.rung))
            self._stages = {str(number): (kind, f"{ladder}.{rung}") for number, kind, ladder, rung in rows}
        return self._stages

    @property
    def happened(self) -> Mapping[str, BitMap]:
        """The publications to which each thing of `vocabulary.happened` has happened."""
        if self._happened is None:
            self._happened = read_happened(self.session, self.index)
        return self._happened
