"""Counting a month of moderation, by the language of the story, once that month and the one after it are over.

What is counted are the stories that came in the month through this site, as they stand then; those that were withdrawn
are in none of it. Every number is kept with whether it may be shown, and never counted again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import AccountNumber, Appeal, Correction, Judgement, Story
from involve.services.account.periods import close_period
from involve.services.account.suppression import Sum, hide
from involve.vocabulary.account import COUNTED, REASONS, declined_because
from involve.vocabulary.days import add_months, day_of
from involve.vocabulary.states import LANGUAGES
from involve.vocabulary.working_days import read_by

_IDS = tuple(language.id for language in LANGUAGES)


def count_where_due(factory: SessionFactory, now: datetime) -> int:
    """Count the next month that is due, if there is one, and return how many were counted (0 or 1)."""
    with factory() as session:
        if next_month(session, now) is None:
            return 0
    with transaction(factory) as session:
        month = next_month(session, now)
        if month is not None:
            count_month(session, month, now)
    return 0 if month is None else 1


def next_month(session: Session, now: datetime) -> date | None:
    """Return the first day of the next month to count; None while none is due.

    A month is due when the month after it is over, so that its stories could be read and decided on.
    """
    latest = session.scalar(select(func.max(AccountNumber.last)))
    if latest is None:
        first = session.scalar(select(func.min(Story.received_at)).where(Story.source.is_(None)))
        month = None if first is None else day_of(first).replace(day=1)
    else:
        month = add_months(latest, 1)
    return month if month is not None and add_months(month, 2) <= day_of(now) else None


def count_month(session: Session, month: date, now: datetime) -> None:
    """Count a month and keep its numbers, with those that may be shown marked; the caller commits."""
    keep_month(session, month, _count(session, month), now)


def keep_month(session: Session, month: date, counts: Mapping[tuple[str, str], int], now: datetime) -> None:
    """Keep the numbers of a month, by measure and language, and close the stretch of months where that is safe."""
    values = {f"{name}:{each}": counts[name, each] for name, each in product(COUNTED, _IDS)}
    last = frozenset(f"arrived:{each}" for each in _IDS)
    # That none was read late tells of staff, and of no story.
    hidden = hide(values, month_sums(), last, frozenset(f"late:{each}" for each in _IDS))
    session.add_all(
        AccountNumber(
            first=month,
            last=month,
            language=each,
            measure=name,
            number=counts[name, each],
            shown=f"{name}:{each}" not in hidden,
            counted_at=now,
        )
        for name, each in product(COUNTED, _IDS)
    )
    session.flush()
    close_period(session, month_sums(), now)


def month_sums() -> list[Sum]:
    """Return how the numbers of a month are tied to each other.

    What is published can be counted elsewhere, but not by the month in which a story came; and languages are not added
    up, so that the number of one says nothing of another.
    """
    ties = {
        "arrived": (("in_time", "late"), ("published", "held", "declined", "waiting")),
        "held_ever": (("held", "held_before"),),
        "declined": (REASONS,),
        "appealed": (("upheld", "overturned", "appeal_open"),),
    }
    return [
        Sum(f"{total}:{each}", tuple(f"{part}:{each}" for part in parts))
        for each in _IDS
        for total, ways in ties.items()
        for parts in ways
    ]


def _count(session: Session, month: date) -> Mapping[tuple[str, str], int]:
    """Return each number of a month by measure and language."""
    # Wide by a day on each side: a month of Wales begins at midnight there.
    start = datetime.combine(month, datetime.min.time(), tzinfo=UTC) - timedelta(days=1)
    end = datetime.combine(add_months(month, 1), datetime.min.time(), tzinfo=UTC) + timedelta(days=1)
    stories = session.scalars(
        select(Story).where(
            Story.received_at >= start,
            Story.received_at < end,
            Story.source.is_(None),
            Story.state != "withdrawn",
        )
    ).all()
    stories = [story for story in stories if day_of(story.received_at).replace(day=1) == month]
    ids = [story.id for story in stories]
    steps = _steps(session, ids)
    accepted = select(Correction.story_id).where(Correction.state == "accepted")
    known = set(ids)
    corrected = set(session.scalars(accepted)) & known
    # The last one of a story counts.
    asked = session.scalars(select(Appeal).order_by(Appeal.id))
    appeals = {appeal.story_id: appeal for appeal in asked if appeal.story_id in known}
    counts: Counter[tuple[str, str]] = Counter()
    for story in stories:
        for name in _measures(story, steps.get(story.id, ()), appeals.get(story.id), story.id in corrected):
            counts[name, story.language] += 1
    return counts


def _measures(
    story: Story, steps: Sequence[Judgement], appeal: Appeal | None, corrected: bool
) -> Iterable[str]:
    """Yield everything that a story counts as."""
    in_time = story.read_at is not None and day_of(story.read_at) <= read_by(story.received_at)
    yield from ("arrived", "in_time" if in_time else "late")
    yield "waiting" if story.state == "received" else story.state
    if story.state == "held" or any(step.verdict == "held" for step in steps):
        yield from ("held_ever",) if story.state == "held" else ("held_ever", "held_before")
    if story.state == "declined":
        reasons = [step.reason for step in steps if step.verdict == "declined" and step.reason]
        because = declined_because(reasons[-1] if reasons else "other")
        yield because if because in REASONS else declined_because("other")
    if appeal is not None:
        yield from ("appealed", {None: "appeal_open", True: "upheld", False: "overturned"}[appeal.upheld])
    if corrected:
        yield "corrected"


def _steps(session: Session, ids: Sequence[int]) -> dict[int, list[Judgement]]:
    """Return what was done with each story and not undone, oldest first."""
    steps: dict[int, list[Judgement]] = {}
    for begin in range(0, len(ids), 500):
        rows = session.scalars(
            select(Judgement)
            .where(Judgement.story_id.in_(ids[begin : begin + 500]), Judgement.undone_at.is_(None))
            .order_by(Judgement.id)
        )
        for row in rows:
            steps.setdefault(row.story_id, []).append(row)
    return steps
