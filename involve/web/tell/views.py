"""The steps of telling a story, and the receipt.

Every answer travels in the form itself, so that a page can be left open, sent twice or read in the other language
without a session, a cookie or anything on the server (decision 0002).
"""

from typing import Any

import segno
from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from involve.errors import Conflict, StageClosed
from involve.services.projects.privacy import asks_expressly, show_privacy
from involve.services.projects.project_views import ProjectView
from involve.services.projects.projects import get_project
from involve.services.projects.signifiers import list_signifiers
from involve.services.projects.signposts import list_signposts
from involve.services.stories.collect import CodeHandedOver
from involve.services.stories.tell import Receipt, find_told_stage
from involve.services.stories.tell import tell_story as keep_story
from involve.web.addresses import page
from involve.web.help import part_help
from involve.web.limits import SENDING, limiter
from involve.web.site import site
from involve.web.tell import blueprint
from involve.web.tell.collecting import (
    HANDED,
    HAS_CODE,
    leave_teller,
    note_handed_over,
    was_handed_over,
    was_told,
)
from involve.web.tell.forms import TellForm, open_form, sent_id

# A field that people do not see; what fills it in is a program.
TRAP = "website"
# Says that the person has seen their answers together.
CHECKED = "checked"
# A text that is far too long must come back whole: 100,000 words of a script that takes nine bytes a letter in a form.
LARGEST_FORM = 8 * 1024 * 1024


