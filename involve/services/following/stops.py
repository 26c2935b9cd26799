"""Ends of following, known outside the database: a restored back-up must not write to somebody again who ended it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from involve.models import Follow, Follower
from involve.services.backups.withdrawals import STOPPED, Line, WithdrawalList


def mark_of_follower(follower: Follower) -> str:
    """Return what the list of withdrawals knows the end of all following of an address by."""
    return f"follower {follower.mark}"


def mark_of_follow(follow: Follow) -> str:
    """Return what it knows the end of following one thing by."""
    return f"follow {follow.follower.mark} {follow.kind} {follow.subject}"


def replay_stops(session: Session, withdrawals: WithdrawalList, lines: Mapping[str, Sequence[Line]]) -> int:
    """End again what was ended, unless it was asked for once more since; return how many things nobody follows now.

    An address without anything to follow goes, as it does when its owner ends the last thing.
    """
    gone = [each for each in session.scalars(select(Follow)) if _is_stopped(each, withdrawals, lines)]
    if not gone:
        return 0
    followers = {each.follower_id for each in gone}
    session.execute(delete(Follow).where(Follow.id.in_([each.id for each in gone])))
    idle = ~exists().where(Follow.follower_id == Follower.id)
    session.execute(delete(Follower).where(Follower.id.in_(followers), idle))
    session.expire_all()
    return len(gone)


def _is_stopped(follow: Follow, withdrawals: WithdrawalList, lines: Mapping[str, Sequence[Line]]) -> bool:
    """Whether a line says that this was ended at the moment of the last yes or wish, or after it."""
    asked: datetime = max(follow.added_at, follow.confirmed_at or follow.added_at)
    marks = (mark_of_follower(follow.follower), mark_of_follow(follow))
    return any(
        line.kind == STOPPED and line.at >= asked
        for mark in marks
        for line in lines.get(withdrawals.mark(mark), ())
    )
