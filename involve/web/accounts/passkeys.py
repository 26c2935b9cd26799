"""Passkeys: signing in with one, and my own. They need scripts by nature; the password is the way without."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from involve.i18n import lazy_gettext as _l
from involve.services.staff.accounts import note_refusal
from involve.services.staff.passkeys import (
    PasskeyRefused,
    add_passkey,
    list_passkeys,
    options_to_add,
    remove_passkey,
    use_passkey,
)
from involve.services.staff.sessions import note_confirmed
from involve.vocabulary.days import day_of
from involve.web.accounts import blueprint
from involve.web.accounts.entry import own_address, safe_address, welcome
from involve.web.accounts.forms import PasskeyForm
from involve.web.accounts.guard import confirmed
from involve.web.accounts.place import place
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.limits import SIGNING_IN, limiter
from involve.web.security import find_staff, present_session, signed_in
from involve.web.site import site

NOT_OPENED = _l("That passkey does not open an account here. Try again, or use your password.")
NOT_ADDED = _l(
    "The passkey could not be added. If this device has one for this site already, that one still works."
)
ADDED = _l("The passkey is added. You can sign in with it from now on.")
REMOVED = _l("The passkey is taken away. Remove it from your device too, so that it is not offered there.")


@page(blueprint, cy="/staff/mewngofnodi/allwedd", en="/staff/sign-in/passkey", methods=("POST",))
@limiter.limit(SIGNING_IN)
def sign_in_by_passkey() -> Response:
    """Sign in with a passkey, which says by itself whose it is."""
    wanted = request.form.get("next")
    try:
        with site().writing() as session:
            user_id = use_passkey(session, request.form.get("credential", ""), place(), site().clock())
    except PasskeyRefused:
        note_passkey_refused()
        flash(NOT_OPENED, "warn")
        return redirect(url_for("accounts.sign_in", next=wanted or None), 303)
    return welcome(find_staff(user_id), "passkey", safe_address(wanted))


@page(blueprint, cy="/staff/cadarnhau/allwedd", en="/staff/confirm/passkey", methods=("POST",))
@limiter.limit(SIGNING_IN)
def confirm_by_passkey() -> Response:
    """Show again who I am, with a passkey of mine."""
    here, wanted = present_session(), request.form.get("next")
    try:
        with site().writing() as session:
            user_id = use_passkey(session, request.form.get("credential", ""), place(), site().clock())
            if user_id != here.user_id:
                raise PasskeyRefused("somebody else's")
            note_confirmed(session, here.id, site().clock())
    except PasskeyRefused:
        note_passkey_refused()
        flash(NOT_OPENED, "warn")
        return redirect(url_for("accounts.confirm", next=wanted or None), 303)
    return redirect(own_address(wanted), 303)


@page(
    blueprint,
    cy="/staff/fy-nghyfrif/allweddi-mynediad",
    en="/staff/my-account/passkeys",
    methods=("GET", "POST"),
)
@confirmed
def add_own_passkey() -> ResponseReturnValue:
    """See my passkeys, and add one."""
    actor, form = signed_in(), PasskeyForm()
    if request.method == "GET" or "switch" in request.form or not form.validate():
        return show_passkeys(form, 422 if form.errors else 200)
    try:
        with site().writing() as session:
            answer = form.credential.data or ""
            job = add_passkey(session, actor.user_id, form.name.data, answer, place(), site().clock())
    except PasskeyRefused:
        form.form_errors.append(NOT_ADDED)
        return show_passkeys(form, 422)
    site().carry_out(job)
    flash(ADDED, "good")
    return redirect(url_for("accounts.add_own_passkey"), 303)


@page(
    blueprint,
    cy="/staff/fy-nghyfrif/allweddi-mynediad/<int:passkey_id>/dileu",
    en="/staff/my-account/passkeys/<int:passkey_id>/remove",
    methods=("POST",),
)
@confirmed
def remove_own_passkey(passkey_id: int) -> Response:
    """Take a passkey of mine away."""
    with site().writing() as session:
        job = remove_passkey(session, signed_in().user_id, passkey_id, site().clock())
    site().carry_out(job)
    flash(REMOVED, "good")
    return redirect(url_for("accounts.add_own_passkey"), 303)


def show_passkeys(form: PasskeyForm, status: int) -> ResponseReturnValue:
    """Show my passkeys and the form for another."""
    user_id, now = signed_in().user_id, site().clock()
    with site().reading() as session:
        keys = list_passkeys(session, user_id)
        options = options_to_add(session, user_id, place(), now)
    rows = [(each, day_of(each.added_at), each.used_at and day_of(each.used_at)) for each in keys]
    body = render_template(
        "accounts/passkeys.html", form=form, rows=rows, options=options, twin_form="add-passkey"
    )
    return make_response(body, status)


def note_passkey_refused() -> None:
    """Keep that a passkey was refused; whose it claimed to be says nothing."""
    with site().writing() as session:
        note_refusal(session, "", site().clock(), "passkey")
