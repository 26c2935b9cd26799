"""Signing in and out, and taking up an invitation."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import hash_password, verify_password
from werkzeug.wrappers import Response

from involve.errors import NotFound
from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.staff.accounts import change_about, note_refusal
from involve.services.staff.members import accept_invitation, find_invitation
from involve.services.staff.sessions import IDLE, LONGEST, end_session
from involve.vocabulary.bilingual import Bilingual
from involve.web.accounts import blueprint
from involve.web.accounts.entry import safe_address
from involve.web.accounts.forms import InvitationForm, SignInForm
from involve.web.accounts.guessing import PASSWORD, SLOWED, is_slowed, note_wrong_try
from involve.web.accounts.place import passkey_options
from involve.web.accounts.second_step import go_on
from involve.web.addresses import page
from involve.web.errors import show_explanation
from involve.web.explanations import INVITATION_ENDED, SWITCHED_OFF
from involve.web.limits import SIGNING_IN, limiter
from involve.web.security import (
    StaffUser,
    find_staff,
    has_run_out,
    is_signed_in,
    let_out,
    present_session,
    was_switched_off,
)
from involve.web.site import site

# One answer whether the address or the password was wrong.
REFUSED = _l("The e-mail address or the password is not right")
HOUR = 3600


@page(blueprint, cy="/staff/mewngofnodi", en="/staff/sign-in", methods=("GET", "POST"))
@limiter.limit(SIGNING_IN, exempt_when=lambda: request.method != "POST")
def sign_in() -> ResponseReturnValue:
    """Sign in as a member of staff."""
    form = SignInForm(data={"next": request.args.get("next", "")})
    if request.method == "GET":
        if is_signed_in():
            return redirect(safe_address(form.next.data), 303)
        if was_switched_off():
            let_out()
            return show_explanation(SWITCHED_OFF)
        return show_sign_in(form, 200)
    if not form.validate():
        return show_sign_in(form, 422)
    account = find_staff(email=form.email.data)
    if is_slowed(PASSWORD, form.email.data, account and account.id):
        form.form_errors.append(SLOWED)
        return show_sign_in(form, 429)
    user = check_password(account, form.email.data, form.password.data)
    if user is None:
        form.form_errors.append(REFUSED)
        return show_sign_in(form, 422)
    return go_on(user, safe_address(form.next.data))


@page(blueprint, cy="/staff/allgofnodi", en="/staff/sign-out", methods=("POST",))
def sign_out() -> Response:
    """Sign out."""
    if is_signed_in():
        here = present_session()
        with site().writing() as session:
            end_session(session, here.user_id, here.id, site().clock())
    let_out()
    return redirect(url_for("home.show_home"), 303)


@page(blueprint, cy="/staff/gwahoddiad/<token>", en="/staff/invitation/<token>", methods=("GET", "POST"))
@limiter.limit(SIGNING_IN, exempt_when=lambda: request.method != "POST")
def take_invitation(token: str) -> ResponseReturnValue:
    """Choose a name and a password, and begin."""
    key = site().settings.secret_key
    try:
        with site().reading() as session:
            invited = find_staff(find_invitation(session, token, site().clock(), key))
    except NotFound:
        return show_explanation(INVITATION_ENDED)
    form = InvitationForm((invited.email,) if invited else ())
    if request.method == "GET" or not form.validate():
        return make_response(
            render_template("accounts/invitation.html", form=form), 200 if request.method == "GET" else 422
        )
    with site().writing() as session:
        hashed = hash_password(form.password.data)
        user_id = accept_invitation(session, token, hashed, form.name.data, site().clock(), key)
        change_about(session, user_id, form.name.data, page_language(), site().clock())
    # An account that had a second step before keeps it.
    return go_on(find_staff(user_id), url_for("staff.show_queue"), "invitation")


def show_sign_in(form: SignInForm, status: int) -> Response:
    """Show the page of signing in, with every way in that there is, and how long it lasts."""
    settings = site().settings
    single = Bilingual(settings.oidc_name_cy, settings.oidc_name_en) if settings.oidc_issuer else None
    values = {
        "form": form,
        "ended": has_run_out(),
        "single": single,
        "passkeys": passkey_options(),
        "idle": IDLE.seconds // HOUR,
        "longest": LONGEST.seconds // HOUR,
    }
    return make_response(render_template("accounts/sign_in.html", **values), status)


def check_password(user: StaffUser | None, email: str, password: str) -> StaffUser | None:
    """Return *user* if the password is theirs, or None after the same work; what was wrong is counted."""
    if user is None or not user.password:
        # As slow as a real check, so that the time does not tell who has an account.
        hash_password(password)
    elif verify_password(password, user.password):
        return user
    note_wrong_try(PASSWORD, email, user and user.id)
    with site().writing() as session:
        note_refusal(session, email, site().clock(), "password")
    return None
