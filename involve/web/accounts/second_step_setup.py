"""My second step: setting it up with an app, taking it away, and the recovery codes on paper."""

from dataclasses import dataclass

import flask
import segno
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response

from involve.errors import SettingsError
from involve.i18n import lazy_gettext as _l
from involve.services.staff.recovery import count_codes, renew_codes
from involve.services.staff.second_factor import (
    CodeRefused,
    app_address,
    lacks_second_factor,
    new_secret,
    remove_second_factor,
    second_factor_since,
    set_second_factor,
)
from involve.services.stories.codes import group_code
from involve.services.upkeep.sealing import open_sealed, seal_text
from involve.vocabulary.days import day_of
from involve.web.accounts import blueprint
from involve.web.accounts.forms import CodeForm
from involve.web.accounts.guard import confirmed
from involve.web.accounts.guessing import CODE, SLOWED, is_slowed, note_wrong_try
from involve.web.accounts.second_step import REFUSALS
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site

# What the browser holds, sealed, until it is done: the key that the app is being given, and codes not yet kept.
NEW_KEY = "new_key"
NEW_CODES = "new_codes"
REMOVED = _l("You sign in without a second step from now on. The recovery codes are void.")
KEPT = _l("Your second step is set. From now on a code is asked for after your password.")


@dataclass(frozen=True, slots=True)
class SetUp:
    """What an app needs: the picture, and the key in groups for typing."""

    qr: Markup
    key: str


@page(blueprint, cy="/staff/fy-nghyfrif/ail-gam", en="/staff/my-account/second-step", methods=("GET", "POST"))
@confirmed
def set_second_step() -> ResponseReturnValue:
    """Set up a second step, or see mine."""
    actor, form = signed_in(), CodeForm()
    with site().reading() as session:
        since = second_factor_since(session, actor.user_id)
        left = count_codes(session, actor.user_id)
    if since is not None:
        return render_template("accounts/second_step.html", since=day_of(since), left=left)
    secret = _secret_being_set()
    if request.method == "GET" or "switch" in request.form or not form.validate():
        return _show(form, secret, 422 if form.errors else 200)
    if is_slowed(CODE, actor.email, actor.user_id):
        form.form_errors.append(SLOWED)
        return _show(form, secret, 429)
    settings, now = site().settings, site().clock()
    try:
        with site().writing() as session:
            job = set_second_factor(session, actor.user_id, secret, form.code.data, now, settings.code_key)
            codes = renew_codes(session, actor.user_id, now, settings.code_key)
    except CodeRefused as refused:
        note_wrong_try(CODE, actor.email, actor.user_id)
        form.code.errors = [REFUSALS[refused.why]]
        return _show(form, secret, 422)
    site().carry_out(job)
    flask.session.pop(NEW_KEY)
    flash(KEPT, "good")
    return _hand_out(codes)


@page(
    blueprint,
    cy="/staff/fy-nghyfrif/ail-gam/dileu",
    en="/staff/my-account/second-step/remove",
    methods=("POST",),
)
@confirmed
def remove_second_step() -> ResponseReturnValue:
    """Take my second step away."""
    with site().writing() as session:
        job = remove_second_factor(session, signed_in().user_id, site().clock())
    site().carry_out(job)
    flash(REMOVED, "good")
    return redirect(url_for("accounts.show_my_account"), 303)


@page(
    blueprint,
    cy="/staff/fy-nghyfrif/codau-adfer",
    en="/staff/my-account/recovery-codes",
    methods=("GET", "POST"),
)
@confirmed
def show_recovery_codes() -> ResponseReturnValue:
    """See the codes that were just made, until I say that I have kept them."""
    if request.method == "POST":
        flask.session.pop(NEW_CODES, None)
        return redirect(url_for("accounts.show_my_account"), 303)
    codes = _opened(NEW_CODES).split()
    if not codes:
        return redirect(url_for("accounts.set_second_step"), 303)
    return render_template("accounts/recovery_codes.html", codes=codes, today=site().today)


@page(
    blueprint,
    cy="/staff/fy-nghyfrif/codau-adfer/newydd",
    en="/staff/my-account/recovery-codes/new",
    methods=("POST",),
)
@confirmed
def make_recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes; the old ones are void."""
    actor, settings = signed_in(), site().settings
    with site().writing() as session:
        if second_factor_since(session, actor.user_id) is None:
            return redirect(url_for("accounts.set_second_step"), 303)
        codes = renew_codes(session, actor.user_id, site().clock(), settings.code_key)
    return _hand_out(codes)


def draw_setup(secret: str, email: str) -> SetUp:
    """Return what to show to an app and to its holder."""
    drawing = segno.make(app_address(secret, email), error="m", micro=False)
    picture = drawing.svg_inline(scale=4, border=2, omitsize=True, svgclass=None, lineclass=None)
    return SetUp(Markup(picture), group_code(secret).replace("-", " "))  # noqa: S704  ours


def must_have_one() -> bool:
    """Whether the person can do nothing else before this is set up."""
    if site().settings.second_factor != "required":
        return False
    with site().reading() as session:
        return lacks_second_factor(session, signed_in())


def _hand_out(codes: tuple[str, ...]) -> Response:
    """Show new codes: kept sealed in this browser only, so that they outlive a change of language."""
    flask.session[NEW_CODES] = seal_text(site().settings.code_key, NEW_CODES, " ".join(codes))
    return redirect(url_for("accounts.show_recovery_codes"), 303)


def _secret_being_set() -> str:
    """Return the key that is being given to the app: the same one until it is set."""
    secret = _opened(NEW_KEY)
    if not secret:
        secret = new_secret()
        flask.session[NEW_KEY] = seal_text(site().settings.code_key, NEW_KEY, secret)
    return secret


def _opened(name: str) -> str:
    """Return what this browser holds sealed under a name; empty where it holds nothing."""
    try:
        return (
            open_sealed(site().settings.code_key, name, flask.session[name]) if name in flask.session else ""
        )
    except SettingsError:
        return ""


def _show(form: CodeForm, secret: str, status: int) -> ResponseReturnValue:
    """Show how to set it up."""
    setup = draw_setup(secret, signed_in().email)
    body = render_template(
        "accounts/second_step_setup.html", form=form, setup=setup, twin_form="set-up", must=must_have_one()
    )
    return make_response(body, status)
