"""Telling followers what happened: who was not told what yet is computed from rows, by whatever looks next.

A process that stops loses nothing, and two that look at once tell nobody twice: each follower is locked while a letter
is written, and the table takes each follower once for each piece of news.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Follower, FollowerLetter, FollowerTold, Letter
from involve.services.following.letters import TELLS, write_to_follower
from involve.services.following.news import NewsItem, belongs, list_news
from involve.services.following.paces import may_write
from involve.services.following.readers import find_if_there
from involve.services.following.things import everything

# So long nobody looks again whether there is something to tell the same follower: a look is not for nothing.
LOOK_AGAIN = timedelta(minutes=5)
# Followers in one round, so that nothing else waits for long, and lines in one letter; the rest come in the next.
AT_ONCE, MOST_LINES = 100, 50
# A letter in one of these has told, or is about to.
TELLING = ("due", "sent", "bounced")


def tell_followers_where_due(factory: SessionFactory, now: datetime) -> int:
    """Write a letter to each follower for whom there is news and whose pace allows one; return how many were written.

    Each letter is written in a transaction of its own. Where nobody is to be looked at, nothing is locked.
    """
    with factory() as session:
        waiting = session.scalars(_to_look_at(now).limit(AT_ONCE)).all()
        news = list_news(session, everything(), now) if waiting else ()
    written = 0
    for follower_id in waiting:
        with transaction(factory) as session:
            written += _look(session, follower_id, news, now)
    return written


def untold(session: Session, follower: Follower, news: Iterable[NewsItem]) -> list[NewsItem]:
    """Return what of *news* belongs to what somebody follows and no letter has told them; oldest first."""
    things = [find_if_there(session, each) for each in follower.follows if each.confirmed_at is not None]
    there = [thing for thing in things if thing is not None]
    told = frozenset(session.scalars(_told(follower.id)))
    found = [item for item in news if item.key not in told and any(belongs(item, each) for each in there)]
    return sorted(found, key=lambda item: (item.moment, item.key))


def _look(session: Session, follower_id: int, news: Sequence[NewsItem], now: datetime) -> bool:
    """Write to one follower, if there is something to tell and their pace allows it."""
    follower = session.get(Follower, follower_id, with_for_update={"skip_locked": True})
    if follower is None or follower.failed_at is not None:
        return False
    follower.looked_at = now
    waits, last = _letters(session, follower.id)
    if waits or not may_write(follower.pace, last, now):
        return False
    items = untold(session, follower, news)[:MOST_LINES]
    if not items:
        return False
    letter = write_to_follower(session, TELLS, follower, follower.language, now)
    # What a letter that never arrived was to tell is told by this one.
    for item in items:
        session.merge(FollowerTold(follower_id=follower.id, news=item.key, letter_id=letter.id))
    return True


def _to_look_at(now: datetime) -> Select[int]:
    """Select the followers whom nobody looked at for a while, those first who wait longest."""
    seen = or_(Follower.looked_at.is_(None), Follower.looked_at <= now - LOOK_AGAIN)
    return (
        select(Follower.id)
        .where(Follower.confirmed_at.is_not(None), Follower.failed_at.is_(None), seen)
        .order_by(Follower.looked_at.is_not(None), Follower.looked_at, Follower.id)
    )


def _told(follower_id: int) -> Select[str]:
    """Select what somebody was told, or had happened before they followed."""
    return (
        select(FollowerTold.news)
        .outerjoin(Letter, Letter.id == FollowerTold.letter_id)
        .where(FollowerTold.follower_id == follower_id)
        .where(or_(FollowerTold.letter_id.is_(None), Letter.state.in_(TELLING)))
    )


def _letters(session: Session, follower_id: int) -> tuple[bool, datetime | None]:
    """Return whether a letter with news still waits to be sent, and when the last one went."""
    went: ColumnElement[datetime | None] = func.max(func.coalesce(Letter.sent_at, Letter.written_at))
    own = (
        select(func.count().filter(Letter.state == "due"), went)
        .join(FollowerLetter, FollowerLetter.letter_id == Letter.id)
        .where(FollowerLetter.follower_id == follower_id, Letter.kind == TELLS, Letter.state.in_(TELLING))
    )
    waiting, last = session.execute(own).one()
    return bool(waiting), last
