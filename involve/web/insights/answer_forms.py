"""The forms of those who read insights: what to show, and an answer with what came of it."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Optional

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.insights.insight_answers import LONGEST_ANSWER, AnswerDraft
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.insights import OUTCOMES
from involve.web.fields import OneOfField, PickField, WordsField, choice

CHOOSE = _l("Choose what came of it")
WHY = _l("Say why it cannot be done")
MISSING = {
    "cy": _l("Write the answer in Welsh: one of those who logged it reads Welsh"),
    "en": _l("Write the answer in English: one of those who logged it reads English"),
}


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What came of it, and why."""

    outcome = OneOfField(_l("What came of it?"), [InputRequired(CHOOSE)])
    decision = PickField(_l("Which decision?"), [Optional()])
    text_cy = WordsField(_l("In Welsh"), [Optional()], limit=LONGEST_ANSWER)
    text_en = WordsField(_l("In English"), [Optional()], limit=LONGEST_ANSWER)

    def __init__(self, decisions: Sequence[tuple[int, Bilingual]]) -> None:
        super().__init__()
        language = page_language()
        self.outcome.choices = [
            choice(each.id, each.name.in_language(language), hint=WHY if each.why else None)
            for each in OUTCOMES
        ]
        self.decision.choices = [
            choice("", _l("None of those on this site")),
            *(choice(str(each), title.in_language(language)) for each, title in decisions),
        ]

    @property
    def draft(self) -> AnswerDraft:
        """What was typed."""
        return AnswerDraft(
            self.outcome.data or "",
            self.text_cy.data or "",
            self.text_en.data or "",
            int(self.decision.data) if self.decision.data else None,
        )

    def refuse(self, error: BadInput) -> None:
        """Say at its field what the rules do not let through."""
        language = str(error)
        if language in MISSING:
            self[f"text_{language}"].errors = [MISSING[language]]
        elif language == "why":
            # In the language of the page, because that is what its reader writes first.
            self[f"text_{page_language()}"].errors = [WHY]
        else:
            raise error
