"""Judging several stories at once: looked at line by line first, then done, and undone together."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms.validators import Optional

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.i18n import lazy_ngettext as _n
from involve.i18n import page_language
from involve.services.moderation.several import DECLINED_FOR, MOST, judge_several, plan_several, undo_several
from involve.vocabulary.reasons import reasons_for
from involve.web.addresses import page
from involve.web.fields import PickField, choice
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.moderation.moderation_form import REASON_NEEDED
from involve.web.staff.moderation.queue_asked import read_filter, write_filter
from involve.web.staff.moderation.undo_offer import offer_undo

VERDICTS = ("published", "held", "declined")
NO_STORY = _l("Choose one story or more, and what is to become of them")
WHY_NOT = {
    "not_there": _l("It is not there, or not yours to judge."),
    "already": _l("It is so already."),
    "unread": _l("The software has not read it yet."),
    "noticed": _l("The software noticed something: open it and judge it alone."),
    "not_agreed": _l("Its teller did not agree to its being published."),
    "not_opened": _l("You have not opened it: read it first."),
    "grave": _l("A second person must agree: open it and judge it alone."),
    "no_spam": _l("Nothing says that it is not a story: open it and judge it alone."),
    "changed": _l("Somebody changed it meanwhile."),
}


class SeveralForm(FlaskForm):  # type: ignore[misc]
    """Why several stories are held or declined."""

    reason = PickField(_l("Why"), [Optional()], description=_l("Each teller reads it."))

    def __init__(self, verdict: str) -> None:
        super().__init__()
        fit = [each for each in reasons_for(verdict) if verdict != "declined" or each.id in DECLINED_FOR]
        self.reason.choices = [choice("", _l("Choose a reason"))]
        self.reason.choices += [choice(each.id, each.name.in_language(page_language())) for each in fit]


@page(blueprint, cy="/staff/sawl-stori", en="/staff/several", methods=("GET", "POST"))
def judge_several_stories() -> ResponseReturnValue:
    """See what one press would do to each of the chosen stories, then do it."""
    verdict, wanted = request.values.get("verdict", ""), write_filter(read_filter(request.args))
    references = request.values.getlist("story")[:MOST]
    try:
        with site().writing() as session:
            plan = plan_several(session, signed_in(), references, verdict)
    except BadInput:
        flash(NO_STORY, "warn")
        return redirect(url_for("staff.show_queue", **wanted, story=references), 303)
    form = SeveralForm(verdict)
    sent = request.method == "POST" and "switch" not in request.form
    if sent and form.validate() and not _refuse_missing(form, verdict):
        return _do(verdict, form.reason.data or None, wanted)
    values = {"plan": plan, "verdict": verdict, "form": form, "asked": wanted, "why_not": WHY_NOT}
    return make_response(
        render_template("staff/several.html", twin_form="several", **values), 422 if form.errors else 200
    )


@page(blueprint, cy="/staff/sawl-stori/dadwneud", en="/staff/several/undo", methods=("GET", "POST"))
def undo_several_steps() -> ResponseReturnValue:
    """Undo what was done with one press."""
    if request.method == "POST":
        with site().writing() as session:
            undone, left = undo_several(
                session, signed_in(), request.form.get("together", ""), site().clock()
            )
        flash(
            _n("Undone for %(num)s story.", "Undone for %(num)s stories.", undone),
            "good" if undone else "warn",
        )
        if left:
            flash(
                _n(
                    "%(num)s story stays: something was done with it since.",
                    "%(num)s stories stay: something was done with them since.",
                    left,
                ),
                "warn",
            )
    return redirect(url_for("staff.show_queue", **write_filter(read_filter(request.args))), 303)


def _do(verdict: str, reason: str | None, wanted: dict[str, str]) -> ResponseReturnValue:
    """Judge the stories under the versions that were shown, say what came of it, and go back to the queue."""
    pairs = (each.partition(":") for each in request.form.getlist("version")[:MOST])
    versions = {reference: version for reference, _, version in pairs}
    with site().writing() as session:
        done = judge_several(session, signed_in(), versions, verdict, reason, site().clock())
    for job_id in done.job_ids:
        site().carry_out(job_id)
    if done.done:
        offer_undo("together", done.together)
    said = {
        "published": _n("%(num)s story is published.", "%(num)s stories are published.", len(done.done)),
        "held": _n("%(num)s story is held back.", "%(num)s stories are held back.", len(done.done)),
        "declined": _n("%(num)s story is declined.", "%(num)s stories are declined.", len(done.done)),
    }
    flash(said[verdict], "good" if done.done else "warn")
    if done.left_out:
        flash(_n("%(num)s story was left out.", "%(num)s stories were left out.", len(done.left_out)), "warn")
    return redirect(url_for("staff.show_queue", **wanted), 303)


def _refuse_missing(form: SeveralForm, verdict: str) -> bool:
    """Whether a reason is needed and was not chosen; the field then says so."""
    missing = verdict != "published" and not form.reason.data
    if missing:
        form.reason.errors = [REASON_NEEDED]
    return missing
