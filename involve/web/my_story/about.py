"""Questions about the teller, after the story: each may be left, all be changed or deleted; none is on the story."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field, ValidationError
from wtforms.validators import Optional

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.missing.about import AboutMe, forget_about_me, say_about_me, show_about_me
from involve.vocabulary.about import AREA, UNSAID, WORDING_NOW, WORDINGS, Question
from involve.web.addresses import page
from involve.web.fields import OneOfField, PickField, TickField, choice
from involve.web.flashes import KEPT, flash
from involve.web.my_story import blueprint
from involve.web.my_story.opened import require_story
from involve.web.site import site

DELETED = _l("Your answers are deleted.")
AGREE = _l("Tick that you agree, or choose no answers")


class AboutForm(FlaskForm):  # type: ignore[misc]
    """Whether the answers may be counted; `make_form` adds the questions."""

    @property
    def answers(self) -> dict[str, str]:
        """What was chosen, by question."""
        return {field.name: field.data for field in self if field.name in self.asked and field.data}

    def validate_agreed(self, field: TickField) -> None:
        """Ask for consent where there is something to count."""
        if not field.data and any(answer != UNSAID.id for answer in self.answers.values()):
            raise ValidationError(AGREE)


def make_form(about: AboutMe) -> AboutForm:
    """Return the form with the questions that are asked of this teller, and what they said before."""
    language = page_language()
    fields: dict[str, Any] = {each.id: _field(each, language) for each in about.asked}
    fields["agreed"] = TickField(WORDINGS[WORDING_NOW].in_language(language))
    fields["asked"] = frozenset(each.id for each in about.asked)
    made: AboutForm = type("AskedForm", (AboutForm,), fields)(
        data={**about.answers, "agreed": bool(about.answers)}
    )
    return made


def _field(question: Question, language: str) -> Field:
    words = question.words.in_language(language)
    hint = question.hint.in_language(language) if question.hint else ""
    choices = [choice(each.id, each.name.in_language(language)) for each in (*question.answers, UNSAID)]
    if question.id == AREA:
        return PickField(words, [Optional()], description=hint, choices=[choice("", _l("Choose")), *choices])
    return OneOfField(words, [Optional()], description=hint, choices=choices)


@page(blueprint, cy="/fy-stori/amdanoch-chi", en="/my-story/about-you", methods=("GET", "POST"))
def tell_about_me() -> ResponseReturnValue:
    """Say something of myself, change it, or delete it."""
    story_id = require_story()
    with site().writing() as session:
        about = show_about_me(session, story_id)
    if request.method == "POST" and request.form.get("go") == "remove":
        with site().writing() as session:
            forget_about_me(session, story_id, site().clock())
        flash(DELETED, "good")
        return redirect(url_for("my_story.open_story"), 303)
    form = make_form(about)
    if request.method != "POST" or "switch" in request.form or not form.validate():
        body = render_template("my_story/about.html", form=form, about=about, twin_form="about")
        return make_response(body, 422 if form.errors else 200)
    with site().writing() as session:
        agreed = bool(form.agreed.data)
        say_about_me(session, story_id, form.answers, agreed, page_language(), site().clock())
    flash(KEPT, "good")
    return redirect(url_for("my_story.open_story"), 303)
