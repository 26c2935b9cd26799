"""The forms of those who answer for a promise: a decision, a changed rung, an explanation, a seat."""

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Length, Optional

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.deciding.decisions import LONGEST_TEXT, LONGEST_TITLE, DecisionDraft
from involve.services.moderation.replies import LONGEST_REPLY
from involve.services.promises.rungs import LONGEST_NOTE
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.duties import DUTIES
from involve.vocabulary.influence import find_influence
from involve.vocabulary.ladders import LADDERS
from involve.web.fields import HiddenField, LineField, PickField, WordsField, choice
from involve.web.staff.forms import NEEDED

_TITLE = [InputRequired(NEEDED), Length(max=LONGEST_TITLE, message=_l("At most 200 characters"))]


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """A decision in both languages; what views changed is asked for from a certain rung on."""

    version = HiddenField()
    title_cy = LineField(_l("Title in Welsh"), _TITLE, description=_l("At most 200 characters."))
    title_en = LineField(_l("Title in English"), _TITLE, description=_l("At most 200 characters."))
    text_cy = WordsField(_l("What is decided, in Welsh"), [InputRequired(NEEDED)], limit=LONGEST_TEXT)
    text_en = WordsField(_l("What is decided, in English"), [InputRequired(NEEDED)], limit=LONGEST_TEXT)
    change_cy = WordsField(
        _l("How people’s views changed the options, or why they did not, in Welsh"),
        [Optional()],
        limit=LONGEST_TEXT,
    )
    change_en = WordsField(
        _l("How people’s views changed the options, or why they did not, in English"),
        [Optional()],
        limit=LONGEST_TEXT,
    )

    @property
    def draft(self) -> DecisionDraft:
        """The words that were written."""
        return DecisionDraft(
            Bilingual(self.title_cy.data or "", self.title_en.data or ""),
            Bilingual(self.text_cy.data or "", self.text_en.data or ""),
            Bilingual(self.change_cy.data or "", self.change_en.data or ""),
        )

    def refuse_missing_change(self) -> None:
        """Say that the rung demands what people's views changed, in both languages."""
        for field in (self.change_cy, self.change_en):
            if not (field.data or "").strip():
                field.errors = [
                    _l("The rung of this stage promises that you say this: write it in both languages")
                ]


class RungForm(FlaskForm):  # type: ignore[misc]
    """Another rung for a stage, and why."""

    rung = PickField(_l("The new rung"), [InputRequired(_l("Choose a rung"))])
    reason_cy = WordsField(_l("Why, in Welsh"), [InputRequired(NEEDED)], limit=LONGEST_REPLY)
    reason_en = WordsField(_l("Why, in English"), [InputRequired(NEEDED)], limit=LONGEST_REPLY)

    def __init__(self, ladder: str, rung: str) -> None:
        super().__init__()
        language = page_language()
        own = next(each for each in LADDERS if each.id == ladder)
        # Rungs without influence cannot be promised, and a stage stays on its ladder.
        self.rung.choices = [choice("", _l("Choose"))] + [
            choice(
                each.id,
                f"{each.name.in_language(language)} ({find_influence(each.influence).name.in_language(language)})",
            )
            for each in reversed(own.rungs)
            if each.influence != "none" and each.id != rung
        ]


class NoteForm(FlaskForm):  # type: ignore[misc]
    """What a body explains beside a duty."""

    duty = PickField(_l("Which duty"), [InputRequired(_l("Choose a duty"))])
    text_cy = WordsField(_l("The explanation in Welsh"), [InputRequired(NEEDED)], limit=LONGEST_NOTE)
    text_en = WordsField(_l("The explanation in English"), [InputRequired(NEEDED)], limit=LONGEST_NOTE)

    def __init__(self, duties: frozenset[str]) -> None:
        super().__init__()
        self.duty.choices = [choice("", _l("Choose"))] + [
            choice(duty.id, duty.name.in_language(page_language())) for duty in DUTIES if duty.id in duties
        ]


class SeatForm(FlaskForm):  # type: ignore[misc]
    """The story whose teller is offered a seat."""

    reference = LineField(
        _l("Reference of the story"),
        [InputRequired(NEEDED)],
        description=_l("Its teller finds the offer with their code. Imported stories have no code."),
    )
