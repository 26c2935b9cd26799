"""The saved answers of a project: listed, added, changed and removed by those who answer."""

from collections.abc import Mapping

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import InputRequired, Length

from involve.errors import BadInput, LanguageMissing, NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.moderation.replies import LONGEST_REPLY
from involve.services.telling.answer_templates import (
    LONGEST_NAME,
    MOST,
    SavedAnswer,
    SavedAnswers,
    list_saved_answers,
    remove_saved_answer,
    save_answer,
)
from involve.services.telling.fields import FieldRefused
from involve.vocabulary.answer_fields import ANSWER_FIELDS
from involve.vocabulary.bilingual import Bilingual
from involve.web.addresses import page
from involve.web.fields import LineField, WordsField
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.forms import NEEDED
from involve.web.staff.talking.field_words import explain_field

SAVED = _l("The answer is saved. Whoever writes an answer in this project can begin from it.")
REMOVED = _l("The saved answer is removed. What was sent with its words stays.")
MISSING = {"cy": _l("Write it in Welsh too"), "en": _l("Write it in English too")}
_LIMIT = _l("At most 5,000 characters.")
# By the problem: the field that says so, and what it says.
REFUSALS: Mapping[str, tuple[str, object]] = {
    "name": ("name", NEEDED),
    "long": ("name", _l("This is too long: write less")),
    "taken": ("name", _l("Another saved answer has this name. Write another name")),
    "many": (
        "name",
        _l(
            "There are %(number)s saved answers, and there is room for no more. Remove one first", number=MOST
        ),
    ),
}


class SavedAnswerForm(FlaskForm):  # type: ignore[misc]
    """A name for staff, and the words in both languages."""

    name = LineField(
        _l("A name for staff to find it by"),
        [InputRequired(NEEDED), Length(max=LONGEST_NAME, message=_l("At most 100 characters"))],
        description=_l("In Welsh or in English; tellers do not see it. At most 100 characters."),
    )
    text_cy = WordsField(
        _l("The answer in Welsh"), [InputRequired(MISSING["cy"])], limit=LONGEST_REPLY, description=_LIMIT
    )
    text_en = WordsField(
        _l("The answer in English"), [InputRequired(MISSING["en"])], limit=LONGEST_REPLY, description=_LIMIT
    )


@page(blueprint, cy="/staff/prosiectau/<slug>/atebion-parod", en="/staff/projects/<slug>/saved-answers")
def show_saved_answers(slug: str) -> str:
    """See the answers that a project saved to begin from."""
    saved = find_saved(slug)
    return render_template("staff/saved_answers.html", slug=slug, saved=saved, most=MOST)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/atebion-parod/newydd",
    en="/staff/projects/<slug>/saved-answers/new",
    methods=("GET", "POST"),
)
def add_saved_answer(slug: str) -> ResponseReturnValue:
    """Save an answer to begin from."""
    return keep_answer(slug, find_saved(slug), None)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/atebion-parod/<int:template_id>",
    en="/staff/projects/<slug>/saved-answers/<int:template_id>",
    methods=("GET", "POST"),
)
def change_saved_answer(slug: str, template_id: int) -> ResponseReturnValue:
    """Change a saved answer."""
    saved = find_saved(slug)
    answer = next((each for each in saved.answers if each.id == template_id), None)
    if answer is None:
        raise NotFound("answer_template")
    return keep_answer(slug, saved, answer)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/atebion-parod/<int:template_id>/dileu",
    en="/staff/projects/<slug>/saved-answers/<int:template_id>/remove",
    methods=("POST",),
)
def take_saved_answer_away(slug: str, template_id: int) -> ResponseReturnValue:
    """Remove a saved answer."""
    with site().writing() as session:
        remove_saved_answer(session, signed_in(), slug, template_id, site().clock())
    flash(REMOVED, "good")
    return redirect(url_for("staff.show_saved_answers", slug=slug), 303)


def find_saved(slug: str) -> SavedAnswers:
    """Return the saved answers of a project that this person may answer for."""
    with site().reading() as session:
        return list_saved_answers(session, signed_in(), slug)


def keep_answer(slug: str, saved: SavedAnswers, answer: SavedAnswer | None) -> ResponseReturnValue:
    """Save what was written, or show the boxes again with what is wrong."""
    before = {"name": answer.name, "text_cy": answer.words.cy, "text_en": answer.words.en} if answer else None
    form = SavedAnswerForm(data=before)
    asked = request.method == "POST" and "switch" not in request.form
    if asked and form.validate() and not refuse(slug, form, answer):
        flash(SAVED, "good")
        return redirect(url_for("staff.show_saved_answers", slug=slug), 303)
    shown = {"form": form, "slug": slug, "saved": saved, "answer": answer, "fields": ANSWER_FIELDS}
    body = render_template("staff/saved_answer.html", **shown, twin_form="saved-answer")
    return make_response(body, 422 if form.errors else 200)


def refuse(slug: str, form: SavedAnswerForm, answer: SavedAnswer | None) -> bool:
    """Save what was written and return False, or put into the form why it cannot be saved."""
    words = Bilingual(form.text_cy.data, form.text_en.data)
    answer_id = answer.id if answer else None
    try:
        with site().writing() as session:
            save_answer(session, signed_in(), slug, form.name.data, words, site().clock(), answer_id)
    except FieldRefused as refused:
        say(form[f"text_{refused.language}"], explain_field(refused))
    except LanguageMissing as missing:
        say(form[f"text_{missing}"], MISSING[str(missing)])
    except BadInput as refused:
        name, why = REFUSALS[str(refused)]
        say(form[name], why)
    return bool(form.errors)


def say(field: Field, why: object) -> None:
    """Put under a field why it is refused."""
    field.errors = [why]
