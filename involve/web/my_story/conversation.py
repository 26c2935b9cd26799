"""A teller who talks with the staff by code: answering what was asked, declining to, or writing first."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from involve.i18n import lazy_gettext as _l
from involve.services.tellers.conversation import (
    Conversation,
    Said,
    SaidEnough,
    decline_to_answer,
    read_conversation,
    write_to_staff,
)
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.my_story import blueprint
from involve.web.my_story.conversation_forms import AnswerForm, MessageForm
from involve.web.my_story.opened import require_story
from involve.web.my_story.views import back_to_story
from involve.web.site import site

SENT = _l("Thank you. The staff who read your story will read this too.")
DECLINED = _l("That is all right. The staff see that you would rather not answer.")
ENOUGH = _l("You have written as often as one can in a day. Your words are still here: send them tomorrow.")
NOT_WAITING = _l("This question does not wait for an answer any more.")


@page(blueprint, cy="/fy-stori/sgwrs", en="/my-story/conversation", methods=("GET", "POST"))
def write_to_staff_here() -> ResponseReturnValue:
    """Say something more to the staff."""
    story_id, form = require_story(), MessageForm()
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_message_form(story_id, form, 422 if form.errors else 200)
    if not keep_words(story_id, form):
        return show_message_form(story_id, form, 429)
    return back_to_story("conversation")


@page(
    blueprint,
    cy="/fy-stori/cwestiynau/<int:question_id>",
    en="/my-story/questions/<int:question_id>",
    methods=("GET", "POST"),
)
def answer_question(question_id: int) -> ResponseReturnValue:
    """Answer a question of the staff, or say that I would rather not."""
    story_id, form = require_story(), AnswerForm()
    question = find_question(story_id, question_id)
    if question is None:
        flash(NOT_WAITING, "warn")
        return back_to_story("conversation")
    if request.form.get("go") == "decline" and "switch" not in request.form:
        with site().writing() as session:
            decline_to_answer(session, story_id, question_id, site().clock())
        flash(DECLINED, "good")
        return back_to_story("conversation")
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_answer_form(question, form, 422 if form.errors else 200)
    if not keep_words(story_id, form, question_id):
        return show_answer_form(question, form, 429)
    return back_to_story("conversation")


def keep_words(story_id: int, form: AnswerForm | MessageForm, about: int | None = None) -> bool:
    """Keep what was written and say so; where it was enough for one day the form says that instead."""
    try:
        with site().writing() as session:
            write_to_staff(session, story_id, form.text.data, site().clock(), about)
    except SaidEnough:
        form.text.errors = [ENOUGH]
        return False
    flash(SENT, "good")
    return True


def read_here(story_id: int) -> Conversation:
    """Return what was said; the teller sees all of it now."""
    with site().writing() as session:
        return read_conversation(session, story_id, "participant", site().clock())


def find_question(story_id: int, question_id: int) -> Said | None:
    """Return a question that waits for the teller."""
    waiting = read_here(story_id).waiting
    return next((each for each in waiting if each.id == question_id), None)


def show_message_form(story_id: int, form: MessageForm, status: int) -> ResponseReturnValue:
    """Show what was said so far, and the box."""
    values = {"conversation": read_here(story_id), "form": form, "twin_form": "message"}
    return make_response(render_template("my_story/message.html", **values), status)


def show_answer_form(question: Said, form: AnswerForm, status: int) -> ResponseReturnValue:
    """Show a question and the box for its answer."""
    values = {"question": question, "form": form, "twin_form": "answer"}
    return make_response(render_template("my_story/answer.html", **values), status)
