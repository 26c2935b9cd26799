"""My insights: what became of each, and correcting or taking back what I said."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import NotAllowed
from involve.i18n import lazy_gettext as _l
from involve.services.backups.withdrawals import WITHDRAWN
from involve.services.insights.insight_figures import count_reach
from involve.services.insights.insight_views import InsightView
from involve.services.insights.insights import (
    PAGE,
    InsightAnswered,
    correct_insight,
    habits_of,
    list_own,
    note_answers_read,
    read_own,
    withdraw_insight,
)
from involve.services.projects.signposts import list_signposts
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.help import part_help
from involve.web.insights import blueprint
from involve.web.insights.forms import InsightForm, Noticed
from involve.web.security import signed_in
from involve.web.site import site

CORRECTED = _l("Your insight is corrected.")
DELETED = _l("Your insight is deleted. Its words are gone.")
ANSWERED = _l(
    "Somebody answered it meanwhile, and the answer is about the words that stood there. Log what you want to add as "
    "another insight."
)
LAST = 1_000_000


@page(blueprint, cy="/staff/fy-mewnwelediadau", en="/staff/my-insights")
def show_mine() -> str:
    """See what became of what I logged."""
    actor = signed_in()
    if not actor.may_anywhere("log_insight"):
        raise NotAllowed("log_insight")
    start = min(max(request.args.get("start", 0, type=int), 0), LAST)
    with site().writing() as session:
        insights = list_own(session, actor, start)
        # After several at once, what to do where one of them speaks of harm.
        at_risk = "risk" in request.args and any(each.at_risk for each in insights)
        help_parts = part_help(list_signposts(session)) if at_risk else None
        figures = count_reach(session, actor)
        note_answers_read(session, actor, [each.id for each in insights if each.new], site().clock())
    return render_template(
        "insights/mine.html",
        insights=insights,
        help_parts=help_parts,
        figures=figures,
        newer=max(start - PAGE, 0) if start else None,
        older=start + PAGE if len(insights) == PAGE else None,
    )


@page(
    blueprint,
    cy="/staff/mewnwelediadau/<int:insight_id>/cywiro",
    en="/staff/insights/<int:insight_id>/correct",
    methods=("GET", "POST"),
)
def correct_mine(insight_id: int) -> ResponseReturnValue:
    """Correct what I said, until it is answered."""
    actor = signed_in()
    with site().reading() as session:
        insight = read_own(session, actor, insight_id)
        form = InsightForm(
            [(insight.project_slug, insight.project)], habits_of(session, actor), insight, whole=True
        )
    if request.method == "GET" or "switch" in request.form or not form.validate():
        return show_correction(insight, form)
    noticed = form.notice()
    if noticed:
        return show_correction(insight, form, noticed)
    # A number that was counted stays while its band does.
    people = insight.people if form.band.data == insight.band else None
    try:
        with site().writing() as session:
            correct_insight(session, actor, insight_id, form.draft(people), site().clock())
    except InsightAnswered:
        form.form_errors.append(ANSWERED)
        return show_correction(insight, form)
    flash(CORRECTED, "good")
    return redirect(url_for("insights.show_mine"), 303)


@page(
    blueprint,
    cy="/staff/mewnwelediadau/<int:insight_id>/dileu",
    en="/staff/insights/<int:insight_id>/delete",
    methods=("GET", "POST"),
)
def delete_mine(insight_id: int) -> ResponseReturnValue:
    """Take back what I said, once I have seen what goes."""
    actor = signed_in()
    if request.method == "GET":
        with site().reading() as session:
            insight = read_own(session, actor, insight_id)
        return render_template("insights/delete.html", insight=insight)
    with site().writing() as session:
        gone = withdraw_insight(session, actor, insight_id, site().clock())
        site().note_taken_back(WITHDRAWN, gone)
    flash(DELETED, "good")
    return redirect(url_for("insights.show_mine"), 303)


def show_correction(
    insight: InsightView, form: InsightForm, noticed: Noticed | None = None
) -> ResponseReturnValue:
    """Show the form of a correction."""
    body = render_template(
        "insights/correct.html", insight=insight, form=form, noticed=noticed, twin_form="insight"
    )
    return make_response(body, 422 if form.errors else 200)
