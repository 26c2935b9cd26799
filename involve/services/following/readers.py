"""To whom a letter to a follower goes, and what there is to say in it at the moment when it is sent."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import Follow, Follower, FollowerLetter, FollowerTold, Letter
from involve.services.following.news import NewsItem, list_news
from involve.services.following.things import Thing, everything, find_thing
from involve.services.upkeep.sealing import open_sealed

PURPOSE = "follower"


@dataclass(frozen=True, slots=True)
class FollowerReader:
    """Who reads a letter. `state` is what the links in it hang on: once the address is gone they lead nowhere.

    `follow_id` and `thing` are of a letter that asks whether they want to follow something; `news` of one that tells.
    """

    follower_id: int
    address: str
    state: str
    follow_id: int | None = None
    thing: Thing | None = None
    news: tuple[NewsItem, ...] = ()


def find_reader(session: Session, letter: Letter, now: datetime, code_key: str) -> FollowerReader | None:
    """Return the follower to whom a letter goes; None where it goes to none, or where it has nothing to say any more.

    What was taken back since it was written is in no letter.
    """
    row = session.get(FollowerLetter, letter.id)
    if row is None:
        return None
    follower = session.get_one(Follower, row.follower_id)
    address = open_sealed(code_key, PURPOSE, follower.sealed)
    if letter.kind == "followed":
        news = _news_of(session, letter.id, now)
        return FollowerReader(follower.id, address, follower_state(follower), news=news) if news else None
    follow = None if row.follow_id is None else session.get(Follow, row.follow_id)
    thing = None if follow is None else find_if_there(session, follow)
    if follow is None or thing is None:
        return None
    return FollowerReader(follower.id, address, follower_state(follower), follow.id, thing)


def note_refused(session: Session, letter_id: int, now: datetime) -> None:
    """Keep that the address of the follower to whom a letter goes does not work, where it goes to one."""
    row = session.get(FollowerLetter, letter_id)
    if row is not None:
        session.get_one(Follower, row.follower_id).failed_at = now


def follower_state(follower: Follower) -> str:
    """Return what links in letters to a follower hang on."""
    return sha256(follower.sealed.encode()).hexdigest()[:32]


def find_if_there(session: Session, follow: Follow) -> Thing | None:
    """Return what is followed; None where it is gone or not public any more."""
    try:
        return find_thing(session, follow.kind, follow.subject)
    except NotFound:
        return None


def _news_of(session: Session, letter_id: int, now: datetime) -> tuple[NewsItem, ...]:
    told = select(FollowerTold.news).where(FollowerTold.letter_id == letter_id)
    keys = frozenset(session.scalars(told))
    return tuple(item for item in list_news(session, everything(), now) if item.key in keys)
