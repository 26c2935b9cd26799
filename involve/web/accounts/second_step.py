"""The second step of signing in, for those who have one: a code from an app, or a recovery code."""

from dataclasses import dataclass

import flask
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from werkzeug.wrappers import Response

from involve.i18n import lazy_gettext as _l
from involve.services.staff.recovery import use_recovery_code
from involve.services.staff.second_factor import CodeRefused, note_code_refused, second_factor_since, use_code
from involve.services.upkeep.letters import link_state
from involve.web.accounts import blueprint
from involve.web.accounts.entry import safe_address, welcome
from involve.web.accounts.forms import CodeForm, RecoveryForm
from involve.web.accounts.guessing import CODE, SLOWED, is_slowed, note_wrong_try
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.limits import SIGNING_IN, limiter
from involve.web.security import StaffUser, find_staff
from involve.web.site import site

HALF_IN = "half_in"
# Long enough to find the telephone.
LASTS = 10 * 60
TOO_LATE = _l("That took more than 10 minutes. Please sign in again.")
REFUSALS: dict[str, LazyString] = {
    "wrong": _l("That code is not right: type the newest one that your app shows"),
    "used": _l("That code has been used. Each works once: wait for the next one, up to 30 seconds"),
    "clock": _l(
        "That code is right for another time: the clock of your phone or of this site is wrong. Have your phone set "
        "its time by itself and try the next code, or use a recovery code"
    ),
}
RECOVERY_REFUSALS: dict[str, LazyString] = {
    "wrong": _l("That is not one of your recovery codes"),
    "used": _l("That recovery code has been used. Each works once"),
}


@dataclass(frozen=True, slots=True)
class HalfIn:
    """Somebody whose password was right, and where they want to go."""

    user: StaffUser
    address: str


def go_on(user: StaffUser, address: str, how: str = "password") -> Response:
    """Ask for the second step of someone who has one; let everybody else in."""
    with site().reading() as session:
        since = second_factor_since(session, user.id)
    if since is None:
        return welcome(user, how, address)
    flask.session.clear()
    flask.session[HALF_IN] = [user.id, int(site().clock().timestamp()), _state(user), address]
    return redirect(url_for("accounts.type_code"), 303)


@page(blueprint, cy="/staff/mewngofnodi/cod", en="/staff/sign-in/code", methods=("GET", "POST"))
@limiter.limit(SIGNING_IN, exempt_when=lambda: request.method != "POST")
def type_code() -> ResponseReturnValue:
    """Type the code that my app shows."""
    half, form = half_in(), CodeForm()
    if half is None:
        return _start_again()
    if request.method == "GET" or not form.validate():
        return _show("code", form, 200 if request.method == "GET" else 422)
    if is_slowed(CODE, half.user.email, half.user.id):
        form.form_errors.append(SLOWED)
        return _show("code", form, 429)
    settings, now = site().settings, site().clock()
    try:
        with site().writing() as session:
            use_code(session, half.user.id, form.code.data, now, settings.code_key)
    except CodeRefused as refused:
        _count_refusal(half.user, "code")
        form.code.errors = [REFUSALS[refused.why]]
        return _show("code", form, 422)
    return welcome(half.user, "code", half.address)


@page(
    blueprint, cy="/staff/mewngofnodi/cod-adfer", en="/staff/sign-in/recovery-code", methods=("GET", "POST")
)
@limiter.limit(SIGNING_IN, exempt_when=lambda: request.method != "POST")
def type_recovery_code() -> ResponseReturnValue:
    """Type a recovery code, since the app is not at hand."""
    half, form = half_in(), RecoveryForm()
    if half is None:
        return _start_again()
    if request.method == "GET" or not form.validate():
        return _show("recovery_code", form, 200 if request.method == "GET" else 422)
    if is_slowed(CODE, half.user.email, half.user.id):
        form.form_errors.append(SLOWED)
        return _show("recovery_code", form, 429)
    settings, now = site().settings, site().clock()
    try:
        with site().writing() as session:
            job = use_recovery_code(session, half.user.id, form.code.data, now, settings.code_key)
    except CodeRefused as refused:
        _count_refusal(half.user, "recovery_code")
        form.code.errors = [RECOVERY_REFUSALS[refused.why]]
        return _show("recovery_code", form, 422)
    site().carry_out(job)
    return welcome(half.user, "recovery_code", half.address)


def half_in() -> HalfIn | None:
    """Return whose password was right in this browser a moment ago, or None."""
    if HALF_IN not in flask.session:
        return None
    user_id, at, state, address = flask.session[HALF_IN]
    user = find_staff(user_id)
    if user is None or not 0 <= site().clock().timestamp() - at <= LASTS or state != _state(user):
        return None
    return HalfIn(user, safe_address(address))


def _state(user: StaffUser) -> str:
    """Return what changes when the password does, so that half a sign-in does not outlive it."""
    return link_state("half in", user.password)


def _count_refusal(user: StaffUser, how: str) -> None:
    """Count a wrong code, and keep that it was typed."""
    note_wrong_try(CODE, user.email, user.id)
    with site().writing() as session:
        note_code_refused(session, user.id, site().clock(), how)


def _start_again() -> ResponseReturnValue:
    """Go back to the password."""
    if flask.session.pop(HALF_IN, None):
        flash(TOO_LATE, "warn")
    return redirect(url_for("accounts.sign_in"), 303)


def _show(kind: str, form: CodeForm, status: int) -> ResponseReturnValue:
    """Show the page of one kind of code."""
    return make_response(render_template(f"accounts/sign_in_{kind}.html", form=form), status)
