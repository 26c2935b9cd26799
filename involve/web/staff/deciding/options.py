"""The options of a vote: staff write them, and accept or decline what participants put forward."""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput, Conflict, LanguageMissing
from involve.i18n import lazy_gettext as _l
from involve.services.deciding.ballots import MOST_OPTIONS
from involve.services.deciding.options import (
    Proposal,
    add_option,
    decline_option,
    edit_option,
    find_option,
    remove_option,
    view_proposal,
)
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.deciding.ballot_forms import DeclineForm, OptionForm, VersionForm
from involve.web.staff.deciding.ballots import (
    COLLEAGUE,
    LOOK_AGAIN,
    NOT_YET,
    is_sent,
    read_ballot,
    refuse_voted,
)

KEPT = _l("The option is kept.")
DECLINED = _l("The option is declined. Whoever put it forward reads why with their code.")
REMOVED = _l("The option is taken away.")
MANY = _l("A vote has at most %(number)s options: take one away first", number=MOST_OPTIONS)
NOT_TO_DECLINE = _l("Nobody could read why this option is declined: take it away instead.")
OWED = _l("Somebody put this option forward, and they are owed a reason: decline it instead.")


@page(
    blueprint,
    cy="/staff/pleidleisiau/<int:ballot_id>/dewisiadau",
    en="/staff/votes/<int:ballot_id>/options",
    methods=("GET", "POST"),
)
def write_option(ballot_id: int) -> ResponseReturnValue:
    """Add an option to a vote."""
    ballot = read_ballot(ballot_id)
    if ballot.voted:
        return refuse_voted(ballot_id)
    form = OptionForm(data={"version": str(ballot.version)})
    if not is_sent(form):
        return show_form(form, ballot_id)
    try:
        with site().writing() as session:
            add_option(session, signed_in(), ballot_id, form.read_version, form.draft, site().clock())
    except (BadInput, Conflict) as error:
        form.version.data = str(ballot.version)
        return refuse(form, ballot_id, error)
    flash(KEPT, "good")
    return back_to_vote(ballot_id)


@page(
    blueprint,
    cy="/staff/dewisiadau/<int:option_id>",
    en="/staff/options/<int:option_id>",
    methods=("GET", "POST"),
)
def change_option(option_id: int) -> ResponseReturnValue:
    """Change an option; accept, in both languages, one that was put forward."""
    option = read_option(option_id)
    if read_ballot(option.ballot_id).voted:
        return refuse_voted(option.ballot_id)
    if option.state == "declined":
        flash(LOOK_AGAIN, "warn")
        return back_to_vote(option.ballot_id)
    form = OptionForm(data=form_values(option))
    if not is_sent(form):
        return show_form(form, option.ballot_id, option)
    try:
        with site().writing() as session:
            edit_option(session, signed_in(), option_id, form.read_version, form.draft, site().clock())
    except (BadInput, Conflict) as error:
        form.version.data = str(option.version)
        return refuse(form, option.ballot_id, error, option)
    flash(KEPT, "good")
    return back_to_vote(option.ballot_id)


@page(
    blueprint,
    cy="/staff/dewisiadau/<int:option_id>/gwrthod",
    en="/staff/options/<int:option_id>/decline",
    methods=("GET", "POST"),
)
def turn_option_down(option_id: int) -> ResponseReturnValue:
    """Decline what was put forward, with a reason in the language of its teller."""
    option = read_option(option_id)
    if option.reply_language is None:
        flash(NOT_TO_DECLINE, "warn")
        return back_to_vote(option.ballot_id)
    form = DeclineForm(data={"version": str(option.version)})
    if not is_sent(form):
        return show_decline(form, option)
    try:
        with site().writing() as session:
            reason = form.reason.data or ""
            decline_option(session, signed_in(), option_id, form.read_version, reason, site().clock())
    except BadInput as error:
        if str(error) != "few":
            raise
        flash(NOT_YET["few"], "warn")
        return show_decline(form, option, 422)
    except Conflict:
        if read_ballot(option.ballot_id).voted:
            return refuse_voted(option.ballot_id)
        flash(COLLEAGUE, "warn")
        form.version.data = str(option.version)
        return show_decline(form, option, 409)
    flash(DECLINED, "good")
    return back_to_vote(option.ballot_id)


@page(
    blueprint,
    cy="/staff/dewisiadau/<int:option_id>/tynnu",
    en="/staff/options/<int:option_id>/remove",
    methods=("POST",),
)
def take_option_away(option_id: int) -> ResponseReturnValue:
    """Take an option of the staff away."""
    option = read_option(option_id)
    try:
        with site().writing() as session:
            remove_option(session, signed_in(), option_id, VersionForm().read_version, site().clock())
    except Conflict:
        flash(LOOK_AGAIN, "warn")
    except BadInput as error:
        flash(NOT_YET["few"] if str(error) == "few" else OWED, "warn")
    else:
        flash(REMOVED, "good")
    return back_to_vote(option.ballot_id)


def read_option(option_id: int) -> Proposal:
    """Return an option that this person may work on.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    with site().reading() as session:
        return view_proposal(session, find_option(session, signed_in(), option_id))


def form_values(option: Proposal) -> dict[str, str]:
    """Return the fields of the form for an option."""
    draft = option.draft
    return {
        "version": str(option.version),
        "title_cy": draft.title.cy,
        "title_en": draft.title.en,
        "text_cy": draft.text.cy,
        "text_en": draft.text.en,
    }


def refuse(
    form: OptionForm, ballot_id: int, error: BadInput | Conflict, option: Proposal | None = None
) -> ResponseReturnValue:
    """Show the form again with what is wrong, or go back where nothing can change any more.

    Raises:
        BadInput: *error* is about something that the form had checked.
    """
    if isinstance(error, Conflict):
        if read_ballot(ballot_id).voted:
            return refuse_voted(ballot_id)
        flash(COLLEAGUE, "warn")
        return show_form(form, ballot_id, option, theirs=option, status=409)
    if isinstance(error, LanguageMissing):
        form.refuse_missing()
    elif str(error) == "many":
        form.title_cy.errors = [MANY]
    if not form.errors:
        raise error
    return show_form(form, ballot_id, option)


def back_to_vote(ballot_id: int) -> ResponseReturnValue:
    """Go to the vote."""
    return redirect(url_for("staff.see_vote", ballot_id=ballot_id), 303)


def show_form(
    form: OptionForm,
    ballot_id: int,
    option: Proposal | None = None,
    theirs: Proposal | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """Show the words of an option to write; `theirs` are those of a colleague who was quicker."""
    values = {"form": form, "ballot_id": ballot_id, "option": option, "theirs": theirs, "twin_form": "option"}
    return make_response(render_template("staff/option_form.html", **values), 422 if form.errors else status)


def show_decline(form: DeclineForm, option: Proposal, status: int = 200) -> ResponseReturnValue:
    """Show what was put forward, and ask why it is declined."""
    body = render_template("staff/option_decline.html", form=form, option=option, twin_form="decline")
    return make_response(body, 422 if form.errors else status)
