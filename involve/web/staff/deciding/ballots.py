"""Weighing options: staff draft a vote of a stage, settle its options, open it, and see the result when all do."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput, Conflict
from involve.i18n import lazy_gettext as _l
from involve.services.deciding.ballots import (
    BallotView,
    draft_ballot,
    edit_ballot,
    find_ballot,
    list_ballots,
    open_ballot,
    view_ballot,
)
from involve.services.deciding.options import list_proposals
from involve.services.deciding.votes import show_result
from involve.vocabulary.duties import may_weigh
from involve.vocabulary.stages import find_stage
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.deciding.ballot_forms import BallotForm, VersionForm
from involve.web.staff.projects.promises import find_stage_promise

KEPT = _l(
    "The vote is kept as a draft. Everyone who told a story in this project can now put options forward."
)
CHANGED = _l("The changes are kept.")
OPENED = _l("The options are settled and public. Votes are taken from the first day to the last.")
VOTED = _l("Somebody has voted already, so neither the question nor the options can change.")
COLLEAGUE = _l(
    "A colleague changed this vote meanwhile. What you typed is still here: compare it, then keep it."
)
LOOK_AGAIN = _l("A colleague changed this vote meanwhile. Look at it again before you go on.")
WRONG_DAYS = {
    "dates": _l("The last day comes before the first"),
    "over": _l("The last day has passed already: choose a later one"),
}
NOT_YET = {
    "few": _l("A vote needs at least two options."),
    "proposals": _l("Accept or decline what people put forward first."),
    "over": _l("The last day of this vote has passed. Change its days first."),
}


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/camau/<int:stage_id>/pleidleisiau",
    en="/staff/projects/<slug>/stages/<int:stage_id>/votes",
)
def weigh_options(slug: str, stage_id: int) -> str:
    """See the votes of a stage."""
    promise, stage = find_stage_promise(slug, stage_id)
    with site().reading() as session:
        ballots = list_ballots(session, slug, site().today, public=False, stage_id=stage_id)
    return render_template(
        "staff/ballots.html",
        project=promise.project,
        stage=stage.stage,
        ballots=ballots,
        allowed=may_weigh(stage.influence),
        find_stage=find_stage,
    )


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/camau/<int:stage_id>/pleidleisiau/newydd",
    en="/staff/projects/<slug>/stages/<int:stage_id>/votes/new",
    methods=("GET", "POST"),
)
def draft_vote(slug: str, stage_id: int) -> ResponseReturnValue:
    """Draft a vote on the question of a stage."""
    find_stage_promise(slug, stage_id)
    form, back = BallotForm(), url_for("staff.weigh_options", slug=slug, stage_id=stage_id)
    if not is_sent(form):
        return show_ballot_form(form, back)
    try:
        with site().writing() as session:
            ballot_id = draft_ballot(session, signed_in(), stage_id, form.plan, site().clock())
    except BadInput as error:
        return refuse_days(form, error, back)
    flash(KEPT, "good")
    return redirect(url_for("staff.see_vote", ballot_id=ballot_id), 303)


@page(blueprint, cy="/staff/pleidleisiau/<int:ballot_id>", en="/staff/votes/<int:ballot_id>")
def see_vote(ballot_id: int) -> ResponseReturnValue:
    """See a vote, its options, what people put forward, and the result once it is over."""
    return show_vote(ballot_id)


@page(
    blueprint,
    cy="/staff/pleidleisiau/<int:ballot_id>/golygu",
    en="/staff/votes/<int:ballot_id>/edit",
    methods=("GET", "POST"),
)
def change_vote(ballot_id: int) -> ResponseReturnValue:
    """Change the question, the method or the days of a vote in which nobody voted."""
    ballot = read_ballot(ballot_id)
    form, back = BallotForm(data=form_values(ballot)), url_for("staff.see_vote", ballot_id=ballot_id)
    if ballot.voted:
        return refuse_voted(ballot_id)
    if not is_sent(form):
        return show_ballot_form(form, back)
    try:
        with site().writing() as session:
            edit_ballot(session, signed_in(), ballot_id, form.read_version, form.plan, site().clock())
    except BadInput as error:
        return refuse_days(form, error, back)
    except Conflict:
        flash(COLLEAGUE, "warn")
        form.version.data = str(ballot.version)
        return show_ballot_form(form, back, theirs=ballot, status=409)
    flash(CHANGED, "good")
    return redirect(back, 303)


@page(
    blueprint,
    cy="/staff/pleidleisiau/<int:ballot_id>/agor",
    en="/staff/votes/<int:ballot_id>/open",
    methods=("POST",),
)
def open_vote(ballot_id: int) -> ResponseReturnValue:
    """Settle the options and make the vote public."""
    try:
        with site().writing() as session:
            open_ballot(session, signed_in(), ballot_id, VersionForm().read_version, site().clock())
    except Conflict:
        flash(LOOK_AGAIN, "warn")
        return show_vote(ballot_id, 409)
    except BadInput as error:
        flash(NOT_YET[str(error)], "warn")
        return show_vote(ballot_id, 422)
    flash(OPENED, "good")
    return redirect(url_for("staff.see_vote", ballot_id=ballot_id), 303)


def is_sent(form: VersionForm) -> bool:
    """Whether the form was sent and nothing in it is wrong."""
    return request.method == "POST" and "switch" not in request.form and form.validate()


def read_ballot(ballot_id: int) -> BallotView:
    """Return a ballot that this person answers for.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    with site().reading() as session:
        return view_ballot(session, find_ballot(session, signed_in(), ballot_id), site().today)


def refuse_voted(ballot_id: int) -> ResponseReturnValue:
    """Go back to a vote that cannot change any more, and say so."""
    flash(VOTED, "warn")
    return redirect(url_for("staff.see_vote", ballot_id=ballot_id), 303)


def refuse_days(form: BallotForm, error: BadInput, back: str) -> ResponseReturnValue:
    """Show the form with what is wrong about its days.

    Raises:
        BadInput: *error* is about something that the form had checked.
    """
    if str(error) not in WRONG_DAYS:
        raise error
    form.closes_on.errors = [WRONG_DAYS[str(error)]]
    return show_ballot_form(form, back)


def form_values(ballot: BallotView) -> dict[str, object]:
    """Return the fields of the form for a ballot."""
    return {
        "version": str(ballot.version),
        "question_cy": ballot.plan.question.cy,
        "question_en": ballot.plan.question.en,
        "method": ballot.plan.method,
        "opens_on": ballot.plan.opens_on,
        "closes_on": ballot.plan.closes_on,
    }


def show_ballot_form(
    form: BallotForm, back: str, theirs: BallotView | None = None, status: int = 200
) -> ResponseReturnValue:
    """Show the question and the days to write; `theirs` is what a colleague made of it."""
    body = render_template("staff/ballot_form.html", form=form, back=back, theirs=theirs, twin_form="ballot")
    return make_response(body, 422 if form.errors else status)


def show_vote(ballot_id: int, status: int = 200) -> ResponseReturnValue:
    """Show a vote to those who answer for it."""
    ballot = read_ballot(ballot_id)
    with site().reading() as session:
        proposals = list_proposals(session, signed_in(), ballot_id)
        result = show_result(session, ballot)
    body = render_template(
        "staff/ballot.html", ballot=ballot, proposals=proposals, result=result, find_stage=find_stage
    )
    return make_response(body, status)
