"""Staff accounts as sign-in sees them: found by address or session mark, with the grants of the person behind."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.models import User
from involve.services.access import Actor, load_actor


@dataclass(frozen=True, slots=True)
class Account:
    """An account. `mark` is what a session carries; changing it ends every session of the account."""

    id: int
    email: str
    password: str | None
    active: bool
    mark: str
    actor: Actor


def find_account(
    session: Session, email: str | None = None, mark: str | None = None, user_id: int | None = None
) -> Account | None:
    """Return the active account with that e-mail address (in any case), session mark or id, or None."""
    if email is not None:
        condition = func.lower(User.email) == email.strip().lower()
    else:
        condition = User.id == user_id if user_id is not None else User.fs_uniquifier == mark
    user = session.scalar(select(User).where(condition, User.active))
    if user is None:
        return None
    return Account(
        user.id, user.email, user.password, user.active, user.fs_uniquifier, load_actor(session, user.id)
    )


def keep_password(session: Session, user_id: int, password: str) -> None:
    """Keep a newly made hash of the same or of a new password."""
    session.get_one(User, user_id).password = password
