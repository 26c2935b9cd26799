"""What a follower does by the links in the letters to them: say yes, see what they follow, change it, end it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotFound
from involve.models import Follow, Follower, FollowerTold
from involve.services.following.news import belongs, list_news
from involve.services.following.readers import find_if_there, follower_state
from involve.services.following.stops import mark_of_follow, mark_of_follower
from involve.services.following.things import Thing, everything, find_thing
from involve.vocabulary.days import day_of
from involve.vocabulary.following import find_pace

# A wish that nobody confirmed is deleted after that. Longer than a letter is tried to be sent.
UNCONFIRMED = timedelta(days=14)
# And an address at which nothing arrives.
UNREACHABLE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Followed:
    """One thing that somebody follows, since when; `thing` is None where it is not public any more."""

    id: int
    thing: Thing | None
    since: date


@dataclass(frozen=True, slots=True)
class MyFollowing:
    """What one follower follows, in which language they are written to, and at which pace."""

    language: str
    pace: str
    followed: tuple[Followed, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked to confirm; `done`: they have. `follower_id` and `state` are for links of theirs."""

    thing: Thing
    pace: str
    done: bool
    follower_id: int
    state: str


def show_asked(session: Session, follow_id: int, state: str) -> Asked:
    """Return what the link in a letter asks about; *state* is what that link hangs on.

    Raises:
        NotFound: the wish is gone, or the thing is, or the link is somebody else's.
    """
    follow = _find_follow(session, follow_id, state)
    thing = find_thing(session, follow.kind, follow.subject)
    return Asked(thing, follow.pace, follow.confirmed_at is not None, follow.follower_id, state)


def confirm_follow(session: Session, follow_id: int, state: str, now: datetime) -> Asked:
    """Begin to tell a follower of a thing; what happened to it before is told to nobody. Twice is as good as once.

    Language and pace of all letters to them are from now on those that they asked for with it.

    Raises:
        NotFound: as `show_asked`.
    """
    asked = show_asked(session, follow_id, state)
    follower = session.get_one(Follower, asked.follower_id, with_for_update=True)
    follow = session.get_one(Follow, follow_id, populate_existing=True)
    if follow.confirmed_at is not None and follower.failed_at is None:
        return show_asked(session, follow_id, state)
    _pass_over(session, follower, asked.thing, now)
    follow.confirmed_at = now
    follower.confirmed_at = follower.confirmed_at or now
    follower.language, follower.pace, follower.failed_at = follow.language, follow.pace, None
    session.flush()
    return show_asked(session, follow_id, state)


def show_my_following(session: Session, follower_id: int, state: str) -> MyFollowing:
    """Return what the reader of a letter follows; what they never confirmed is not among it.

    Raises:
        NotFound: they are gone, or the link is somebody else's.
    """
    follower = _find_follower(session, follower_id, state)
    followed = tuple(
        Followed(each.id, find_if_there(session, each), day_of(each.confirmed_at))
        for each in follower.follows
        if each.confirmed_at is not None
    )
    return MyFollowing(follower.language, follower.pace, followed)


def change_letters(session: Session, follower_id: int, state: str, language: str, pace: str) -> None:
    """Write to a follower in another language or at another pace from now on.

    Raises:
        NotFound: as `show_my_following`, or there is no such pace.
        BadInput: there is no such language.
    """
    follower = _find_follower(session, follower_id, state)
    if language not in ("cy", "en"):
        raise BadInput("language")
    follower.language, follower.pace = language, find_pace(pace).id


def stop_following(session: Session, follower_id: int, state: str, follow_id: int) -> str | None:
    """End following one thing; with the last of them the address goes. What is not theirs stays as it is.

    Return what the list of withdrawals is to know of it, None where there was nothing to end.

    Raises:
        NotFound: as `show_my_following`.
    """
    follower = _find_follower(session, follower_id, state)
    ended = next((each for each in follower.follows if each.id == follow_id), None)
    if ended is None:
        return None
    mark = mark_of_follow(ended)
    follower.follows.remove(ended)
    session.flush()
    if not follower.follows:
        session.delete(follower)
        session.flush()
    return mark


def forget_follower(session: Session, follower_id: int, state: str) -> str | None:
    """Delete an address with all that it follows; nothing happens where it is gone already.

    Return what the list of withdrawals is to know of it, None where nothing happened.
    """
    follower = session.get(Follower, follower_id, with_for_update=True)
    if follower is None or follower_state(follower) != state:
        return None
    mark = mark_of_follower(follower)
    session.delete(follower)
    session.flush()
    return mark


def forget_where_due(factory: SessionFactory, now: datetime) -> int:
    """Delete wishes that nobody confirmed in time and addresses at which nothing arrives; return how many."""
    stale = (Follow.confirmed_at.is_(None)) & (Follow.added_at <= now - UNCONFIRMED)
    idle = ~exists().where(Follow.follower_id == Follower.id)
    gone = idle | (Follower.failed_at <= now - UNREACHABLE)
    with factory() as session:
        waiting = session.scalar(select(exists().where(stale))) or session.scalar(
            select(exists().where(gone))
        )
    if not waiting:
        return 0
    with transaction(factory) as session:
        wishes = session.scalars(delete(Follow).where(stale).returning(Follow.id)).all()
        followers = session.scalars(delete(Follower).where(gone).returning(Follower.id)).all()
        return len(wishes) + len(followers)


def _pass_over(session: Session, follower: Follower, thing: Thing, now: datetime) -> None:
    """Keep that what happened to a thing until now is no news to a follower, unless they are yet to be told of it."""
    own = [find_if_there(session, each) for each in follower.follows if each.confirmed_at is not None]
    known = set(session.scalars(select(FollowerTold.news).where(FollowerTold.follower_id == follower.id)))
    for item in list_news(session, everything(), now):
        awaited = any(each is not None and belongs(item, each) for each in own)
        if belongs(item, thing) and item.key not in known and not awaited:
            session.add(FollowerTold(follower_id=follower.id, news=item.key))


def _find_follow(session: Session, follow_id: int, state: str) -> Follow:
    follow = session.get(Follow, follow_id)
    if follow is None or follower_state(follow.follower) != state:
        raise NotFound("follow")
    return follow


def _find_follower(session: Session, follower_id: int, state: str) -> Follower:
    follower = session.get(Follower, follower_id, with_for_update=True)
    if follower is None or follower_state(follower) != state:
        raise NotFound("follower")
    return follower
