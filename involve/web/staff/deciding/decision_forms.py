"""The forms of those who answer for a promise: a decision, a changed rung, an explanation, a seat."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Length, Optional

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.deciding.decisions import (
    EARLIEST,
    LONGEST_NAME,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    LONGEST_TITLE,
    DecisionDraft,
)
from involve.services.moderation.replies import LONGEST_REPLY
from involve.services.promises.rungs import LONGEST_NOTE
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.duties import DUTIES
from involve.vocabulary.influence import find_influence
from involve.vocabulary.ladders import LADDERS
from involve.web.fields import DayField, HiddenField, LineField, PickField, WordsField, choice
from involve.web.staff.deciding.option_rows import OptionRows
from involve.web.staff.forms import NEEDED

_TITLE = [InputRequired(NEEDED), Length(max=LONGEST_TITLE, message=_l("At most 200 characters"))]
_NAME = [Optional(), Length(max=LONGEST_NAME, message=_l("At most 200 characters"))]
_QUESTION = [Optional(), Length(max=LONGEST_QUESTION, message=_l("At most 300 characters"))]
BOTH = _l("Write this in both languages, or in neither")
PROMISED = _l("The rung of this stage promises that you say this: write it in both languages")
TOO_EARLY = _l("Write the year in full; it cannot be before the Act of 2015")
# What is said in both languages or in neither.
PAIRS = ("question", "change", "decided_by")


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """A decision in both languages; what views changed is asked for from a certain rung on. `rows`: its options."""

    version = HiddenField()
    title_cy = LineField(_l("Title in Welsh"), _TITLE, description=_l("At most 200 characters."))
    title_en = LineField(_l("Title in English"), _TITLE, description=_l("At most 200 characters."))
    question_cy = LineField(_l("The question, in Welsh (optional)"), _QUESTION)
    question_en = LineField(_l("The question, in English (optional)"), _QUESTION)
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
    decided_by_cy = LineField(_l("Who decides, in Welsh (optional)"), _NAME)
    decided_by_en = LineField(_l("Who decides, in English (optional)"), _NAME)
    decided_on = DayField(_l("The day of the decision (optional)"), [Optional()])

    def __init__(self, draft: DecisionDraft | None = None, version: int = 0) -> None:
        super().__init__(data=_values(draft, version) if draft else None)
        sent = request.form if request.method == "POST" else None
        self.rows = OptionRows(sent, draft.options if draft else ())

    @property
    def draft(self) -> DecisionDraft:
        """The words that were written."""
        return DecisionDraft(
            title=self._pair("title"),
            text=self._pair("text"),
            change=self._pair("change"),
            question=self._pair("question"),
            decided_by=self._pair("decided_by"),
            decided_on=self.decided_on.data,
            options=self.rows.options,
        )

    @property
    def problems(self) -> list[tuple[str, object]]:
        """What went wrong, each with where on the page."""
        wrong = [
            (f"#{getattr(field, 'anchor', field.id)}", field.errors[0]) for field in self if field.errors
        ]
        return [*wrong, *self.rows.problems]

    def validate(self, extra_validators: Any = None) -> bool:
        """Say also where the other language is missing, and what is wrong with the options."""
        found = [super().validate(extra_validators), *(self._both(name) for name in PAIRS)]
        if self.decided_on.data is not None and self.decided_on.data < EARLIEST:
            self.decided_on.errors = [TOO_EARLY]
            found.append(False)
        return all([*found, self.rows.validate()])

    def refuse_missing_change(self) -> None:
        """Say that the rung demands what people's views changed, in both languages."""
        for field in (self.change_cy, self.change_en):
            if not (field.data or "").strip():
                field.errors = [PROMISED]

    def _pair(self, name: str) -> Bilingual:
        return Bilingual(self[f"{name}_cy"].data or "", self[f"{name}_en"].data or "")

    def _both(self, name: str) -> bool:
        """Return whether a pair stands in both languages or in neither, and say where it does not."""
        empty = [
            field for field in (self[f"{name}_cy"], self[f"{name}_en"]) if not (field.data or "").strip()
        ]
        if len(empty) != 1:
            return True
        empty[0].errors = [BOTH]
        return False


def _values(draft: DecisionDraft, version: int) -> dict[str, object]:
    """Return the fields of the form for a decision."""
    values: dict[str, object] = {"version": str(version), "decided_on": draft.decided_on}
    for name in ("title", "question", "text", "change", "decided_by"):
        words = getattr(draft, name)
        values |= {f"{name}_cy": words.cy, f"{name}_en": words.en}
    return values


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
