"""Keys of a body for programs: an administrator makes them, sees which are used, and revokes them."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.i18n import lazy_gettext as _l
from involve.services.staff.api_keys import (
    MOST_KEYS,
    KeyDayRefused,
    MadeKey,
    TooManyKeys,
    find_key,
    list_keys,
    make_key,
    revoke_key,
)
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.limits import KEYED_SEARCHING, KEYED_SENDING, SEARCHING, SENDING, amount_of
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.people.key_forms import KeyForm

REVOKED = _l("The key is revoked. It has stopped working.")
DAY_OVER = _l("This day is over. Choose a later one")
ENOUGH = _l("A body can have 20 keys at a time. Revoke one that nobody needs first")


@page(blueprint, cy="/staff/cyrff/<body>/allweddi", en="/staff/bodies/<body>/keys", methods=("GET", "POST"))
def manage_keys(body: str) -> ResponseReturnValue:
    """See the keys of the body, and make one."""
    form = KeyForm()
    if request.method == "POST" and "switch" not in request.form and form.validate():
        try:
            return show_key(body, _make(body, form))
        except KeyDayRefused:
            form.ends_on.errors = [DAY_OVER]
        except TooManyKeys:
            form.name.errors = [ENOUGH]
    with site().reading() as session:
        found, keys = list_keys(session, signed_in(), body, site().today)
    shown = render_template(
        "staff/keys.html",
        body=found,
        keys=keys,
        form=form,
        most=MOST_KEYS,
        limits=[amount_of(each) for each in (SEARCHING, KEYED_SEARCHING, SENDING, KEYED_SENDING)],
        twin_form="make",
    )
    return make_response(shown, 422 if form.errors else 200)


@page(
    blueprint,
    cy="/staff/cyrff/<body>/allweddi/<int:api_key_id>/dirymu",
    en="/staff/bodies/<body>/keys/<int:api_key_id>/revoke",
    methods=("GET", "POST"),
)
def revoke_api_key(body: str, api_key_id: int) -> ResponseReturnValue:
    """Revoke a key of the body."""
    if request.method == "POST":
        with site().writing() as session:
            revoke_key(session, signed_in(), body, api_key_id, site().clock())
        flash(REVOKED, "good")
        return redirect(url_for("staff.manage_keys", body=body), 303)
    with site().reading() as session:
        key = find_key(session, signed_in(), body, api_key_id, site().today)
    return render_template("staff/key_revoke.html", body=body, key=key)


def show_key(body: str, made: MadeKey) -> ResponseReturnValue:
    """Show a key once; it is kept nowhere, so no cache may keep this page either."""
    answer = make_response(render_template("staff/key_made.html", body=body, made=made))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _make(body: str, form: KeyForm) -> MadeKey:
    """Make the key that the form describes."""
    with site().writing() as session:
        return make_key(
            session,
            signed_in(),
            body,
            form.name.data,
            form.ends_on.data,
            site().clock(),
            site().settings.code_key,
        )
