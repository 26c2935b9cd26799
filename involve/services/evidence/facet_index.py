"""Which published stories bear what, remembered as sets of their numbers: any choice is counted in microseconds.

A process makes the sets once and then follows the marks that triggers leave at each change of a publication
(migration 0037), within the transaction that asks: nothing is counted that this transaction could not read. The sets
are compressed bitmaps (Chambi et al. 2016, “Better bitmap performance with Roaring bitmaps”).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyroaring import BitMap
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from involve.models import Publication, PublicationTag

# What is borne, and which: ("area", "W06000001"), ("goal", "healthier"), ("goal", "healthier", "concern").
Key = tuple[str, ...]
EVERYTHING: Key = ("all",)
_NOTHING = BitMap()
_BATCH = 500
# Where more than this share has changed, all is read again.
_MUCH = 0.2
_MEMORY = "facet_index"

_SQLITE_NOW = text("select coalesce(max(mark), 0) from publication_search_mark")
_SQLITE_SINCE = text("select publication_id from publication_search_mark where mark > :mark")
# A transaction that is still open may yet commit changes under a number below others': all from it on is read again.
_POSTGRES_NOW = text("select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)")
_POSTGRES_SINCE = text("select publication_id from publication_search_mark where mark >= :mark")
_COLUMNS = {
    "project": Publication.project_id,
    "language": Publication.language,
    "area": Publication.area,
    "day": Publication.published_at,
}


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


def read_facet_index(session: Session) -> FacetIndex:
    """Return the index as this session's transaction sees the publications."""
    known: FacetIndex | None = session.info.setdefault("memory", {}).get(_MEMORY)
    found = _build(session) if known is None else _follow(session, known)
    if found is not known and not _is_writing(session):
        # What a transaction wrote and has not committed is for itself alone.
        session.info["memory"][_MEMORY] = found
    return found


def _is_writing(session: Session) -> bool:
    asked = session.connection().get_execution_options().get("writes", False)
    return bool(asked or session.new or session.dirty or session.deleted)


def _build(session: Session) -> FacetIndex:
    # The mark first: what changes while the rows are read is then read once more.
    mark = _now(session)
    return FacetIndex(_read(session, None), mark)


def _follow(session: Session, known: FacetIndex) -> FacetIndex:
    now = _now(session)
    if now == known.mark and session.get_bind().dialect.name == "sqlite":
        return known
    changed = _since(session, known.mark)
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


def _now(session: Session) -> int:
    asked = _SQLITE_NOW if session.get_bind().dialect.name == "sqlite" else _POSTGRES_NOW
    session.flush()
    return int(session.execute(asked).scalar_one())


def _since(session: Session, mark: int) -> BitMap:
    asked = _SQLITE_SINCE if session.get_bind().dialect.name == "sqlite" else _POSTGRES_SINCE
    return BitMap(session.scalars(asked, {"mark": mark}))


def _read(session: Session, some: Sequence[int] | None) -> dict[Key, BitMap]:
    """Read what publications bear: all of them, or some."""
    rows = select(*_COLUMNS.values(), Publication.id)
    tags = select(
        PublicationTag.scheme, PublicationTag.concept, PublicationTag.stance, PublicationTag.publication_id
    )
    if some is not None:
        rows = rows.where(Publication.id.in_(some))
        tags = tags.where(PublicationTag.publication_id.in_(some))
    numbers: defaultdict[Key, list[int]] = defaultdict(list)
    for *values, published_at, number in session.execute(rows):
        numbers[EVERYTHING].append(number)
        numbers["day", published_at.date().isoformat()].append(number)
        for name, value in zip(_COLUMNS, values, strict=False):
            if value is not None:
                numbers[name, str(value)].append(number)
    for scheme, concept, stance, number in session.execute(tags):
        numbers[scheme, concept, stance].append(number)
    return _with_unions({key: BitMap(found) for key, found in numbers.items()})


def _with_unions(sets: dict[Key, BitMap]) -> dict[Key, BitMap]:
    """Add those of a concept in any stance, and of a stance on any concept."""
    found = dict(sets)
    for key, numbers in sets.items():
        if len(key) == 3:
            scheme, concept, stance = key
            for wider in ((scheme, concept), ("stance", stance)):
                found[wider] = found.get(wider, _NOTHING) | numbers
    return found
