"""The forms of staff who prepare a vote: question and days, an option in both languages, why one is declined."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Length, Optional

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.deciding.ballots import LONGEST_QUESTION, LONGEST_TEXT, LONGEST_TITLE, BallotPlan
from involve.services.deciding.options import LONGEST_REASON, OptionDraft
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.methods import METHODS
from involve.web.fields import DayField, HiddenField, LineField, OneOfField, WordsField, choice, read_number
from involve.web.staff.forms import NEEDED

NO_DAY = _l("Write a day, a month and a year")
_QUESTION = [InputRequired(NEEDED), Length(max=LONGEST_QUESTION, message=_l("At most 300 characters"))]
_TITLE = [InputRequired(NEEDED), Length(max=LONGEST_TITLE, message=_l("At most 150 characters"))]
_UP_TO = _l("At most 150 characters.")
MISSING = _l("Write the description in both languages, or in neither")


class VersionForm(FlaskForm):  # type: ignore[misc]
    """A form about something that others may change meanwhile."""

    version = HiddenField()

    @property
    def read_version(self) -> int:
        """The version that was on the page; 0 where that cannot be told."""
        return read_number(self.version.data)


class BallotForm(VersionForm):
    """What is weighed, how, and on which days."""

    question_cy = LineField(_l("The question in Welsh"), _QUESTION, description=_l("At most 300 characters."))
    question_en = LineField(
        _l("The question in English"), _QUESTION, description=_l("At most 300 characters.")
    )
    method = OneOfField(_l("How is it counted?"), [InputRequired(_l("Choose how it is counted"))])
    opens_on = DayField(_l("The first day on which people can vote"), [InputRequired(NO_DAY)])
    closes_on = DayField(_l("The last day on which people can vote"), [InputRequired(NO_DAY)])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        language = page_language()
        self.method.choices = [
            choice(each.id, each.name.in_language(language), hint=each.counts.in_language(language))
            for each in METHODS
        ]

    @property
    def plan(self) -> BallotPlan:
        """What was written."""
        question = Bilingual(self.question_cy.data or "", self.question_en.data or "")
        return BallotPlan(question, self.method.data, self.opens_on.data, self.closes_on.data)


class OptionForm(VersionForm):
    """One option in both languages."""

    title_cy = LineField(_l("The option in a few words, in Welsh"), _TITLE, description=_UP_TO)
    title_en = LineField(_l("The option in a few words, in English"), _TITLE, description=_UP_TO)
    text_cy = WordsField(_l("What it would mean, in Welsh (optional)"), [Optional()], limit=LONGEST_TEXT)
    text_en = WordsField(_l("What it would mean, in English (optional)"), [Optional()], limit=LONGEST_TEXT)

    @property
    def draft(self) -> OptionDraft:
        """The words that were written."""
        return OptionDraft(
            Bilingual(self.title_cy.data or "", self.title_en.data or ""),
            Bilingual(self.text_cy.data or "", self.text_en.data or ""),
        )

    def refuse_missing(self) -> None:
        """Say that a description stands in both languages or in neither."""
        for field in (self.text_cy, self.text_en):
            if not (field.data or "").strip():
                field.errors = [MISSING]


class DeclineForm(VersionForm):
    """Why an option is not taken up, in the language in which whoever put it forward wants to be answered."""

    reason = WordsField(_l("Why it is not taken up"), [InputRequired(NEEDED)], limit=LONGEST_REASON)
