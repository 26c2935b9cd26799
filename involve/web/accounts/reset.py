"""A forgotten password: asking for a letter, and choosing a new one by the link in it."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import hash_password

from involve.errors import NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.staff.reset import ask_for_reset, find_reset, reset_password
from involve.web.accounts import blueprint
from involve.web.accounts.forms import ForgottenForm, NewPasswordForm
from involve.web.accounts.guessing import note_known_browser
from involve.web.addresses import page
from involve.web.errors import show_explanation
from involve.web.explanations import RESET_ENDED
from involve.web.flashes import flash
from involve.web.limits import SIGNING_IN, limiter
from involve.web.security import let_out
from involve.web.site import site

RESET_DONE = _l("Your new password is set, and you are signed out everywhere. Sign in with it.")


@page(blueprint, cy="/staff/anghofio-cyfrinair", en="/staff/forgotten-password", methods=("GET", "POST"))
@limiter.limit(SIGNING_IN, exempt_when=lambda: request.method != "POST")
def forget_password() -> ResponseReturnValue:
    """Ask for a letter by which to choose a new password; the answer is the same for every address."""
    form, sends = ForgottenForm(), "email" in site().settings.carriers
    if request.method == "GET" or "switch" in request.form or not sends or not form.validate():
        twin = "forgotten" if sends else None
        body = render_template("accounts/forgotten.html", form=form, sends=sends, twin_form=twin)
        return make_response(body, 422 if form.errors else 200)
    with site().writing() as session:
        job = ask_for_reset(session, form.email.data, site().clock())
    site().carry_out(job)
    return redirect(url_for("accounts.show_letter_sent"), 303)


@page(blueprint, cy="/staff/anghofio-cyfrinair/anfonwyd", en="/staff/forgotten-password/sent")
def show_letter_sent() -> str:
    """Read where to look now."""
    return render_template("accounts/letter_sent.html")


@page(
    blueprint, cy="/staff/cyfrinair-newydd/<token>", en="/staff/new-password/<token>", methods=("GET", "POST")
)
@limiter.limit(SIGNING_IN, exempt_when=lambda: request.method != "POST")
def choose_password(token: str) -> ResponseReturnValue:
    """Choose a new password by the link in the letter."""
    key = site().settings.secret_key
    try:
        with site().reading() as session:
            account = find_reset(session, token, key)
    except NotFound:
        return show_explanation(RESET_ENDED)
    form = NewPasswordForm((account.email, account.actor.name))
    if request.method == "GET" or not form.validate():
        body = render_template("accounts/new_password.html", form=form, email=account.email)
        return make_response(body, 200 if request.method == "GET" else 422)
    hashed = hash_password(form.password.data)
    with site().writing() as session:
        job = reset_password(session, token, hashed, site().clock(), key)
    site().carry_out(job)
    let_out()
    flash(RESET_DONE, "good")
    # Whoever opens the letters of the account is its owner: this browser's tries are counted apart from strangers'.
    return note_known_browser(redirect(url_for("accounts.sign_in"), 303), account.id)
