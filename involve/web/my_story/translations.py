"""The translation of my story: its teller says where it is not what they meant."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms.validators import Optional

from involve.i18n import lazy_gettext as _l
from involve.services.tellers.my_translation import (
    LONGEST_QUESTION,
    list_my_translations,
    question_translation,
)
from involve.web.addresses import page
from involve.web.fields import WordsField
from involve.web.flashes import flash
from involve.web.my_story import blueprint
from involve.web.my_story.opened import require_story
from involve.web.my_story.views import back_to_story
from involve.web.site import site

TAKEN_DOWN = _l("Thank you. Nobody can read that translation any more. Your own words stay as they are.")
GONE = _l("This translation is not public any more.")


class QuestionForm(FlaskForm):  # type: ignore[misc]
    """What is wrong with a translation, in the teller’s words; it may be left empty."""

    words = WordsField(
        _l("What is wrong with it?"),
        [Optional()],
        limit=LONGEST_QUESTION,
        description=_l(
            "You do not have to write anything. Those who translate read it, in Welsh or in English. "
            "At most 1,000 characters."
        ),
    )


@page(
    blueprint,
    cy="/fy-stori/cyfieithiad/<target>",
    en="/my-story/translation/<target>",
    methods=("GET", "POST"),
)
def question_my_translation(target: str) -> ResponseReturnValue:
    """Say that a translation of my story is not what I meant."""
    story_id, form = require_story(), QuestionForm()
    with site().reading() as session:
        translation = list_my_translations(session, story_id).into(target)
    if translation is None:
        flash(GONE, "warn")
        return back_to_story("translations")
    if request.method != "POST" or "switch" in request.form or not form.validate():
        values = {"form": form, "translation": translation, "twin_form": "question"}
        body = render_template("my_story/translation.html", **values)
        return make_response(body, 422 if form.errors else 200)
    with site().writing() as session:
        question_translation(session, story_id, target, form.words.data or "", site().clock())
    flash(TAKEN_DOWN, "good")
    return back_to_story("translations")
