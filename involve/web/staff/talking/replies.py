"""Answering one story or many: written, looked at in both languages, then sent."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.i18n import lazy_ngettext as _n
from involve.services.moderation.queue import PAGE
from involve.services.moderation.replies import Answer, Sent, answer_stories
from involve.services.telling.answer_templates import SavedAnswer, begin_with, list_saved_answers
from involve.services.telling.fields import FieldRefused
from involve.services.telling.previewing import Preview, preview_answer
from involve.vocabulary.answer_fields import ANSWER_FIELDS
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.forms import ReplyForm
from involve.web.staff.moderation.queue_asked import QUEUE_NAMES
from involve.web.staff.talking.chosen import Chosen, choose_stories
from involve.web.staff.talking.field_words import explain_field

MISSING = {
    "cy": _l("Write the answer in Welsh: someone chose to be answered in it, or it is for everyone"),
    "en": _l("Write the answer in English: someone chose to be answered in it, or it is for everyone"),
}
NO_STORY = _l("Choose one story or more of one project, to answer them")
GONE = _l("Nobody is left to answer: everyone whom you chose has taken their story back.")
ALL_TOLD = _l("Everyone there has been told already.")
TOLD_BEFORE = _l("Everyone there was told these words before. Nobody is told them twice.")
SENT = _l("The answer is on its way: each teller finds it with their code, in the language that they chose.")
PICK = _l("Choose a saved answer first.")
REFUSED = {"stories": NO_STORY, "gone": GONE, "told": ALL_TOLD}


@page(blueprint, cy="/staff/atebion/newydd", en="/staff/replies/new", methods=("GET", "POST"))
def write_reply() -> ResponseReturnValue:
    """Write an answer, look at it, send it."""
    form = ReplyForm()
    try:
        chosen = choose_stories()
    except BadInput as refused:
        flash(REFUSED.get(str(refused), NO_STORY), "warn")
        return redirect(way_back(), 303)
    if request.form.get("go") == "begin" and "switch" not in request.form:
        begin_from_saved(form, chosen)
        return show_reply(form, chosen)
    if request.method == "GET" or "switch" in request.form or request.form.get("go") == "write":
        looking = "looking" in request.form and "switch" in request.form
        return show_reply(form, chosen, previews=look(form, chosen) if looking else ())
    previews = look(form, chosen) if form.validate() and not refuse_missing(form, chosen) else ()
    if not previews:
        return show_reply(form, chosen, 422)
    if request.form.get("go") != "send":
        return show_reply(form, chosen, previews=previews)
    say_sent(send_reply(form, chosen))
    return redirect(way_back(), 303)


def way_back() -> str:
    """Return where an answer was begun: the outbox of a project, or where in the queue the stories were ticked."""
    project = request.values.get("outbox")
    if project:
        return url_for("staff.show_outbox", slug=project)
    sent = request.form.get("go") == "send"
    return url_for("staff.show_queue", **({} if sent else back_in_queue()))


def back_in_queue() -> dict[str, Any]:
    """Return where in the queue the stories were ticked, and which, so that no tick is lost."""
    kept = {name: request.values[name] for name in QUEUE_NAMES if name in request.values}
    return {**kept, "story": request.values.getlist("story")[:PAGE]}


def read_answer(form: ReplyForm, chosen: Chosen) -> Answer:
    """Return what is to be said."""
    words = (form.text_cy.data or "", form.text_en.data or "")
    return Answer(*words, public=form.public.data, decision_id=chosen.decision_id)


def look(form: ReplyForm, chosen: Chosen) -> tuple[Preview, ...]:
    """Return the answer as it will be read; nothing where a field in it cannot be filled, and the form says so."""
    try:
        with site().reading() as session:
            return preview_answer(session, chosen.references, read_answer(form, chosen))
    except FieldRefused as refused:
        form[f"text_{refused.language}"].errors = [explain_field(refused)]
        return ()


def find_saved_answers(chosen: Chosen) -> tuple[SavedAnswer, ...]:
    """Return what an answer can begin from."""
    with site().reading() as session:
        return list_saved_answers(session, signed_in(), chosen.project).answers


def begin_from_saved(form: ReplyForm, chosen: Chosen) -> None:
    """Put the words of the saved answer that was picked into the boxes; what somebody wrote there stays."""
    saved = find_saved_answers(chosen)
    picked = next((each for each in saved if str(each.id) == request.form.get("saved")), None)
    if picked is None:
        flash(PICK, "warn")
        return
    for language in ("cy", "en"):
        box, known = form[f"text_{language}"], frozenset(each.words.in_language(language) for each in saved)
        box.data = begin_with(box.data or "", picked.words.in_language(language), known)


def send_reply(form: ReplyForm, chosen: Chosen) -> Sent:
    """Keep the answer for each of the stories."""
    with site().writing() as session:
        everybody = (*chosen.references, *chosen.gone)
        return answer_stories(session, signed_in(), everybody, read_answer(form, chosen), site().clock())


def say_sent(sent: Sent) -> None:
    """Say whom the answer reaches, and whom not."""
    flash(SENT if sent.told else TOLD_BEFORE, "good")
    if sent.told:
        flash(_n("%(num)s person is told.", "%(num)s people are told.", sent.told), "good")
        if sent.before:
            before = _n(
                "%(num)s person had these words before and is not told them twice.",
                "%(num)s people had these words before and are not told them twice.",
                sent.before,
            )
            flash(before, "good")
    if sent.gone:
        flash(taken_back(len(sent.gone)), "warn")


def taken_back(number: int) -> LazyString:
    """Return what is said of stories that were withdrawn since they were chosen."""
    return _n(
        "%(num)s story was taken back since you chose it. Its teller is told nothing; the others are.",
        "%(num)s stories were taken back since you chose them. Their tellers are told nothing; the others are.",
        number,
    )


def refuse_missing(form: ReplyForm, chosen: Chosen) -> bool:
    """Whether the answer lacks a language that it needs; the fields then say so."""
    needed = {"cy", "en"} if form.public.data else set(chosen.needed)
    missing = [language for language in needed if not (form[f"text_{language}"].data or "").strip()]
    for language in missing:
        form[f"text_{language}"].errors = [MISSING[language]]
    return bool(missing)


def show_reply(
    form: ReplyForm, chosen: Chosen, status: int = 200, previews: tuple[Preview, ...] = ()
) -> ResponseReturnValue:
    """Show the boxes, or what the tellers will read."""
    template = "staff/reply_preview.html" if previews else "staff/reply.html"
    gone = taken_back(len(chosen.gone)) if chosen.gone else ""
    values = {"form": form, "chosen": chosen, "previews": previews, "gone": gone, "fields": ANSWER_FIELDS}
    saved = () if previews else find_saved_answers(chosen)
    picked = request.form.get("saved", "")
    body = render_template(template, **values, saved=saved, picked=picked, twin_form="reply")
    return make_response(body, status)
