"""The queue of stories that wait for a person."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.services.access import projects_where
from involve.services.meanings import list_signified_stages
from involve.services.queue import PAGE, count_queue, list_queue
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.states import STORY_STATES
from involve.web.addresses import page
from involve.web.errors import show_explanation
from involve.web.explanations import SIGNED_OUT
from involve.web.security import is_signed_in, signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.collecting import first_page

STATES = tuple(state for state in STORY_STATES if state.id != "withdrawn")
LAST = 1_000_000


@blueprint.before_request
def require_sign_in() -> ResponseReturnValue | None:
    """Send whoever is not signed in to the sign-in page, and back afterwards; what they typed stays on the page."""
    if is_signed_in():
        return None
    if request.method == "POST":
        return show_explanation(SIGNED_OUT)
    wanted = request.full_path if request.query_string else request.path
    return redirect(url_for("accounts.sign_in", next=wanted), 303)


@page(blueprint, cy="/staff", en="/staff")
def show_queue() -> ResponseReturnValue:
    """See what waits, risk of harm first, then the oldest."""
    state = request.args.get("state", "open")
    state = state if state in {each.id for each in STATES} else "open"
    start = request.args.get("start", 0, type=int)
    start = start if 0 <= start <= LAST else 0
    actor = signed_in()
    if not actor.may_anywhere("read_queue"):
        return first_page() or render_template("staff/no_queue.html")
    with site().reading() as session:
        items = list_queue(session, actor, state, start)
        counts = count_queue(session, actor)
        projects = projects_where(session, actor, "reply")
        meanings = list_signified_stages(session, actor)
    return render_template(
        "staff/queue.html",
        items=items,
        counts=counts,
        meanings=meanings,
        states=STATES,
        chosen=state,
        ticked=frozenset(request.args.getlist("story")),
        start=start,
        newer=max(start - PAGE, 0) if start else None,
        older=start + PAGE if len(items) == PAGE else None,
        answering=[(project.slug, Bilingual(project.name_cy, project.name_en)) for project in projects],
    )
