"""Signing staff in: Flask-Security over our own accounts. Participants never pass here."""

from typing import Any

from flask import Flask
from flask_security import RoleMixin, Security, UserDatastore, UserMixin, current_user

from involve.errors import NotAllowed
from involve.services.access import Actor
from involve.services.accounts import Account, find_account, keep_password
from involve.web.site import site


class StaffUser(UserMixin):  # type: ignore[misc]
    """An account in the shape that Flask-Security works with."""

    # Flask-Security looks for this on the class before it trusts the sessions.
    fs_uniquifier: str = ""

    def __init__(self, account: Account) -> None:
        self.id, self.email, self.password = account.id, account.email, account.password
        self.active, self.fs_uniquifier, self.actor = account.active, account.mark, account.actor
        # What a person may do hangs on bodies and projects (services.access), not on site-wide roles.
        self.roles: list[RoleMixin] = []


class StaffDatastore(UserDatastore):  # type: ignore[misc]
    """Where Flask-Security finds accounts and puts a password that it hashed anew."""

    def __init__(self) -> None:
        super().__init__(StaffUser, RoleMixin)

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> StaffUser | None:
        """Return the account by `email` or by `fs_uniquifier`, or None."""
        with site().reading() as session:
            account = find_account(session, email=wanted.get("email"), mark=wanted.get("fs_uniquifier"))
        return None if account is None else StaffUser(account)

    def put(self, user: StaffUser) -> StaffUser:
        """Keep what sign-in may change of an account: its password's hash."""
        with site().writing() as session:
            keep_password(session, user.id, user.password or "")
        return user

    def commit(self) -> None:
        """Do nothing: `put` has committed."""


def init_security(app: Flask) -> None:
    """Let Flask-Security look after sessions and passwords; the pages of signing in are ours, in both languages."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SALT=app.config["SECRET_KEY"],
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_FRESHNESS_GRACE_PERIOD=0,
        REMEMBER_COOKIE_DURATION=0,
    )
    Security(app, StaffDatastore(), register_blueprint=False)


def find_staff(user_id: int | None = None, email: str | None = None) -> StaffUser | None:
    """Return the active account with that id or e-mail address, or None."""
    with site().reading() as session:
        account = find_account(session, email=email, user_id=user_id)
    return None if account is None else StaffUser(account)


def is_signed_in() -> bool:
    """Whether a member of staff is at work in this browser."""
    return bool(current_user.is_authenticated)


def signed_in() -> Actor:
    """Return who is signed in.

    Raises:
        NotAllowed: nobody is.
    """
    if not is_signed_in():
        raise NotAllowed("sign in")
    actor: Actor = current_user.actor
    return actor
