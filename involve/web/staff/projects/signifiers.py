"""What a stage asks tellers about the meaning of their stories: seen, added to, taken back while nobody answered."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Length, Optional

from involve.errors import BadInput, LanguageMissing
from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.projects.signifiers import (
    LONGEST_QUESTION,
    SignifierPlan,
    add_signifier,
    list_signifiers,
    remove_signifier,
)
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.signifiers import SIGNIFIER_KINDS, find_signifier_kind
from involve.vocabulary.stages import find_stage
from involve.web.addresses import page
from involve.web.fields import LineField, OneOfField, WordsField, choice
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.forms import NEEDED
from involve.web.staff.projects.promises import find_stage_promise

ADDED = _l("The question is added. Whoever tells a story from now on is asked it.")
REMOVED = _l("The question is removed.")
ANSWERED = _l("Somebody has answered this question, so it cannot be removed.")
UNEQUAL = _l("Write one label to a line, as many in Welsh as in English, none of them empty")
_QUESTION = [InputRequired(NEEDED), Length(max=LONGEST_QUESTION, message=_l("At most 200 characters"))]
_LABELS = 600
REFUSALS = {
    "labels": _l("This kind needs another number of labels: see what stands beside it"),
    "long": _l("A label has at most 60 characters"),
    "many": _l("A stage asks at most six questions: more would keep people from telling their story"),
}


class SignifierForm(FlaskForm):  # type: ignore[misc]
    """A question about the meaning of a story, in both languages."""

    kind = OneOfField(_l("What kind of question is it?"), [InputRequired(_l("Choose a kind"))])
    question_cy = LineField(_l("The question, in Welsh"), _QUESTION)
    question_en = LineField(_l("The question, in English"), _QUESTION)
    labels_cy = WordsField(_l("Labels in Welsh, one to a line"), [Optional()], limit=_LABELS)
    labels_en = WordsField(_l("Labels in English, one to a line"), [Optional()], limit=_LABELS)

    def __init__(self) -> None:
        super().__init__()
        language = page_language()
        self.kind.choices = [
            choice(each.id, each.name.in_language(language), hint=each.meaning.in_language(language))
            for each in SIGNIFIER_KINDS
        ]

    @property
    def plan(self) -> SignifierPlan | None:
        """What was written; None where the labels of one language have no partner in the other."""
        cy, en = ((field.data or "").strip().splitlines() for field in (self.labels_cy, self.labels_en))
        if len(cy) != len(en):
            return None
        labels = tuple(Bilingual(*pair) for pair in zip(cy, en, strict=True))
        return SignifierPlan(self.kind.data, Bilingual(self.question_cy.data, self.question_en.data), labels)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/camau/<int:stage_id>/arwyddwyr",
    en="/staff/projects/<slug>/stages/<int:stage_id>/signifiers",
    methods=("GET", "POST"),
)
def ask_meaning(slug: str, stage_id: int) -> ResponseReturnValue:
    """See what is asked about the meaning of stories, and ask one thing more."""
    form = SignifierForm()
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_asked(slug, stage_id, form, 422 if form.errors else 200)
    if (plan := form.plan) is None:
        form.labels_en.errors = [UNEQUAL]
        return show_asked(slug, stage_id, form, 422)
    try:
        with site().writing() as session:
            add_signifier(session, signed_in(), stage_id, plan, site().clock())
    except LanguageMissing:
        form.labels_en.errors = [UNEQUAL]
    except BadInput as refused:
        form.labels_cy.errors = [REFUSALS[str(refused)]]
    else:
        flash(ADDED, "good")
        return redirect(url_for("staff.ask_meaning", slug=slug, stage_id=stage_id), 303)
    return show_asked(slug, stage_id, form, 422)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/camau/<int:stage_id>/arwyddwyr/<int:signifier_id>",
    en="/staff/projects/<slug>/stages/<int:stage_id>/signifiers/<int:signifier_id>",
    methods=("POST",),
)
def take_back_question(slug: str, stage_id: int, signifier_id: int) -> ResponseReturnValue:
    """Take back a question that nobody has answered."""
    try:
        with site().writing() as session:
            remove_signifier(session, signed_in(), signifier_id, site().clock())
        flash(REMOVED, "good")
    except BadInput:
        flash(ANSWERED, "warn")
    return redirect(url_for("staff.ask_meaning", slug=slug, stage_id=stage_id), 303)


def show_asked(slug: str, stage_id: int, form: SignifierForm, status: int) -> ResponseReturnValue:
    """Show the questions of a stage and the form for one more."""
    promise, stage = find_stage_promise(slug, stage_id)
    with site().reading() as session:
        signifiers = list_signifiers(session, stage_id)
    body = render_template(
        "staff/signifiers.html",
        form=form,
        project=promise.project,
        stage=stage.stage,
        signifiers=signifiers,
        find_kind=find_signifier_kind,
        find_stage=find_stage,
        twin_form="question",
    )
    return make_response(body, status)
