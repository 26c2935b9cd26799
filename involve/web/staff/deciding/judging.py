"""One thing that was heard: what people said of it, and whether a decision follows it."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import LanguageMissing
from involve.i18n import lazy_gettext as _l
from involve.services.deciding.decisions import DecisionView, find_decision, view_decision
from involve.services.deciding.ground_stories import StoriesToCite, find_stories_to_cite
from involve.services.deciding.heard import Heard, find_heard
from involve.services.deciding.judging import judge_heard
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.deciding.ground_forms import JudgeForm
from involve.web.staff.deciding.grounds import PUBLIC, back_to_evidence

KEPT = _l("What you said of it is kept.")
# Of so many stories the words stand on the page; the rest is behind a link.
READ_HERE = 5


@page(
    blueprint,
    cy="/staff/penderfyniadau/<int:decision_id>/clywyd/<heard>",
    en="/staff/decisions/<int:decision_id>/heard/<heard>",
    methods=("GET", "POST"),
)
def weigh_heard(decision_id: int, heard: str) -> ResponseReturnValue:
    """Say whether a decision follows what was heard, and why where it does not."""
    decision, view, found = find_page(decision_id, heard)
    if decision.state == "published":
        return back_to_evidence(decision_id, PUBLIC)
    form = JudgeForm(data=form_values(view))
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_form(decision, view, found, form)
    try:
        with site().writing() as session:
            judgement = form.judgement.data
            judge_heard(session, signed_in(), decision_id, heard, judgement, form.reason, site().clock())
    except LanguageMissing:
        form.refuse_one_language()
        return show_form(decision, view, found, form)
    flash(KEPT, "good")
    return redirect(url_for("staff.see_evidence", decision_id=decision_id, _anchor="heard"), 303)


def find_page(decision_id: int, key: str) -> tuple[DecisionView, Heard, StoriesToCite]:
    """Return a decision, what was heard, and the newest published stories of it.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    with site().reading() as session:
        row = find_decision(session, signed_in(), decision_id)
        subject, heard = find_heard(session, row, key)
        found = find_stories_to_cite(session, row, subject, limit=READ_HERE)
        return view_decision(session, row), heard, found


def form_values(heard: Heard) -> dict[str, str | None]:
    """Return the fields of the form for what was said so far."""
    said = None if heard.judgement == "open" else heard.judgement
    return {"judgement": said, "reason_cy": heard.reason.cy, "reason_en": heard.reason.en}


def show_form(
    decision: DecisionView, heard: Heard, found: StoriesToCite, form: JudgeForm
) -> ResponseReturnValue:
    """Show what was heard and the form."""
    values = {"decision": decision, "heard": heard, "found": found, "form": form, "twin_form": "judge"}
    return make_response(render_template("staff/heard.html", **values), 422 if form.errors else 200)
