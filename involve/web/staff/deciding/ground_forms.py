"""The forms of a decision’s evidence: sentences to cite, what was heard, and a last look before it is public."""

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Optional

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.deciding.citing import CitedStory
from involve.services.deciding.ground_gate import LONGEST_ANSWER
from involve.services.deciding.judging import LONGEST_REASON
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.grounds import JUDGEMENTS
from involve.web.fields import HiddenField, OneOfField, SomeOfField, WordsField, choice

BOTH = _l("Write the reason in both languages")
SIDES = {"for": _l("For the decision: it relies on them"), "against": _l("Against the decision")}


class CiteForm(FlaskForm):  # type: ignore[misc]
    """Sentences of one story, and on which side of the decision they speak."""

    sentences = SomeOfField(
        _l("Which sentences speak of this decision?"), [InputRequired(_l("Choose at least one sentence"))]
    )
    side = OneOfField(
        _l("On which side do they speak?"), [InputRequired(_l("Say whether they are for it or against it"))]
    )

    def __init__(self, story: CitedStory) -> None:
        super().__init__()
        spoken = story.language if story.language in ("cy", "en") else ""
        self.sentences.choices = [choice(str(each.start), each.text, lang=spoken) for each in story.sentences]
        sides = ("against",) if story.late else ("for", "against")
        self.side.choices = [choice(side, SIDES[side]) for side in sides]


class _ReasonForm(FlaskForm):  # type: ignore[misc]
    """A reason in both languages."""

    def refuse_one_language(self) -> None:
        """Say in which language the reason is missing."""
        for field in (self.reason_cy, self.reason_en):
            if not (field.data or "").strip():
                field.errors = [BOTH]

    @property
    def reason(self) -> Bilingual:
        """The reason that was written."""
        return Bilingual(self.reason_cy.data or "", self.reason_en.data or "")


class JudgeForm(_ReasonForm):
    """Whether the decision follows what was heard, and why where it does not."""

    judgement = OneOfField(
        _l("Does the decision follow this?"), [InputRequired(_l("Say whether the decision follows this"))]
    )
    reason_cy = WordsField(_l("Why, in Welsh"), [Optional()], limit=LONGEST_REASON)
    reason_en = WordsField(_l("Why, in English"), [Optional()], limit=LONGEST_REASON)

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.judgement.choices = [
            choice(each.id, each.name.in_language(page_language()))
            for each in sorted(JUDGEMENTS, key=lambda each: each.id == "open")
        ]


class PublishForm(_ReasonForm):
    """That the strongest words against the decision were shown, and why they do not change it."""

    seen = HiddenField()
    reason_cy = WordsField(
        _l("Why they do not change the decision, in Welsh (optional)"), [Optional()], limit=LONGEST_ANSWER
    )
    reason_en = WordsField(
        _l("Why they do not change the decision, in English (optional)"), [Optional()], limit=LONGEST_ANSWER
    )
