"""Signing staff in: Flask-Security over our own accounts and sessions. Participants never pass here."""

from typing import Any

import flask
from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import (
    RoleMixin,
    Security,
    UserDatastore,
    UserMixin,
    current_user,
    login_user,
    logout_user,
)

from involve.errors import NotAllowed
from involve.services.staff.access import Actor
from involve.services.staff.accounts import Account, find_account, keep_password, open_account
from involve.services.staff.sessions import SEEN_STEP, SignIn, begin_session, is_switched_off, note_seen
from involve.vocabulary.sign_ins import describe_browser
from involve.web.errors import show_explanation
from involve.web.explanations import SIGNED_OUT, SWITCHED_OFF
from involve.web.site import site

# Where Flask-Login keeps what `StaffUser.fs_uniquifier` says: our session's token.
CARRIED = "_user_id"


class StaffUser(UserMixin):  # type: ignore[misc]
    """An account in the shape that Flask-Security works with, and the session through which it is at work."""

    # Flask-Security looks for this on the class before it trusts the sessions. It is the session's token.
    fs_uniquifier: str = ""

    def __init__(self, account: Account, token: str = "", sign_in: SignIn | None = None) -> None:
        self.id, self.email, self.password = account.id, account.email, account.password
        self.active, self.fs_uniquifier, self.actor = account.active, token, account.actor
        self.sign_in = sign_in
        # What a person may do hangs on bodies and projects (services.access), not on site-wide roles.
        self.roles: list[RoleMixin] = []


class StaffDatastore(UserDatastore):  # type: ignore[misc]
    """Where Flask-Security finds accounts and puts a password that it hashed anew."""

    def __init__(self) -> None:
        super().__init__(StaffUser, RoleMixin)

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> StaffUser | None:
        """Return the account by `email`, or by the token of a session (`fs_uniquifier`), or None."""
        if "email" in wanted:
            return find_staff(email=wanted["email"])
        token, now = wanted.get("fs_uniquifier"), site().clock()
        with site().reading() as session:
            opened = open_account(session, token, now)
        if opened is None:
            return None
        account, sign_in = opened
        if now - sign_in.seen_at >= SEEN_STEP:
            with site().writing() as session:
                note_seen(session, sign_in.id, now)
        return StaffUser(account, token or "", sign_in)

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


def let_in(user: StaffUser, how: str) -> None:
    """Sign *user* in, in a session whose id nobody can have known before; `how` is one of WAYS_IN."""
    browser = describe_browser(request.user_agent.string)
    with site().writing() as session:
        user.fs_uniquifier = begin_session(session, user.id, how, browser, site().clock())
    # Whatever was kept for this browser before belongs to whoever was there before.
    flask.session.clear()
    login_user(user)


def let_out() -> None:
    """Forget who is signed in in this browser."""
    logout_user()
    flask.session.clear()


def require_sign_in() -> ResponseReturnValue | None:
    """Send whoever is not signed in to the sign-in page, and back afterwards; what they typed stays on the page."""
    if is_signed_in():
        return None
    if was_switched_off():
        let_out()
        return show_explanation(SWITCHED_OFF)
    if request.method == "POST":
        return show_explanation(SIGNED_OUT)
    wanted = request.full_path if request.query_string else request.path
    return redirect(url_for("accounts.sign_in", next=wanted), 303)


def has_run_out() -> bool:
    """Whether this browser was signed in and is no more."""
    return CARRIED in flask.session and not is_signed_in()


def was_switched_off() -> bool:
    """Whether the account that was signed in in this browser was switched off meanwhile."""
    with site().reading() as session:
        return is_switched_off(session, flask.session.get(CARRIED))


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


def present_session() -> SignIn:
    """Return the session of this browser.

    Raises:
        NotAllowed: nobody is signed in.
    """
    if not is_signed_in():
        raise NotAllowed("sign in")
    sign_in: SignIn = current_user.sign_in
    return sign_in
