"""Logging what I keep hearing: one page, one press, and what happens now."""

from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import Conflict, NotAllowed
from involve.i18n import lazy_gettext as _l
from involve.services.insights.insight_matches import find_like_stories
from involve.services.insights.insight_views import InsightView
from involve.services.insights.insights import habits_of, list_logging, read_own
from involve.services.insights.insights import log_insight as keep_insight
from involve.services.projects.signposts import list_signposts
from involve.web.addresses import page
from involve.web.help import part_help
from involve.web.insights import blueprint
from involve.web.insights.forms import InsightForm, Noticed
from involve.web.security import signed_in
from involve.web.site import site

SENT_ALREADY = _l(
    "This form was sent before and is logged. What stands here now is different: send it again to log it as another "
    "one, or correct the first one under “My insights”."
)


@page(blueprint, cy="/staff/mewnwelediadau/newydd", en="/staff/insights/new", methods=("GET", "POST"))
def log_insight() -> ResponseReturnValue:
    """Log what I keep hearing."""
    form = open_form()
    if request.method == "GET" or "switch" in request.form or not form.validate():
        return show_form(form)
    noticed = form.notice()
    if noticed:
        return show_form(form, noticed)
    try:
        with site().writing() as session:
            settings, client_id = site().settings, UUID(form.client_id.data)
            now = site().clock()
            insight_id = keep_insight(session, signed_in(), form.draft(), client_id, now, settings.code_key)
    except Conflict:
        form.renew()
        form.form_errors.append(SENT_ALREADY)
        return show_form(form)
    return redirect(url_for("insights.show_kept", insight_id=insight_id), 303)


@page(
    blueprint, cy="/staff/mewnwelediadau/<int:insight_id>/diolch", en="/staff/insights/<int:insight_id>/kept"
)
def show_kept(insight_id: int) -> str:
    """See that it is kept, and what happens now."""
    with site().reading() as session:
        insight = read_own(session, signed_in(), insight_id)
        stories = find_like_stories(session, signed_in(), insight_id)
        help_parts = part_help(list_signposts(session)) if insight.at_risk else None
    return render_template("insights/kept.html", insight=insight, stories=stories, help_parts=help_parts)


def open_form() -> InsightForm:
    """Return the form with what this person chose last time, or what the insight says that it is to be like.

    Raises:
        NotAllowed: this person logs nothing anywhere.
    """
    actor, like = signed_in(), request.args.get("like", type=int)
    if not actor.may_anywhere("log_insight"):
        raise NotAllowed("log_insight")
    with site().reading() as session:
        model: InsightView | None = read_own(session, actor, like) if like else None
        return InsightForm(list_logging(session, actor), habits_of(session, actor), model)


def show_form(form: InsightForm, noticed: Noticed | None = None) -> ResponseReturnValue:
    """Show the form, and what in it seems to name someone."""
    body = render_template("insights/log.html", form=form, noticed=noticed, twin_form="insight")
    return make_response(body, 422 if form.errors else 200)
