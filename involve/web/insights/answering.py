"""Reading what staff keep hearing, oldest first, and answering one or several at once."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput, NotAllowed
from involve.i18n import lazy_gettext as _l
from involve.services.insights.insight_answers import (
    Answering,
    InsightFilter,
    list_insights,
    open_answering,
    read_insight,
)
from involve.services.insights.insight_answers import answer_insights as keep_answer
from involve.services.insights.insight_figures import count_reach
from involve.services.insights.insight_matches import find_matches, judge_insight, judge_story
from involve.services.insights.insights import PAGE
from involve.services.staff.access import projects_where
from involve.vocabulary.areas import AREAS
from involve.vocabulary.bilingual import Bilingual
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.insights import blueprint
from involve.web.insights.answer_forms import AnswerForm
from involve.web.insights.mine import LAST
from involve.web.security import signed_in
from involve.web.site import site

CHOOSE = _l("Choose one insight or more of one project, to answer them")
SENT = _l("The answer is there. Whoever logged it finds it under “My insights”.")
NOTED = _l("What you said is kept.")


@page(blueprint, cy="/staff/mewnwelediadau", en="/staff/insights")
def show_insights() -> str:
    """See what staff keep hearing in my projects, the longest unanswered first."""
    actor = signed_in()
    if not actor.may_anywhere("read_insights"):
        raise NotAllowed("read_insights")
    start = min(max(request.args.get("start", 0, type=int), 0), LAST)
    wanted = InsightFilter(
        request.args.get("project") or None,
        request.args.get("area") or None,
        request.args.get("answered") != "all",
    )
    with site().reading() as session:
        insights = list_insights(session, actor, wanted, start)
        projects = projects_where(session, actor, "read_insights")
        figures = count_reach(session, actor)
    return render_template(
        "insights/list.html",
        insights=insights,
        wanted=wanted,
        projects=[(row.slug, Bilingual(row.name_cy, row.name_en)) for row in projects],
        areas=AREAS,
        figures=figures,
        ticked=frozenset(request.args.getlist("insight")),
        query=_query(),
        newer=max(start - PAGE, 0) if start else None,
        older=start + PAGE if len(insights) == PAGE else None,
    )


@page(blueprint, cy="/staff/mewnwelediadau/<int:insight_id>", en="/staff/insights/<int:insight_id>")
def show_insight(insight_id: int) -> str:
    """See an insight, what says the same, and what was answered."""
    with site().writing() as session:
        insight = read_insight(session, signed_in(), insight_id, site().clock())
        matches = find_matches(session, signed_in(), insight_id)
    return render_template("insights/insight.html", insight=insight, matches=matches)


@page(
    blueprint,
    cy="/staff/mewnwelediadau/<int:insight_id>/yr-un-peth",
    en="/staff/insights/<int:insight_id>/same",
    methods=("POST",),
)
def match_insight(insight_id: int) -> ResponseReturnValue:
    """Say that a story or another insight says the same thing, or that it does not."""
    verdict = request.form.get("verdict") or None
    other = request.form.get("other", type=int)
    with site().writing() as session:
        actor, now = signed_in(), site().clock()
        if other is not None:
            judge_insight(session, actor, insight_id, other, verdict, now)
        else:
            judge_story(session, actor, insight_id, request.form.get("reference", ""), verdict, now)
    flash(NOTED, "good")
    return redirect(url_for("insights.show_insight", insight_id=insight_id), 303)


@page(blueprint, cy="/staff/mewnwelediadau/ateb", en="/staff/insights/answer", methods=("GET", "POST"))
def answer_insights() -> ResponseReturnValue:
    """Answer one insight or several: what came of it, and why."""
    ids = [each for each in request.values.getlist("insight", type=int) if each > 0][:PAGE]
    try:
        with site().reading() as session:
            answering = open_answering(session, signed_in(), ids)
    except BadInput:
        flash(CHOOSE, "warn")
        return redirect(url_for("insights.show_insights", **_query(), insight=ids), 303)
    form = AnswerForm(answering.decisions)
    if request.method == "GET" or "switch" in request.form or not form.validate():
        return show_answer(answering, form)
    try:
        with site().writing() as session:
            jobs = keep_answer(session, signed_in(), ids, form.draft, site().clock())
    except BadInput as error:
        form.refuse(error)
        return show_answer(answering, form)
    for job_id in jobs:
        site().carry_out(job_id)
    flash(SENT, "good")
    return redirect(url_for("insights.show_insights"), 303)


def show_answer(answering: Answering, form: AnswerForm) -> ResponseReturnValue:
    """Show the form of an answer beside what it answers."""
    body = render_template("insights/answer.html", answering=answering, form=form, twin_form="answer")
    return make_response(body, 422 if form.errors else 200)


def _query() -> dict[str, Any]:
    """Return what the reader asked for, to be kept in links."""
    return {
        name: request.values[name] for name in ("project", "area", "answered") if request.values.get(name)
    }
