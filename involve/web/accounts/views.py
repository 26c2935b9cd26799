"""Signing in and out, and taking up an invitation."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import hash_password, login_user, logout_user, verify_password
from werkzeug.wrappers import Response

from involve.errors import NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.members import accept_invitation, find_invitation
from involve.web.accounts import blueprint
from involve.web.accounts.forms import InvitationForm, SignInForm
from involve.web.addresses import page
from involve.web.errors import show_explanation
from involve.web.explanations import INVITATION_ENDED
from involve.web.limits import SIGNING_IN, limiter
from involve.web.security import StaffUser, find_staff, is_signed_in
from involve.web.site import site

# One answer whether the address or the password was wrong.
REFUSED = _l("The e-mail address or the password is not right")


@page(blueprint, cy="/staff/mewngofnodi", en="/staff/sign-in", methods=("GET", "POST"))
@limiter.limit(SIGNING_IN, exempt_when=lambda: request.method != "POST")
def sign_in() -> ResponseReturnValue:
    """Sign in as a member of staff."""
    form = SignInForm(data={"next": request.args.get("next", "")})
    if is_signed_in() and request.method == "GET":
        return redirect(safe_address(form.next.data), 303)
    if request.method == "GET" or not form.validate():
        return make_response(
            render_template("accounts/sign_in.html", form=form), 200 if request.method == "GET" else 422
        )
    user = check_password(form.email.data, form.password.data)
    if user is None:
        form.form_errors.append(REFUSED)
        return make_response(render_template("accounts/sign_in.html", form=form), 422)
    login_user(user)
    return redirect(safe_address(form.next.data), 303)


@page(blueprint, cy="/staff/allgofnodi", en="/staff/sign-out", methods=("POST",))
def sign_out() -> Response:
    """Sign out."""
    logout_user()
    return redirect(url_for("home.show_home"), 303)


@page(blueprint, cy="/staff/gwahoddiad/<token>", en="/staff/invitation/<token>", methods=("GET", "POST"))
@limiter.limit(SIGNING_IN, exempt_when=lambda: request.method != "POST")
def take_invitation(token: str) -> ResponseReturnValue:
    """Choose a name and a password, and begin."""
    key, form = site().settings.secret_key, InvitationForm()
    try:
        with site().reading() as session:
            find_invitation(session, token, site().clock(), key)
    except NotFound:
        return show_explanation(INVITATION_ENDED)
    if request.method == "GET" or not form.validate():
        return make_response(
            render_template("accounts/invitation.html", form=form), 200 if request.method == "GET" else 422
        )
    with site().writing() as session:
        hashed = hash_password(form.password.data)
        user_id = accept_invitation(session, token, hashed, form.name.data, site().clock(), key)
    login_user(find_staff(user_id))
    return redirect(url_for("staff.show_queue"), 303)


def check_password(email: str, password: str) -> StaffUser | None:
    """Return the account that the password opens, or None after the same work."""
    user = find_staff(email=email)
    if user is None or not user.password:
        # As slow as a real check, so that the time does not tell who has an account.
        hash_password(password)
        return None
    return user if verify_password(password, user.password) else None


def safe_address(wanted: str | None) -> str:
    """Return the address to go on to: one of this site, or the queue."""
    if wanted and wanted.startswith(("/cy/staff", "/en/staff")) and "\\" not in wanted:
        return wanted
    return url_for("staff.show_queue")
