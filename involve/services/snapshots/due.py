"""Taking the snapshot: once for each Monday, as far as one has passed since the last."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Project, SnapshotDay
from involve.services.snapshots.answers import count_answers
from involve.services.snapshots.groups import drop_emptied
from involve.services.snapshots.sayings import count_sayings
from involve.vocabulary.days import day_of


def take_where_due(factory: SessionFactory, now: datetime) -> int:
    """Count as of the last Monday, unless that was done, and return how many snapshots were taken (0 or 1)."""
    with factory() as session:
        if session.get(SnapshotDay, last_monday(day_of(now))) is not None:
            return 0
    try:
        with transaction(factory) as session:
            return int(take_snapshot(session, now))
    except IntegrityError:
        # Another process was quicker.
        return 0


def take_snapshot(session: Session, now: datetime) -> bool:
    """Count as of the last Monday, and return whether that was new; the caller commits."""
    day = last_monday(day_of(now))
    if session.get(SnapshotDay, day) is not None:
        return False
    session.add(SnapshotDay(day=day, counted_at=now))
    session.flush()
    drop_emptied(session, day)
    for project in session.scalars(select(Project).order_by(Project.id)).all():
        count_answers(session, project, day)
        count_sayings(session, project, day)
    return True


def last_monday(day: date) -> date:
    """Return the Monday of the week of *day*."""
    return day - timedelta(days=day.weekday())
