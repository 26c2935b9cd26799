"""Asking to follow: whoever types an address is told the same, and only the reader of a letter there can say yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Follow, Follower, FollowerLetter, Letter
from involve.services.following.letters import ASKS, KNOWS, write_to_follower
from involve.services.following.readers import PURPOSE
from involve.services.following.things import find_thing
from involve.services.stories.codes import hash_address
from involve.services.tellers.reach import read_reach
from involve.services.upkeep.sealing import seal_text
from involve.vocabulary.following import find_pace

# So many letters that ask whether somebody wants to follow go to one address within a day, whoever asks for them.
MOST_ASKED, ASKED_WITHIN = 5, timedelta(days=1)
# So many things one address may follow.
MOST_FOLLOWED = 100
LANGUAGES = ("cy", "en")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to follow, at which address, in which language and at which pace."""

    kind: str
    subject: str
    address: str
    language: str
    pace: str


def ask_to_follow(session: Session, wish: Wish, now: datetime, code_key: str) -> None:
    """Keep a wish, and ask at its address whether it was meant. What comes back is the same whoever is there already.

    Raises:
        NotFound: there is no such thing in public, or no such pace.
        ContactRefused: it is no e-mail address.
        BadInput: there is no such language.
    """
    thing = find_thing(session, wish.kind, wish.subject)
    address, pace = read_reach(wish.address, ("email",)).address, find_pace(wish.pace).id
    if wish.language not in LANGUAGES:
        raise BadInput("language")
    follower = _find_or_add(session, address, wish, now, code_key)
    if _count_asked(session, follower.id, now) >= MOST_ASKED:
        return
    follow = next(
        (each for each in follower.follows if (each.kind, each.subject) == (thing.kind, thing.subject)), None
    )
    if follow is None:
        if len(follower.follows) >= MOST_FOLLOWED:
            return
        follow = Follow(
            kind=thing.kind, subject=thing.subject, language=wish.language, pace=pace, added_at=now
        )
        follower.follows.append(follow)
        session.flush()
    if follow.confirmed_at is not None and follower.failed_at is None:
        write_to_follower(session, KNOWS, follower, follower.language, now, follow.id)
        return
    # Whoever follows already changes nothing by a wish; what was never confirmed takes the newest.
    follow.language, follow.pace, follow.added_at = wish.language, pace, now
    write_to_follower(session, ASKS, follower, wish.language, now, follow.id)


def _find_or_add(session: Session, address: str, wish: Wish, now: datetime, code_key: str) -> Follower:
    """Return the row of an address, locked; its owner may write it in capitals one day and not the next."""
    mark = hash_address(code_key, address.casefold())
    known = select(Follower).where(Follower.mark == mark).with_for_update()
    follower = session.scalar(known)
    if follower is not None:
        return follower
    sealed = seal_text(code_key, PURPOSE, address)
    follower = Follower(mark=mark, sealed=sealed, language=wish.language, pace=wish.pace, added_at=now)
    try:
        with session.begin_nested():
            session.add(follower)
    except IntegrityError:
        # Somebody else typed the same address at the same moment.
        return session.scalars(known).one()
    return follower


def _count_asked(session: Session, follower_id: int, now: datetime) -> int:
    """Return how many letters that nobody asked for at that address may have gone there within the last day."""
    asked = (
        select(func.count()).select_from(Letter).join(FollowerLetter, FollowerLetter.letter_id == Letter.id)
    )
    since = Letter.written_at > now - ASKED_WITHIN
    return (
        session.scalar(
            asked.where(FollowerLetter.follower_id == follower_id, Letter.kind.in_((ASKS, KNOWS)), since)
        )
        or 0
    )