@blueprint.url_value_preprocessor
def take_long_texts(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Read longer forms here than elsewhere on the site; this comes before anything else reads the form."""
    request.max_content_length = request.max_form_memory_size = LARGEST_FORM


def is_sending() -> bool:
    """Whether this request is to keep the story, not to go from one step to another."""
    if request.method == "POST" and request.form.get("go") == HANDED:
        return False
    return request.method == "POST" and "sent" in (request.form.get("go"), request.form.get("step"))


@page(blueprint, cy="/prosiectau/<slug>/dweud", en="/projects/<slug>/tell", methods=("GET", "POST"))
@limiter.limit(SENDING, exempt_when=lambda: not is_sending())
def tell_story(slug: str) -> ResponseReturnValue:
    """Tell a story, one question a page."""
    with site().reading() as session:
        project = get_project(session, slug, site().today)
        # A receipt that is loaded again holds the questions of the stage in which its story was told.
        told = find_told_stage(session, sent_id(request.form), site().settings.code_key)
        signifiers = list_signifiers(session, told or project.current.id)
        expressly = asks_expressly(session, project.id)
    form = open_form(request.form, signifiers, expressly)
    if form.collecting and was_handed_over(form):
        return leave_teller(slug)
    if form.collecting and request.form.get("go") == HANDED:
        return take_code_away(form, project)
    if is_sending():
        return send(form, project)
    if not project.open:
        return show_closed(form, project, 409 if request.method == "POST" else 200)
    if request.method != "POST":
        return show_step("story", form, project)
    return go_on(form, project)


def take_code_away(form: TellForm, project: ProjectView) -> ResponseReturnValue:
    """Let go of a story whose teller has the code; without that word the receipt stays, and says what is missing."""
    if HAS_CODE in request.form and note_handed_over(form):
        return leave_teller(project.slug)
    # This way is not counted by the limit on sending, so it keeps no new story.
    return send(form, project, 422) if was_told(form) else show_step("check", form, project)


def go_on(form: TellForm, project: ProjectView) -> ResponseReturnValue:
    """Show the step that the pressed button leads to: forward only past answers that can be taken."""
    step = request.form.get("step", "")
    steps = form.steps
    step = step if step in steps else "story"
    target = request.form.get("go")
    if "switch" in request.form:
        return show_step(step, form, project)
    if target in steps:
        return show_step(target, form, project)
    # Who comes from the last page to change one answer goes straight back to it.
    following = "check" if CHECKED in request.form else steps[min(steps.index(step) + 1, len(steps) - 1)]
    # Answers of earlier steps are looked at again: they came from the browser, which may have lost some.
    for earlier in steps[: steps.index(following)]:
        if not form.check(earlier):
            return show_step(earlier, form, project, 422)
    return show_step(following, form, project)


def send(form: TellForm, project: ProjectView, status: int = 200) -> ResponseReturnValue:
    """Keep the story and show the receipt with that status; whatever is wrong, everything typed comes back."""
    wrong = form.first_wrong()
    if wrong is not None:
        return show_step(wrong, form, project, 422)
    if request.form.get(TRAP):
        return show_step("check", form, project, 422, again="robot")
    try:
        with site().writing() as session:
            receipt = keep_story(session, form.draft(project.slug), site().clock(), site().settings.code_key)
    except StageClosed:
        return show_closed(form, project, 409)
    except CodeHandedOver:
        return leave_teller(project.slug)
    except Conflict:
        answers = form.answers.items(multi=True)
        kept = MultiDict((name, value) for name, value in answers if name != "client_id")
        fresh = open_form(kept, form.signifiers, form.expressly)
        return show_step("check", fresh, project, 409, again="sent_before")
    site().carry_out(receipt.job_id)
    return show_receipt(form, project, receipt, status)


def show_step(
    step: str, form: TellForm, project: ProjectView, status: int = 200, again: str | None = None
) -> ResponseReturnValue:
    """Show one step with what was answered so far; `again` says why a story must be sent once more."""
    wrong = form.first_wrong() if step == "check" else None
    if wrong is not None:
        # The last page shows only answers that can be taken, however someone came to it.
        step, status = wrong, 422
    with site().reading() as session:
        signposts = list_signposts(session)
        privacy = show_privacy(session, project.id)
    checked = [(CHECKED, "1")] if step == "check" or CHECKED in form.answers else []
    values: dict[str, Any] = {
        "form": form,
        "project": project,
        "step": step,
        "number": form.steps.index(step) + 1,
        "steps": len(form.steps),
        "carried": [*form.carried(step), *checked],
        "back": form.steps[max(form.steps.index(step) - 1, 0)],
        "signposts": signposts,
        "privacy": privacy,
        "twin_form": "tell",
        "trap": TRAP,
        "again": again,
        "meanings": [form[name] for name in form.questions("meaning")] if form.signifiers else [],
    }
    return make_response(render_template(f"tell/{step}.html", **values), status)


def show_closed(form: TellForm, project: ProjectView, status: int) -> ResponseReturnValue:
    """Say that the project takes no stories, and give back what was typed."""
    typed = bool(form.answers)
    carried = [*form.carried("story"), ("step", "story")]
    values = {"form": form, "project": project, "carried": carried, "twin_form": "tell" if typed else None}
    return make_response(render_template("tell/closed.html", typed=typed, **values), status)


def show_receipt(
    form: TellForm, project: ProjectView, receipt: Receipt, status: int = 200
) -> ResponseReturnValue:
    """Show the code. Loading the page again sends the same thing again, which changes nothing."""
    with site().reading() as session:
        signposts = list_signposts(session)
    at_risk = site().speaks_of_danger(receipt.story_id)
    root = site().settings.public_url.rstrip("/") or request.host_url.rstrip("/")
    address = root + url_for("my_story.open_story")
    values = {
        "receipt": receipt,
        "project": project,
        "carried": [*form.carried("check"), ("step", "sent")],
        "address": address,
        "qr": draw_code(f"{address}#{receipt.code}"),
        "signposts": part_help(signposts),
        "at_risk": at_risk,
        "twin_form": "receipt",
        "has_errors": status >= 400,
    }
    template = "tell/receipt_collected.html" if form.collecting else "tell/receipt.html"
    return make_response(render_template(template, **values), status)


def draw_code(address: str) -> Markup:
    """Return a QR code as SVG. The code stands after #, which a browser does not send to anyone."""
    drawing = segno.make(address, error="m", micro=False)
    return Markup(drawing.svg_inline(scale=4, border=2, omitsize=True, svgclass=None, lineclass=None))  # noqa: S704  ours
