"""Groups of stories that are counted together, once: they wait until they are many enough, and are closed for good.

What is shown is always the sum of whole closed groups, so that no two shown numbers differ by fewer people than a part
of a group holds, whatever is withdrawn or changed later.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from involve.models import Batch, BatchNumber, BatchStory
from involve.services.account.suppression import FEWEST, WIDTH

# Each kind of group, and the question for which it counts a story. Whether something changed is asked once, and told
# of apart where a change was made.
ANSWERED, FELT, BEFORE, AFTER = "answered", "felt", "before", "after"
CHANGED, CONFIRMED = "changed", "confirmed"
QUESTIONS = {each: each for each in (ANSWERED, FELT, BEFORE, AFTER, CHANGED)} | {CONFIRMED: CHANGED}
# The language of groups in which languages are counted together.
ALL = "all"


@dataclass(frozen=True, slots=True)
class Group:
    """Which stories are counted together."""

    project_id: int
    kind: str
    language: str = ALL
    claimed: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """The numbers of a group, the names of those that may be shown (none: it waits), and the parts it is divided in."""

    numbers: Mapping[str, int]
    shown: frozenset[str]
    parts: tuple[str, ...]


def divide(numbers: Mapping[str, int], choices: Sequence[tuple[str, ...]]) -> Count:
    """Return a count that shows the first division of which every part is large enough, and nothing where none is."""
    for parts in choices:
        if all(numbers[each] >= FEWEST for each in parts):
            return Count(numbers, frozenset(parts), parts)
    return Count(numbers, frozenset(), choices[0])


def look_at(
    session: Session, group: Group, stories: Collection[int], count: Callable[[], Count], day: date
) -> Batch | None:
    """Look at the *stories* of a group that wait, and return the batch when it is closed now.

    They are looked at only when at least five more wait than the last time: who knows that one person answered since
    must not read from the closing what that person said.
    """
    waiting = _find_waiting(session, group)
    more = len(stories) - (waiting.size if waiting else 0)
    if more < FEWEST:
        return None
    batch = waiting or Batch(
        project_id=group.project_id, kind=group.kind, language=group.language, claimed=group.claimed
    )
    before = _take_numbers(session, waiting) if waiting else {}
    found = count()
    closes = bool(found.shown) and not _gives_away(before, found, more)
    batch.size, batch.looked_on, batch.closed_on = len(stories), day, day if closes else None
    session.add(batch)
    session.flush()
    keep_numbers(session, batch, found.numbers, found.shown if closes else frozenset())
    if not closes:
        return None
    question = QUESTIONS[group.kind]
    session.add_all(BatchStory(story_id=each, question=question, batch_id=batch.id) for each in stories)
    session.flush()
    return batch


def keep_numbers(session: Session, batch: Batch, numbers: Mapping[str, int], shown: Collection[str]) -> None:
    """Keep numbers of a batch, with whether each may be shown."""
    session.add_all(
        BatchNumber(batch_id=batch.id, measure=name, number=number, shown=name in shown)
        for name, number in numbers.items()
    )
    session.flush()


def drop_emptied(session: Session, day: date) -> None:
    """Show no longer what was mostly withdrawn: whole groups, so that the difference tells no more than they did."""
    left = select(func.count()).where(BatchStory.batch_id == Batch.id).correlate(Batch).scalar_subquery()
    closed = select(Batch).where(Batch.closed_on.is_not(None), Batch.dropped_on.is_(None))
    for batch in session.scalars(closed.where(left * 2 < Batch.size)):
        batch.dropped_on = day
    session.flush()


def find_counted(session: Session, project_id: int) -> set[tuple[int, str]]:
    """Return the stories of a project that are in a closed group, each with the question it is counted for."""
    rows = session.execute(
        select(BatchStory.story_id, BatchStory.question)
        .join(Batch, Batch.id == BatchStory.batch_id)
        .where(Batch.project_id == project_id)
    )
    return {(story_id, question) for story_id, question in rows}


def _find_waiting(session: Session, group: Group) -> Batch | None:
    return session.scalar(
        select(Batch).where(
            Batch.project_id == group.project_id,
            Batch.kind == group.kind,
            Batch.language == group.language,
            Batch.claimed.is_(None) if group.claimed is None else Batch.claimed == group.claimed,
            Batch.closed_on.is_(None),
        )
    )


def _take_numbers(session: Session, batch: Batch) -> dict[str, int]:
    """Return the numbers of the last look, and remove them."""
    mine = BatchNumber.batch_id == batch.id
    numbers = session.execute(select(BatchNumber.measure, BatchNumber.number).where(mine)).all()
    session.execute(delete(BatchNumber).where(mine))
    return {name: number for name, number in numbers}  # noqa: C416  a row is not a pair to mypy


def _gives_away(before: Mapping[str, int], found: Count, more: int) -> bool:
    """Whether closing now would tell too well how few a part held at the last look.

    That it did not close then says that a part held fewer than five. It holds *more* stories at most that are new, so
    that it held its number less *more* then at least; between the two there must be room.
    """
    few = (each for each in found.parts if before.get(each, FEWEST) < FEWEST)
    return any(found.numbers[each] - more > FEWEST - 1 - WIDTH for each in few)
