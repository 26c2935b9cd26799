"""Which published stories bear what, remembered as sets of their numbers: any choice is counted in microseconds.

A process makes the sets once and then follows the marks that triggers leave at each change of a publication
(migration 0037), within the transaction that asks: nothing is counted that this transaction could not read. The sets
are compressed bitmaps (Chambi et al. 2016, “Better bitmap performance with Roaring bitmaps”).
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pyroaring import BitMap
from sqlalchemy import ColumnElement, case, func, select, text
from sqlalchemy.orm import Session

from involve.models import Publication, PublicationTag
from involve.services.publishing.keys import encode_keys
from involve.text.search_keys import topics_by_key
from involve.vocabulary.areas import AREAS
from involve.vocabulary.indicators import INDICATORS

# What is borne, and which: ("area", "W06000001"), ("goal", "healthier"), ("goal", "healthier", "concern", "machine").
Key = tuple[str, ...]
EVERYTHING: Key = ("all",)
_NOTHING = BitMap()
_BATCH = 500
# Rows held at once while all are read: a million of them would take more memory than all sets.
_HELD = 5_000
# Where more than this share has changed, all is read again.
_MUCH = 0.2
# Under this name what is remembered of a database holds its index.
MEMORY = "facet_index"

_SQLITE_NOW = text("select coalesce(max(mark), 0) from publication_search_mark")
_SQLITE_SINCE = text("select publication_id from publication_search_mark where mark > :mark")
# A transaction that is still open may yet commit changes under a number below others': all from it on is read again.
_POSTGRES_NOW = text("select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)")
_POSTGRES_SINCE = text("select publication_id from publication_search_mark where mark >= :mark")
_COLUMNS = {
    "project": Publication.project_id,
    "stage_id": Publication.stage_id,
    "language": Publication.language,
    "area": Publication.area,
    "told_as": Publication.told_as,
}
_REGIONS = {area.gss: area.region.id for area in AREAS}


@dataclass(frozen=True, slots=True)
class FacetIndex:
    """The sets, by what is borne, as they stood at a mark. Nothing of it is ever changed: changes make another one."""

    sets: Mapping[Key, BitMap]
    mark: int

    def bearing(self, *key: str) -> BitMap:
        """Return the numbers of the publications that bear this; not to be changed."""
        return self.sets.get(key, _NOTHING)

    def choices(self, name: str) -> Iterator[tuple[str, BitMap]]:
        """Yield each value of one name that any publication bears, with the publications."""
        for key, numbers in self.sets.items():
            if key[0] == name and len(key) == 2:
                yield key[1], numbers

    def names(self, schemes: Sequence[str]) -> Iterator[Key]:
        """Yield each concept of some schemes that any publication bears, as (scheme, concept)."""
        return (key for key in self.sets if len(key) == 2 and key[0] in schemes)


def read_facet_index(session: Session) -> FacetIndex:
    """Return the index as this session's transaction sees the publications."""
    known: FacetIndex | None = session.info.setdefault("memory", {}).get(MEMORY)
    found = _build(session) if known is None else _follow(session, known)
    if found is not known and not _is_writing(session):
        # What a transaction wrote and has not committed is for itself alone.
        session.info["memory"][MEMORY] = found
    return found


def _is_writing(session: Session) -> bool:
    asked = session.connection().get_execution_options().get("writes", False)
    return bool(asked or session.new or session.dirty or session.deleted)


def _build(session: Session) -> FacetIndex:
    # The mark first: what changes while the rows are read is then read once more.
    mark = mark_now(session)
    return FacetIndex(_read(session, None), mark)


def _follow(session: Session, known: FacetIndex) -> FacetIndex:
    now = mark_now(session)
    if now == known.mark and session.get_bind().dialect.name == "sqlite":
        return known
    if now < known.mark:
        # Another database stands at this address, such as one from a back-up.
        return _build(session)
    changed = changed_since(session, known.mark)
    if not changed:
        return known if now == known.mark else replace(known, mark=now)
    if len(changed) > _BATCH and len(changed) > _MUCH * len(known.bearing(*EVERYTHING)):
        return _build(session)
    sets = {
        key: numbers - changed if numbers.intersect(changed) else numbers
        for key, numbers in known.sets.items()
    }
    for first in range(0, len(changed), _BATCH):
        for key, numbers in _read(session, list(changed[first : first + _BATCH])).items():
            sets[key] = sets.get(key, _NOTHING) | numbers
    return FacetIndex({key: numbers for key, numbers in sets.items() if numbers}, now)


