"""Where members of staff are signed in: beginning a session, knowing it again, listing and ending sessions."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import StaffSession, User
from involve.services.trail.record import record

# A working day with its breaks; whoever walks away is signed out by the next morning. Stated on the pages.
IDLE = timedelta(hours=8)
LONGEST = timedelta(hours=12)
# How exactly it is kept when someone was last at work: enough to know one's own browser again.
SEEN_STEP = timedelta(minutes=15)
# For so long after showing who they are, a person may change how they sign in.
CONFIRMED_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One session. `how` is one of vocabulary.sign_ins.WAYS_IN, `browser` as `describe_browser` makes it."""

    id: int
    user_id: int
    how: str
    browser: str
    signed_in_at: datetime
    seen_at: datetime
    confirmed_at: datetime

    def is_confirmed(self, now: datetime) -> bool:
        """Whether the person showed lately who they are."""
        return now - self.confirmed_at <= CONFIRMED_FOR


def begin_session(session: Session, user_id: int, how: str, browser: str, now: datetime) -> str:
    """Sign a member of staff in, and return what their browser carries: new each time, and kept only as a hash."""
    token = secrets.token_urlsafe(32)
    user = session.get_one(User, user_id)
    _remove_ended(session, user, now)
    session.add(
        StaffSession(
            user_id=user_id,
            token_hash=_hash(token),
            mark=user.fs_uniquifier,
            how=how,
            browser=browser,
            signed_in_at=now,
            seen_at=now,
            confirmed_at=now,
        )
    )
    record(session, "signed_in", "user", user_id, now, user_id=user_id, how=how)
    return token


def find_session(session: Session, token: str | None, now: datetime) -> SignIn | None:
    """Return the session whose browser carries *token*; None where it ended, or the account was switched off."""
    row = _find_row(session, token)
    if row is None:
        return None
    user = session.get_one(User, row.user_id)
    return _view(row) if user.active and _lasts(row, user, now) else None


def is_switched_off(session: Session, token: str | None) -> bool:
    """Whether the account of the session that *token* opened was switched off meanwhile."""
    row = _find_row(session, token)
    return row is not None and not session.get_one(User, row.user_id).active


def note_seen(session: Session, session_id: int, now: datetime) -> None:
    """Keep that the person is at work, unless the session ended meanwhile."""
    row = session.get(StaffSession, session_id)
    if row is not None:
        row.seen_at = now


def note_confirmed(session: Session, session_id: int, now: datetime) -> None:
    """Keep that the person showed again who they are."""
    row = session.get(StaffSession, session_id)
    if row is not None:
        row.confirmed_at = now
        record(session, "sign_in_confirmed", "user", row.user_id, now, user_id=row.user_id)


def list_sessions(session: Session, user_id: int, now: datetime) -> tuple[SignIn, ...]:
    """Return where the person is signed in, the latest used first."""
    user = session.get_one(User, user_id)
    rows = session.scalars(
        select(StaffSession)
        .where(StaffSession.user_id == user_id)
        .order_by(StaffSession.seen_at.desc(), StaffSession.id.desc())
    )
    return tuple(_view(row) for row in rows if _lasts(row, user, now))


def end_session(session: Session, user_id: int, session_id: int, now: datetime) -> None:
    """End one session of that person.

    Raises:
        NotFound: they have no such session.
    """
    row = session.get(StaffSession, session_id)
    if row is None or row.user_id != user_id:
        raise NotFound("session")
    session.delete(row)
    record(session, "signed_out", "user", user_id, now, user_id=user_id)


def end_sessions(session: Session, user_id: int, now: datetime, keep: int | None = None) -> int:
    """End every session of that person but the one with the id *keep*; return how many ended.

    The account's mark changes, so that a sign-in which is just being written does not outlive this.
    """
    user = session.get_one(User, user_id)
    user.fs_uniquifier = secrets.token_urlsafe(32)
    others = session.scalars(select(StaffSession).where(StaffSession.user_id == user_id)).all()
    ended = 0
    for row in others:
        if row.id == keep:
            row.mark = user.fs_uniquifier
        else:
            session.delete(row)
            ended += 1
    record(session, "sessions_ended", "user", user_id, now, user_id=user_id, count=ended)
    return ended


def _find_row(session: Session, token: str | None) -> StaffSession | None:
    """Return the row of the session that *token* opened."""
    if not token:
        return None
    return session.scalar(select(StaffSession).where(StaffSession.token_hash == _hash(token)))


def _lasts(row: StaffSession, user: User, now: datetime) -> bool:
    """Whether a session has neither been ended nor run out."""
    return row.mark == user.fs_uniquifier and now - row.seen_at < IDLE and now - row.signed_in_at < LONGEST


def _remove_ended(session: Session, user: User, now: datetime) -> None:
    """Forget the sessions of that person that have run out."""
    session.execute(
        delete(StaffSession).where(
            StaffSession.user_id == user.id,
            (StaffSession.mark != user.fs_uniquifier)
            | (StaffSession.seen_at <= now - IDLE)
            | (StaffSession.signed_in_at <= now - LONGEST),
        )
    )


def _view(row: StaffSession) -> SignIn:
    """Return a session as a value."""
    return SignIn(row.id, row.user_id, row.how, row.browser, row.signed_in_at, row.seen_at, row.confirmed_at)


def _hash(token: str) -> str:
    """Return the hash under which a session is kept (hexadecimal); the token is random enough to need no key."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
