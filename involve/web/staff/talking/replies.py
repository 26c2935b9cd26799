"""Answering one story or many: written, looked at in both languages, then sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.services.moderation.queue import PAGE
from involve.services.moderation.replies import languages_needed, reply_to_stories, unanswered_stories
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.forms import ReplyForm
from involve.web.staff.moderation.queue_asked import QUEUE_NAMES

MISSING = {
    "cy": _l("Write the answer in Welsh: someone chose to be answered in it, or it is for everyone"),
    "en": _l("Write the answer in English: someone chose to be answered in it, or it is for everyone"),
}
NO_STORY = _l("Choose one story or more of one project, to answer them")
SENT = _l("The answer is on its way: each teller finds it with their code, in the language that they chose.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The stories to answer: their references, how many tellers want each language, and what the form carries along."""

    references: tuple[str, ...]
    needed: dict[str, int]
    carried: list[tuple[str, str]]


@page(blueprint, cy="/staff/atebion/newydd", en="/staff/replies/new", methods=("GET", "POST"))
def write_reply() -> ResponseReturnValue:
    """Write an answer, look at it, send it."""
    form = ReplyForm()
    try:
        chosen = choose_stories()
    except BadInput:
        flash(NO_STORY, "warn")
        return redirect(url_for("staff.show_queue", **back_in_queue()), 303)
    if request.method == "GET" or "switch" in request.form or request.form.get("go") == "write":
        return show_reply(form, chosen, preview="looking" in request.form and "switch" in request.form)
    if not form.validate() or refuse_missing(form, chosen):
        return show_reply(form, chosen, 422)
    if request.form.get("go") != "send":
        return show_reply(form, chosen, preview=True)
    send_reply(form, chosen)
    flash(SENT, "good")
    return redirect(url_for("staff.show_queue"), 303)


def back_in_queue() -> dict[str, Any]:
    """Return where in the queue the stories were ticked, and which, so that no tick is lost."""
    kept = {name: request.values[name] for name in QUEUE_NAMES if name in request.values}
    return {**kept, "story": request.values.getlist("story")[:PAGE]}


def send_reply(form: ReplyForm, chosen: Chosen) -> None:
    """Keep the answer for each of the stories."""
    words = (form.text_cy.data or "", form.text_en.data or "")
    with site().writing() as session:
        now = site().clock()
        reply_to_stories(session, signed_in(), chosen.references, *words, now, public=form.public.data)


def choose_stories() -> Chosen:
    """Return the stories asked for: those named, or all of a project that nobody had answered when the page was opened.

    Raises:
        BadInput: there are none, or they are of several projects.
        NotFound, NotAllowed: one is not there, or is not this person's to answer.
    """
    actor, project = signed_in(), request.values.get("project")
    with site().reading() as session:
        if project:
            told_by = read_moment(request.values.get("told_by", ""))
            references = unanswered_stories(session, actor, project, told_by)
            carried = [("project", project), ("told_by", told_by.isoformat())]
        else:
            references = tuple(dict.fromkeys(request.values.getlist("story")))
            carried = [("story", reference) for reference in references]
        return Chosen(references, languages_needed(session, actor, references), carried)


def read_moment(typed: str) -> datetime:
    """Return the moment in *typed* (ISO 8601, with its zone), or now."""
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return site().clock()
    return moment if moment.tzinfo else site().clock()


def refuse_missing(form: ReplyForm, chosen: Chosen) -> bool:
    """Whether the answer lacks a language that it needs; the fields then say so."""
    needed = {"cy", "en"} if form.public.data else set(chosen.needed)
    missing = [language for language in needed if not (form[f"text_{language}"].data or "").strip()]
    for language in missing:
        form[f"text_{language}"].errors = [MISSING[language]]
    return bool(missing)


def show_reply(
    form: ReplyForm, chosen: Chosen, status: int = 200, preview: bool = False
) -> ResponseReturnValue:
    """Show the boxes, or what the tellers will read."""
    template = "staff/reply_preview.html" if preview else "staff/reply.html"
    values = {"form": form, "chosen": chosen, "twin_form": "reply"}
    return make_response(render_template(template, **values), status)
