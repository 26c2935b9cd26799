"""Staff accounts as sign-in sees them: found by address or by session, with the grants of the person behind."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import User
from involve.services.staff.access import Actor, load_actor
from involve.services.staff.sessions import SignIn, find_session
from involve.services.trail.record import record

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Account:
    """An account, and what its holder may do."""

    id: int
    email: str
    password: str | None
    active: bool
    actor: Actor


def find_account(session: Session, email: str | None = None, user_id: int | None = None) -> Account | None:
    """Return the active account with that e-mail address (in any case) or id, or None."""
    if email is not None:
        condition = func.lower(User.email) == email.strip().lower()
    else:
        condition = User.id == user_id
    user = session.scalar(select(User).where(condition, User.active))
    return None if user is None else _view(session, user)


def open_account(session: Session, token: str | None, now: datetime) -> tuple[Account, SignIn] | None:
    """Return the account whose session a browser carries as *token*, and that session; None where it has ended."""
    sign_in = find_session(session, token, now)
    if sign_in is None:
        return None
    return _view(session, session.get_one(User, sign_in.user_id)), sign_in


def keep_password(session: Session, user_id: int, password: str) -> None:
    """Keep a newly made hash of the same password."""
    session.get_one(User, user_id).password = password


def letters_in(session: Session, user_id: int) -> str:
    """Return the language in which that person is written to: cy or en."""
    return session.get_one(User, user_id).language


def wants_reminders(session: Session, user_id: int) -> bool:
    """Whether that person is written to about what is late."""
    return session.get_one(User, user_id).wants_reminders


def change_about(
    session: Session, user_id: int, name: str, language: str, now: datetime, reminders: bool = True
) -> None:
    """Keep the name by which colleagues know the person, the language of letters, and whether they want reminders.

    Raises:
        BadInput: there is no name, it is too long, or the language is neither Welsh nor English.
    """
    if language not in ("cy", "en"):
        raise BadInput("language")
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadInput(f"A name has 1 to {LONGEST_NAME} characters.")
    user = session.get_one(User, user_id)
    user.name, user.language, user.wants_reminders = name, language, reminders
    record(session, "account_changed", "user", user_id, now, user_id=user_id)


def note_refusal(session: Session, email: str, now: datetime, how: str) -> None:
    """Keep that someone was not let in, by the account they meant if there is one, never by what they typed."""
    user_id = session.scalar(select(User.id).where(func.lower(User.email) == email.strip().lower()))
    record(session, "sign_in_refused", "user", user_id or 0, now, how=how)


def _view(session: Session, user: User) -> Account:
    """Return an account as a value."""
    return Account(user.id, user.email, user.password, user.active, load_actor(session, user.id))
