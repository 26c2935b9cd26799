"""Deciding: a decision is drafted in both languages, put before the panel, and published where its rung allows it."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import Conflict, LanguageMissing
from involve.i18n import lazy_gettext as _l
from involve.services.deciding.ballots import list_ballots
from involve.services.deciding.decisions import (
    AgreementMissing,
    DecisionView,
    draft_decision,
    edit_decision,
    find_decision,
    propose_decision,
    view_decision,
)
from involve.services.deciding.outcomes import list_outcomes, status_of
from involve.services.deciding.votes import show_result
from involve.services.telling.outbox import count_untold
from involve.web.addresses import page
from involve.web.fields import read_number
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.deciding.decision_forms import DecisionForm
from involve.web.staff.projects.promises import find_stage_promise

KEPT = _l("The decision is kept. It is not public yet.")
PROPOSED = _l("The decision is before the panel. Each member finds it with their code.")
COLLEAGUE = _l(
    "A colleague changed this decision meanwhile. Their words are shown beside yours; nothing was lost. Compare them, "
    "then keep yours."
)
FUTURE = _l(
    "The day of the decision has not come yet, so it cannot be published. Change the day, or publish it then."
)
MISSING = {
    "panel": _l(
        "The rung of this stage promises that no decision is published without the panel, and nobody has taken a seat "
        "on it yet. Offer seats first."
    ),
    "proposal": _l(
        "The rung of this stage demands the panel’s agreement. Put the decision before the panel first."
    ),
    "members": _l(
        "Not every member of the panel has agreed, so the decision cannot be published. Read their reasons below, "
        "change the decision, or wait for their word."
    ),
}


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/camau/<int:stage_id>/penderfyniad",
    en="/staff/projects/<slug>/stages/<int:stage_id>/decision",
    methods=("GET", "POST"),
)
def write_decision(slug: str, stage_id: int) -> ResponseReturnValue:
    """Draft a decision on the question of a stage."""
    _, stage = find_stage_promise(slug, stage_id)
    form = DecisionForm()
    if not is_sent(form):
        return show_form(form, slug)
    try:
        with site().writing() as session:
            decision_id = draft_decision(session, signed_in(), stage.stage.id, form.draft, site().clock())
    except LanguageMissing:
        form.refuse_missing_change()
        return show_form(form, slug)
    flash(KEPT, "good")
    return redirect(url_for("staff.show_decision", decision_id=decision_id), 303)


@page(blueprint, cy="/staff/penderfyniadau/<int:decision_id>", en="/staff/decisions/<int:decision_id>")
def show_decision(decision_id: int) -> ResponseReturnValue:
    """See a decision, what the panel says of it, and what can be done."""
    return show_page(decision_id)


@page(
    blueprint,
    cy="/staff/penderfyniadau/<int:decision_id>/golygu",
    en="/staff/decisions/<int:decision_id>/edit",
    methods=("GET", "POST"),
)
def change_decision(decision_id: int) -> ResponseReturnValue:
    """Change the words of a decision that is not public."""
    decision = read_decision(decision_id)
    form = DecisionForm(decision.draft, decision.version)
    if decision.state == "published":
        return redirect(url_for("staff.show_decision", decision_id=decision_id), 303)
    if not is_sent(form):
        return show_form(form, decision.project, decision)
    version = read_number(form.version.data)
    try:
        with site().writing() as session:
            edit_decision(session, signed_in(), decision_id, version, form.draft, site().clock())
    except LanguageMissing:
        form.refuse_missing_change()
        return show_form(form, decision.project, decision)
    except Conflict:
        flash(COLLEAGUE, "warn")
        form.version.data = str(decision.version)
        return show_form(form, decision.project, decision, theirs=decision, status=409)
    flash(KEPT, "good")
    return redirect(url_for("staff.show_decision", decision_id=decision_id), 303)


@page(
    blueprint,
    cy="/staff/penderfyniadau/<int:decision_id>/cam",
    en="/staff/decisions/<int:decision_id>/step",
    methods=("POST",),
)
def move_decision(decision_id: int) -> ResponseReturnValue:
    """Put a decision before the panel."""
    try:
        with site().writing() as session:
            propose_decision(session, signed_in(), decision_id, site().clock())
    except AgreementMissing as error:
        flash(MISSING[error.missing], "warn")
        return show_page(decision_id, 409)
    flash(PROPOSED, "good")
    return redirect(url_for("staff.show_decision", decision_id=decision_id), 303)


def is_sent(form: DecisionForm) -> bool:
    """Whether the form was sent and nothing in it is wrong."""
    if request.method != "POST" or {"switch", "row"} & set(request.form):
        return False
    return form.validate()


def read_decision(decision_id: int) -> DecisionView:
    """Return a decision with what the panel gave as reasons.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    with site().reading() as session:
        return view_decision(session, find_decision(session, signed_in(), decision_id), reasons=True)


def show_page(decision_id: int, status: int = 200) -> ResponseReturnValue:
    """Show a decision, beside what people weighed in the same stage."""
    decision = read_decision(decision_id)
    with site().reading() as session:
        ballots = list_ballots(session, decision.project, site().today, True, decision.stage_id)
        weighed = [(ballot, show_result(session, ballot)) for ballot in ballots]
        outcomes = list_outcomes(session, decision_id)
        untold = count_untold(session, decision_id)
    body = render_template(
        "staff/decision.html",
        decision=decision,
        weighed=weighed,
        outcomes=outcomes,
        untold=untold,
        status=status_of(decision.state, outcomes),
    )
    return make_response(body, status)


def show_form(
    form: DecisionForm,
    slug: str,
    decision: DecisionView | None = None,
    theirs: DecisionView | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """Show the words to write; `theirs` are those of a colleague who was quicker."""
    values = {"form": form, "slug": slug, "decision": decision, "theirs": theirs, "twin_form": "decision"}
    return make_response(
        render_template("staff/decision_form.html", **values), 422 if form.problems else status
    )
