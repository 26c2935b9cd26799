"""The second person on an appeal: reads the story and both sides, decides, and tells the teller why."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import ValidationError
from wtforms.validators import InputRequired

from involve.errors import NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.moderation.judgements import OwnJudgement
from involve.services.moderation.second_people import second_people
from involve.services.tellers.appeals import WaitingAppeal, decide_appeal, find_appeal
from involve.vocabulary.reasons import LONGEST_SENTENCE, find_reason
from involve.web.addresses import page
from involve.web.fields import OneOfField, WordsField, choice
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint

DECIDED = _l("The teller reads what you decided, with your sentence.")
NONE_WAITS = _l("Nobody waits for a second person on this story any more.")
LABELS = {
    "cy": _l("Your sentence for the teller, in Welsh"),
    "en": _l("Your sentence for the teller, in English"),
}


class SecondForm(FlaskForm):  # type: ignore[misc]
    """Whether the decision stands, and a sentence for the teller."""

    stands = OneOfField(
        _l("Does the decision stand?"),
        [InputRequired(_l("Choose whether the decision stands"))],
        choices=[
            choice("yes", _l("Yes, it stands")),
            choice(
                "no",
                _l("No"),
                hint=_l("The story is then as it was before: it waits for a moderator, or is public again."),
            ),
        ],
    )
    sentence = WordsField(
        "",
        limit=LONGEST_SENTENCE,
        description=_l("Needed where the decision stands: say what you saw. At most 500 characters."),
    )

    def __init__(self, language: str) -> None:
        super().__init__()
        self.sentence.label.text = LABELS[language]

    def validate_sentence(self, field: WordsField) -> None:
        """Ask for a sentence where the decision stands."""
        if self.stands.data == "yes" and not (field.data or "").strip():
            raise ValidationError(_l("Write why the decision stands"))


@page(
    blueprint,
    cy="/staff/straeon/<reference>/ail-berson",
    en="/staff/stories/<reference>/second-person",
    methods=("GET", "POST"),
)
def decide_as_second(reference: str) -> ResponseReturnValue:
    """Decide an appeal that is not about a decision of my own."""
    with site().writing() as session:
        appeal = find_appeal(session, signed_in(), reference, site().clock())
    if appeal is None:
        return go_back(reference)
    form = SecondForm(appeal.reply_language)
    if appeal.mine or request.method != "POST" or "switch" in request.form or not form.validate():
        return show_form(appeal, form, 422 if form.errors else 200)
    try:
        with site().writing() as session:
            stands, sentence = form.stands.data == "yes", form.sentence.data or ""
            decide_appeal(session, signed_in(), reference, stands, sentence, site().clock())
    except (NotFound, OwnJudgement):
        return go_back(reference)
    flash(DECIDED, "good")
    return redirect(url_for("staff.show_story", reference=reference), 303)


def go_back(reference: str) -> ResponseReturnValue:
    """Go to the story where nothing waits, and say so."""
    flash(NONE_WAITS, "warn")
    return redirect(url_for("staff.show_story", reference=reference), 303)


def show_form(appeal: WaitingAppeal, form: SecondForm, status: int) -> ResponseReturnValue:
    """Show both sides, and the form for whoever may decide."""
    with site().reading() as session:
        second = second_people(session, signed_in(), appeal.project_id)
    values = {"appeal": appeal, "form": form, "second": second, "find_reason": find_reason}
    twin = None if appeal.mine else "second"
    return make_response(render_template("staff/appeal.html", twin_form=twin, **values), status)
