"""The form in which staff note what came of a decision."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Optional

from involve.errors import BadInput, LanguageMissing
from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.deciding.outcomes import LONGEST_OUTCOME, OutcomeDraft
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.outcomes import NOTED
from involve.web.fields import DAY_INCOMPLETE, DayField, OneOfField, WordsField, choice

BOTH = _l("Write this in both languages, or in neither")
WHY = _l("Say in both languages why it was not done")
WRONG_DAYS = {
    "future": _l("This day has not come yet: note it once it has"),
    "before": _l("This day comes before the decision"),
}


class OutcomeForm(FlaskForm):  # type: ignore[misc]
    """How a decision stands, since when, and what is to be said of it."""

    status = OneOfField(_l("How does it stand?"), [InputRequired(_l("Choose how it stands"))])
    on_day = DayField(_l("Since which day?"), [InputRequired(DAY_INCOMPLETE)])
    text_cy = WordsField(_l("What happened, in Welsh"), [Optional()], limit=LONGEST_OUTCOME)
    text_en = WordsField(_l("What happened, in English"), [Optional()], limit=LONGEST_OUTCOME)

    def __init__(self, today: date) -> None:
        super().__init__(data={"on_day": today})
        self.status.choices = [choice(each.id, each.name.in_language(page_language())) for each in NOTED]

    @property
    def draft(self) -> OutcomeDraft:
        """What was written."""
        words = Bilingual(self.text_cy.data or "", self.text_en.data or "")
        return OutcomeDraft(self.status.data, words, self.on_day.data)

    def refuse(self, error: BadInput) -> None:
        """Say beside its field what cannot be taken.

        Raises:
            BadInput: *error* is about something that the form had checked.
        """
        fields: dict[str, Any] = {"cy": self.text_cy, "en": self.text_en}
        if isinstance(error, LanguageMissing):
            fields[str(error)].errors = [BOTH]
        elif str(error) == "why":
            for field in fields.values():
                field.errors = [WHY]
        elif str(error) in WRONG_DAYS:
            self.on_day.errors = [WRONG_DAYS[str(error)]]
        else:
            raise error
