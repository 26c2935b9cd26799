"""My account: who I am to my colleagues, how I sign in, and where I am signed in."""

from dataclasses import dataclass
from datetime import date

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from werkzeug.wrappers import Response

from involve.i18n import LANGUAGE_NAMES
from involve.i18n import lazy_gettext as _l
from involve.services.staff.accounts import change_about, letters_in, wants_reminders
from involve.services.staff.passkeys import list_passkeys
from involve.services.staff.second_factor import second_factor_since
from involve.services.staff.sessions import IDLE, LONGEST, SignIn, end_session, end_sessions, list_sessions
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of, hour_of
from involve.vocabulary.sign_ins import WAYS_IN, name_browser
from involve.vocabulary.terms import find
from involve.web.accounts import blueprint
from involve.web.accounts.forms import AboutForm
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import let_out, present_session, signed_in
from involve.web.site import site

ABOUT_KEPT = _l("Your changes are kept.")
ENDED = _l("That sign-in has ended.")
ENDED_ELSEWHERE = _l("You are signed out everywhere else.")
HOUR = 3600


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One place where a person is signed in, as the page shows it. `hour` is that of the last use ("14:00")."""

    id: int
    browser: str
    how: Bilingual
    since: date
    day: date
    hour: str
    here: bool


@page(blueprint, cy="/staff/fy-nghyfrif", en="/staff/my-account")
def show_my_account() -> str:
    """See my account."""
    here, now = present_session(), site().clock()
    with site().reading() as session:
        sign_ins = list_sessions(session, here.user_id, now)
        language = letters_in(session, here.user_id)
        reminders = wants_reminders(session, here.user_id)
        passkeys = len(list_passkeys(session, here.user_id))
        since = second_factor_since(session, here.user_id)
    return render_template(
        "accounts/my_account.html",
        actor=signed_in(),
        letters_in=LANGUAGE_NAMES[language],
        reminders=reminders,
        passkeys=passkeys,
        second_step=None if since is None else day_of(since),
        has_password=bool(current_user.password),
        rows=[_row(each, here.id) for each in sign_ins],
        idle=IDLE.seconds // HOUR,
        longest=LONGEST.seconds // HOUR,
    )


@page(blueprint, cy="/staff/fy-nghyfrif/enw", en="/staff/my-account/name", methods=("GET", "POST"))
def write_name() -> ResponseReturnValue:
    """Change the name by which colleagues know me, and the language in which I am written to."""
    actor = signed_in()
    with site().reading() as session:
        form = AboutForm(
            data={
                "name": actor.name,
                "language": letters_in(session, actor.user_id),
                "reminders": wants_reminders(session, actor.user_id),
            }
        )
    if request.method == "GET" or "switch" in request.form or not form.validate():
        return make_response(
            render_template("accounts/name.html", form=form, twin_form="name-form"),
            422 if form.errors else 200,
        )
    with site().writing() as session:
        change_about(
            session,
            actor.user_id,
            form.name.data,
            form.language.data,
            site().clock(),
            bool(form.reminders.data),
        )
    flash(ABOUT_KEPT, "good")
    return redirect(url_for("accounts.show_my_account"), 303)


@page(
    blueprint,
    cy="/staff/fy-nghyfrif/mewngofnodi/<int:session_id>/diweddu",
    en="/staff/my-account/sign-ins/<int:session_id>/end",
    methods=("POST",),
)
def end_sign_in(session_id: int) -> Response:
    """Sign out in one other place."""
    with site().writing() as session:
        end_session(session, present_session().user_id, session_id, site().clock())
    flash(ENDED, "good")
    return redirect(url_for("accounts.show_my_account"), 303)


@page(
    blueprint,
    cy="/staff/fy-nghyfrif/allgofnodi-ym-mhobman",
    en="/staff/my-account/sign-out-everywhere",
    methods=("POST",),
)
def sign_out_everywhere() -> Response:
    """Sign out everywhere, or everywhere else."""
    here, elsewhere = present_session(), request.form.get("here") == "stay"
    with site().writing() as session:
        end_sessions(session, here.user_id, site().clock(), here.id if elsewhere else None)
    if not elsewhere:
        let_out()
        return redirect(url_for("accounts.sign_in"), 303)
    flash(ENDED_ELSEWHERE, "good")
    return redirect(url_for("accounts.show_my_account"), 303)


def _row(sign_in: SignIn, here: int) -> SignInRow:
    """Return a session as the page shows it."""
    return SignInRow(
        sign_in.id,
        name_browser(sign_in.browser),
        find(WAYS_IN, sign_in.how).name,
        day_of(sign_in.signed_in_at),
        day_of(sign_in.seen_at),
        hour_of(sign_in.seen_at),
        sign_in.id == here,
    )
