"""Reminding staff: once a week at most, whoever has something late to do is written a letter that says what.

Who is to be reminded is computed from rows, by whatever looks next: a process that stops for a month writes one letter
when it is back, and two that look at once write one.
"""

from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import User
from involve.services.promises.waiting import Waiting, list_waiting
from involve.services.staff.access import load_actor
from involve.services.upkeep.letters import write_to_user
from involve.vocabulary.days import day_of, in_wales
from involve.vocabulary.waiting import find_waiting
from involve.vocabulary.working_days import is_working_day

EVERY = timedelta(days=7)
# Letters are written on working days from this hour on, in Wales: what is late stays late until then.
FROM_HOUR = 8
# So many lines stand in a letter; it says how many more there are.
MOST_LINES = 20


def remind_where_due(factory: SessionFactory, now: datetime) -> int:
    """Write to everybody whose turn it is and who was not reminded for a week; return how many letters were written."""
    today = day_of(now)
    if not is_working_day(today) or in_wales(now).hour < FROM_HOUR:
        return 0
    with factory() as session:
        users = session.scalars(_unreminded(now)).all()
    written = 0
    for user_id in users:
        with transaction(factory) as session:
            written += _remind(session, user_id, now)
    return written


def _unreminded(now: datetime) -> Select[int]:
    """Return the query for the ids of people to look after now: each once a day, and once a week when written to."""
    return (
        select(User.id)
        .where(User.active, User.wants_reminders, User.memberships.any())
        .where(or_(User.looked_on.is_(None), User.looked_on < day_of(now)))
        .where(or_(User.reminded_at.is_(None), User.reminded_at <= now - EVERY))
        .order_by(User.id)
    )


def _remind(session: Session, user_id: int, now: datetime) -> int:
    """Write one person a letter if something of theirs is late; return how many were written."""
    mine = _unreminded(now).where(User.id == user_id).with_for_update(skip_locked=True)
    if session.scalar(mine) is None:
        return 0
    user, today = session.get_one(User, user_id), day_of(now)
    user.looked_on = today
    waiting = list_waiting(session, load_actor(session, user_id), today)
    late = [each for each in waiting if each.late]
    if not late:
        return 0
    user.reminded_at = now
    lines = [_line(each, user.language) for each in late[:MOST_LINES]]
    write_to_user(
        session, "reminder", user_id, now, count=len(late), lines=lines, more=len(late) - len(lines)
    )
    return 1


def _line(waiting: Waiting, language: str) -> list[str]:
    """Return what is late, in the words of a list: the project, what, and the day on which it was due."""
    name = waiting.name.in_language(language)
    what = find_waiting(waiting.what).name.in_language(language)
    return [name, what, f"{waiting.due_on:%d/%m/%Y}"]
