"""What came of a decision: noted by those who decide, with its day, and never taken away."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.services.deciding.decisions import DecisionView
from involve.services.deciding.outcomes import list_outcomes, note_outcome, show_status
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.deciding.decisions import read_decision
from involve.web.staff.deciding.outcome_forms import OutcomeForm

NOTED = _l("It is noted, and everyone can see it.")
EARLIER = _l(
    "It is noted in the history. Something later is noted too, and by that the decision stands where it did."
)
NOT_PUBLIC = _l("What comes of a decision is noted once it is public.")


@page(
    blueprint,
    cy="/staff/penderfyniadau/<int:decision_id>/canlyniad",
    en="/staff/decisions/<int:decision_id>/outcome",
    methods=("GET", "POST"),
)
def write_outcome(decision_id: int) -> ResponseReturnValue:
    """Note what came of a decision that is public."""
    decision = read_decision(decision_id)
    if decision.state != "published":
        flash(NOT_PUBLIC, "warn")
        return redirect(url_for("staff.show_decision", decision_id=decision_id), 303)
    form = OutcomeForm(site().today)
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_form(form, decision)
    try:
        keep_outcome(decision_id, form)
    except BadInput as error:
        form.refuse(error)
        return show_form(form, decision)
    return redirect(url_for("staff.show_decision", decision_id=decision_id), 303)


def keep_outcome(decision_id: int, form: OutcomeForm) -> None:
    """Keep what a form says, send the letters about it, and say how the decision stands."""
    with site().writing() as session:
        jobs = note_outcome(session, signed_in(), decision_id, form.draft, site().clock())
        stands = show_status(session, decision_id) == form.draft.status
    for job in jobs:
        site().carry_out(job)
    flash(NOTED if stands else EARLIER, "good")


def show_form(form: OutcomeForm, decision: DecisionView) -> ResponseReturnValue:
    """Show the form, beside what was noted so far."""
    with site().reading() as session:
        outcomes = list_outcomes(session, decision.id)
    values = {"form": form, "decision": decision, "outcomes": outcomes}
    body = render_template("staff/outcome.html", **values, twin_form="outcome")
    return make_response(body, 422 if form.errors else 200)
