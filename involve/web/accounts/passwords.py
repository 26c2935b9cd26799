"""Changing one's own password."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import hash_password

from involve.i18n import lazy_gettext as _l
from involve.services.staff.passwords import change_password
from involve.web.accounts import blueprint
from involve.web.accounts.forms import ChangePasswordForm
from involve.web.accounts.guard import WRONG_PASSWORD, is_own_password
from involve.web.accounts.guessing import PASSWORD, SLOWED, is_slowed
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.limits import SIGNING_IN, limiter
from involve.web.security import present_session, signed_in
from involve.web.site import site

CHANGED = _l("Your password is changed. You are signed out everywhere else.")


@page(blueprint, cy="/staff/fy-nghyfrif/cyfrinair", en="/staff/my-account/password", methods=("GET", "POST"))
@limiter.limit(SIGNING_IN, exempt_when=lambda: request.method != "POST")
def write_password() -> ResponseReturnValue:
    """Change my password; this sign-in stays, the others end."""
    actor = signed_in()
    form = ChangePasswordForm((actor.email, actor.name))
    if request.method == "GET" or not form.validate():
        return _show(form, 200 if request.method == "GET" else 422)
    if is_slowed(PASSWORD, actor.email, actor.user_id):
        form.form_errors.append(SLOWED)
        return _show(form, 429)
    if not is_own_password(form.current_password.data):
        form.current_password.errors = [WRONG_PASSWORD]
        return _show(form, 422)
    hashed = hash_password(form.password.data)
    with site().writing() as session:
        job = change_password(session, actor.user_id, hashed, site().clock(), present_session().id)
    site().carry_out(job)
    flash(CHANGED, "good")
    return redirect(url_for("accounts.show_my_account"), 303)


def _show(form: ChangePasswordForm, status: int) -> ResponseReturnValue:
    """Show the form."""
    return make_response(render_template("accounts/password.html", form=form), status)