def mark_now(session: Session) -> int:
    """Return the mark of the newest change that this transaction can see."""
    asked = _SQLITE_NOW if session.get_bind().dialect.name == "sqlite" else _POSTGRES_NOW
    session.flush()
    return int(session.execute(asked).scalar_one())


def changed_since(session: Session, mark: int) -> BitMap:
    """Return the numbers of the publications that changed after a mark, or may have."""
    asked = _SQLITE_SINCE if session.get_bind().dialect.name == "sqlite" else _POSTGRES_SINCE
    return BitMap(session.scalars(asked, {"mark": mark}))


def _read(session: Session, some: Sequence[int] | None) -> dict[Key, BitMap]:
    """Read what publications bear: all of them, or some."""
    dialect = session.get_bind().dialect.name
    rows = select(*_COLUMNS.values(), Publication.published_at, _topics_of(dialect), Publication.id)
    tags = select(
        PublicationTag.scheme,
        PublicationTag.concept,
        PublicationTag.stance,
        PublicationTag.voice,
        PublicationTag.publication_id,
    )
    if some is not None:
        rows = rows.where(Publication.id.in_(some))
        tags = tags.where(PublicationTag.publication_id.in_(some))
    # Numbers of up to four bytes, as the sets hold them.
    numbers: defaultdict[Key, array[int]] = defaultdict(lambda: array("I"))
    for *values, published_at, topics, number in session.execute(rows.execution_options(yield_per=_HELD)):
        numbers[EVERYTHING].append(number)
        numbers["day", published_at.date().isoformat()].append(number)
        for name, value in zip(_COLUMNS, values, strict=True):
            if value is not None:
                numbers[name, str(value)].append(number)
        for topic in _read_topics(topics):
            numbers["topic", topic].append(number)
    for *tag, number in session.execute(tags.execution_options(yield_per=_HELD)):
        numbers[tuple(tag)].append(number)
    return _with_unions({key: BitMap(found) for key, found in numbers.items()})


def _topics_of(dialect: str) -> ColumnElement[Any]:
    """Return the part of the search keys in which topics stand: the last."""
    place = (func.instr if dialect == "sqlite" else func.strpos)(Publication.keys, _topic_mark())
    return case((place > 0, func.substr(Publication.keys, place)), else_="")


def _read_topics(keys: str) -> list[str]:
    """Return the ids of the topics among some search keys."""
    topics = _topics()
    return [topics[key] for key in keys.split() if key in topics]


@cache
def _topics() -> Mapping[str, str]:
    """Return the id of each topic by its search key as it is stored."""
    own = topics_by_key()
    return {encode_keys([key])[0]: topic for key, topic in own.items()}


@cache
def _topic_mark() -> str:
    """Return with what the stored keys of all topics begin, and no other."""
    keys = sorted(_topics())
    return keys[0][
        : next(at for at, both in enumerate(zip(keys[0], keys[-1], strict=False)) if len({*both}) > 1)
    ]


def _with_unions(sets: dict[Key, BitMap]) -> dict[Key, BitMap]:
    """Add those of a concept in any stance and voice, of a stance or voice of any tag, of regions and indicators."""
    found = dict(sets)

    def join(wider: Key, numbers: BitMap) -> None:
        found[wider] = found.get(wider, _NOTHING) | numbers

    for key, numbers in sets.items():
        if len(key) == 4:
            scheme, concept, stance, voice = key
            for wider in ((scheme, concept), ("stance", stance), ("voice", voice)):
                join(wider, numbers)
        elif key[0] == "area" and key[1] in _REGIONS:
            join(("region", _REGIONS[key[1]]), numbers)
        elif key[0] == "topic":
            for indicator in INDICATORS:
                if key[1] in indicator.suggested_topics:
                    join(("indicator", indicator.id), numbers)
    return found
