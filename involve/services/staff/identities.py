"""Single sign-on: which account the organisation's provider speaks of. Nobody makes an account by it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Identity, User
from involve.services.trail.record import record
from involve.services.upkeep.letters import write_to_user


class IdentityRefused(BadInput):
    """The provider's word opens no account. `why`: "no_account", "unverified", or "other" (bound to somebody else)."""

    code = "identity_refused"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def find_by_identity(
    session: Session, issuer: str, subject: str, email: str, verified: bool, now: datetime
) -> tuple[int, int | None]:
    """Return the id of the account, and the job of a letter where it was bound to this name just now.

    The provider's own name for a person (*subject*) is what counts; the address only finds the account the first time,
    and only where the provider has verified it.

    Raises:
        IdentityRefused: there is no account that is switched on, or it belongs to another person there.
    """
    bound = session.scalar(select(Identity).where(Identity.issuer == issuer, Identity.subject == subject))
    if bound is not None:
        if not session.get_one(User, bound.user_id).active:
            raise IdentityRefused("no_account")
        return bound.user_id, None
    if not email or not verified:
        raise IdentityRefused("unverified")
    user = session.scalar(select(User).where(func.lower(User.email) == email.strip().lower(), User.active))
    if user is None:
        raise IdentityRefused("no_account")
    if session.scalar(select(Identity.id).where(Identity.user_id == user.id, Identity.issuer == issuer)):
        raise IdentityRefused("other")
    session.add(Identity(user_id=user.id, issuer=issuer, subject=subject, bound_at=now))
    record(session, "identity_bound", "user", user.id, now, user_id=user.id)
    return user.id, write_to_user(session, "sign_in_changed", user.id, now)
