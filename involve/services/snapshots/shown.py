"""The numbers of closed groups that may be shown; nothing else leaves the tables of snapshots."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from involve.models import Batch, BatchNumber, SnapshotDay


@dataclass(frozen=True, slots=True)
class Closed:
    """The numbers of one closed group that may be shown, by measure."""

    project_id: int
    kind: str
    language: str
    claimed: str | None
    closed_on: date
    numbers: Mapping[str, int]


def list_closed(
    session: Session, projects: "Select[int] | Collection[int]", kinds: Collection[str]
) -> tuple[Closed, ...]:
    """Return the closed groups of *projects* of which something may be shown, the oldest first."""
    rows = session.execute(
        select(Batch, BatchNumber.measure, BatchNumber.number)
        .join(BatchNumber, BatchNumber.batch_id == Batch.id)
        .where(Batch.project_id.in_(projects), Batch.kind.in_(kinds))
        .where(Batch.closed_on.is_not(None), Batch.dropped_on.is_(None), BatchNumber.shown)
        .order_by(Batch.closed_on, Batch.id)
    )
    batches: dict[int, Batch] = {}
    numbers: dict[int, dict[str, int]] = {}
    for batch, measure, number in rows:
        batches[batch.id] = batch
        numbers.setdefault(batch.id, {})[measure] = number
    return tuple(
        Closed(row.project_id, row.kind, row.language, row.claimed, row.closed_on, numbers[row.id])
        for row in batches.values()
        if row.closed_on is not None
    )


def last_day(session: Session) -> date | None:
    """Return the Monday as of which was counted last; None before the first."""
    return session.scalar(select(func.max(SnapshotDay.day)))


def add_up(groups: Collection[Closed], measure: str) -> int:
    """Return the sum of a measure over the groups that show it."""
    return sum(each.numbers.get(measure, 0) for each in groups)
