"""A forgotten password: a letter with a link that works once, for an hour, and lets its reader choose a new one."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import Letter, User
from involve.services.staff.accounts import Account, find_account
from involve.services.staff.passwords import change_password
from involve.services.trail.record import record
from involve.services.upkeep.letters import link_state, write_to_user
from involve.services.upkeep.tokens import read_token

RESET = "reset_password"
RESET_LASTS = timedelta(hours=1)
# Whoever asks again and again fills nobody's letter-box.
BETWEEN_LETTERS = timedelta(minutes=5)


def ask_for_reset(session: Session, email: str, now: datetime) -> int | None:
    """Write a letter to the account with that address, if there is one; return the job that sends it.

    The trail keeps that somebody asked, whether there is such an account or not, and never what was typed.
    """
    user = session.scalar(select(User).where(func.lower(User.email) == email.strip().lower(), User.active))
    record(session, "reset_asked_for", "user", 0 if user is None else user.id, now)
    if user is None:
        return None
    lately = select(Letter.id).where(
        Letter.user_id == user.id, Letter.kind == RESET, Letter.written_at > now - BETWEEN_LETTERS
    )
    return None if session.scalar(lately.limit(1)) else write_to_user(session, RESET, user.id, now)


def find_reset(session: Session, token: str, secret_key: str) -> Account:
    """Return the account for which a link was made.

    Raises:
        NotFound: the link is none of ours, has run out or was used, or a password was chosen since.
    """
    user_id, state = read_token(secret_key, RESET, token, RESET_LASTS)
    user, account = session.get(User, user_id), find_account(session, user_id=user_id)
    if user is None or account is None or state != link_state(user.fs_uniquifier, user.password):
        raise NotFound(RESET)
    return account


def reset_password(session: Session, token: str, password_hash: str, now: datetime, secret_key: str) -> int:
    """Keep the new password (hashed by the caller), end every session, and return the job of a letter that says so.

    Raises:
        NotFound: as `find_reset`.
    """
    user_id = find_reset(session, token, secret_key).id
    record(session, "password_reset", "user", user_id, now, user_id=user_id)
    return change_password(session, user_id, password_hash, now)
