"""Who may open which page of an account: all but the pages of signing in need a sign-in, some a fresh one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, verify_password

from involve.i18n import lazy_gettext as _l
from involve.services.staff.second_factor import lacks_second_factor
from involve.services.staff.sessions import note_confirmed
from involve.web.accounts import blueprint
from involve.web.accounts.entry import own_address
from involve.web.accounts.forms import ConfirmForm
from involve.web.accounts.guessing import PASSWORD, SLOWED, is_slowed, note_wrong_try
from involve.web.accounts.place import passkey_options
from involve.web.addresses import page
from involve.web.errors import show_explanation
from involve.web.explanations import SECOND_STEP_FIRST
from involve.web.limits import SIGNING_IN, limiter
from involve.web.rules import PUBLIC, RULES, TELLER
from involve.web.security import is_signed_in, present_session, require_sign_in, signed_in
from involve.web.site import site

Given = ParamSpec("Given")
WITHOUT_SECOND_STEP = frozenset(
    {"accounts.set_second_step", "accounts.show_recovery_codes", "accounts.confirm"}
)
WRONG_PASSWORD = _l("That is not your current password")


@blueprint.before_request
def require_sign_in_for_own_pages() -> ResponseReturnValue | None:
    """Send whoever is not signed in to the sign-in page, unless the page is part of signing in."""
    return None if RULES[request.endpoint or ""] is PUBLIC else require_sign_in()


@blueprint.before_app_request
def require_second_step() -> ResponseReturnValue | None:
    """Lead whoever must have a second step, and has none, to setting it up before anything else.

    A passkey shows as much by itself; whoever comes by the organisation's account is that provider's to check.
    """
    rule = RULES.get(request.endpoint or "")
    if site().settings.second_factor != "required" or rule in (None, PUBLIC, TELLER) or not is_signed_in():
        return None
    if request.endpoint in WITHOUT_SECOND_STEP or present_session().how in ("passkey", "organisation"):
        return None
    with site().reading() as session:
        if not lacks_second_factor(session, signed_in()):
            return None
    if request.method == "POST":
        return show_explanation(SECOND_STEP_FIRST)
    return redirect(url_for("accounts.set_second_step"), 303)


def confirmed(view: Callable[Given, ResponseReturnValue]) -> Callable[Given, ResponseReturnValue]:
    """Have the person show again who they are before *view*, unless they did lately."""

    @wraps(view)
    def ask_first(*args: Given.args, **kwargs: Given.kwargs) -> Any:
        if present_session().is_confirmed(site().clock()):
            return view(*args, **kwargs)
        # What only takes a form cannot be gone back to; its page can.
        shows = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
        back = request.path if shows else url_for("accounts.show_my_account")
        return redirect(url_for("accounts.confirm", next=back), 303)

    return ask_first


@page(blueprint, cy="/staff/cadarnhau", en="/staff/confirm", methods=("GET", "POST"))
@limiter.limit(SIGNING_IN, exempt_when=lambda: request.method != "POST")
def confirm() -> ResponseReturnValue:
    """Show again who I am, before something that matters."""
    form = ConfirmForm(data={"next": request.args.get("next", "")})
    status = 200 if request.method == "GET" else 422
    if request.method == "POST" and form.validate():
        if is_slowed(PASSWORD, current_user.email, current_user.id):
            form.form_errors.append(SLOWED)
            status = 429
        elif is_own_password(form.password.data):
            with site().writing() as session:
                note_confirmed(session, present_session().id, site().clock())
            return redirect(own_address(form.next.data), 303)
        else:
            form.password.errors = [WRONG_PASSWORD]
    body = render_template("accounts/confirm.html", form=form, passkeys=passkey_options())
    return make_response(body, status)


def is_own_password(typed: str) -> bool:
    """Whether *typed* is the password of who is signed in; a wrong one is counted."""
    if current_user.password and verify_password(typed, current_user.password):
        return True
    note_wrong_try(PASSWORD, current_user.email, current_user.id)
    return False
