"""The forms of a teller who came back: the code, a tag to add, and what they agree to."""

from flask_wtf import FlaskForm
from wtforms import ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.deciding.panel import LONGEST_REASON, Before
from involve.services.deciding.verdicts import MyVerdict
from involve.services.stories.codes import CodeMistyped, read_code
from involve.vocabulary.consents import USES
from involve.vocabulary.goals import GOALS
from involve.vocabulary.influence import INFLUENCES
from involve.vocabulary.states import STANCES
from involve.vocabulary.ways import WAYS
from involve.web.fields import (
    HiddenField,
    LineField,
    OneOfField,
    PickField,
    SomeOfField,
    WordsField,
    choice,
    read_number,
)

SLIP = _l(
    "There is a mistake in the code: a letter or number is wrong or missing. Check it against your note."
)


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The story code, however it was typed. It comes before any session, so there is nothing for a token to guard."""

    class Meta:
        csrf = False

    code = LineField(
        _l("Your story code"),
        [DataRequired(_l("Type your story code"))],
        description=_l(
            "Four groups of four letters and numbers. Capital or small letters will do, with or without spaces."
        ),
    )

    def validate_code(self, field: LineField) -> None:
        """Tell a slip from a wrong code, and keep the code in its grouped form."""
        try:
            self.grouped = read_code(field.data)
        except CodeMistyped:
            raise ValidationError(SLIP) from None


class AddTagForm(FlaskForm):  # type: ignore[misc]
    """A goal or way of working that the teller finds in their story."""

    concept = PickField(
        _l("What else is your story about?"), [InputRequired(_l("Choose what your story is about"))]
    )
    stance = OneOfField(
        _l("Is it a strength, a concern, an idea or mixed?"),
        [InputRequired(_l("Choose strength, concern, idea or mixed"))],
    )

    def __init__(self) -> None:
        super().__init__()
        language = page_language()
        goals = [choice(f"goal:{goal.id}", goal.name.in_language(language)) for goal in GOALS]
        ways = [choice(f"way:{way.id}", way.name.in_language(language)) for way in WAYS]
        self.concept.choices = [choice("", _l("Choose")), *goals, *ways]
        self.stance.choices = [choice(stance.id, stance.name.in_language(language)) for stance in STANCES]


class ConsentForm(FlaskForm):  # type: ignore[misc]
    """Every use but reading, which is the condition of keeping the story at all."""

    uses = SomeOfField(_l("You agree to this"), [Optional()])

    def __init__(self, uses: frozenset[str]) -> None:
        super().__init__(data={"uses": sorted(uses)})
        language = page_language()
        self.uses.choices = [
            choice(use.id, use.label.in_language(language), hint=use.wording.in_language(language))
            for use in USES
            if not use.required
        ]


# National indicator 23, asked with the five answers of the National Survey for Wales.
ABLE = (
    ("5", _l("Strongly agree")),
    ("4", _l("Tend to agree")),
    ("3", _l("Neither agree nor disagree")),
    ("2", _l("Tend to disagree")),
    ("1", _l("Strongly disagree")),
)
CHANGED = (("yes", _l("Yes")), ("partly", _l("In part")), ("no", _l("No")))


class VerdictForm(FlaskForm):  # type: ignore[misc]
    """What a teller says of the promise; every question may be left."""

    influence_before = OneOfField(
        _l("Before you told your story: could you influence decisions affecting your local area?"),
        [Optional()],
    )
    influence_after = OneOfField(
        _l("And now: can you influence decisions affecting your local area?"), [Optional()]
    )
    felt = OneOfField(_l("How much say did it feel like?"), [Optional()])
    changed = OneOfField(_l("Has anything changed for you because of it?"), [Optional()])

    def __init__(self, known: MyVerdict) -> None:
        before, after = known.influence_before, known.influence_after
        super().__init__(
            data={
                "influence_before": str(before) if before else None,
                "influence_after": str(after) if after else None,
                "felt": known.felt,
                "changed": known.changed,
            }
        )
        language = page_language()
        self.influence_before.choices = self.influence_after.choices = [choice(*each) for each in ABLE]
        self.felt.choices = [
            choice(each.id, each.name.in_language(language), hint=each.meaning.in_language(language))
            for each in INFLUENCES
        ]
        self.changed.choices = [choice(*each) for each in CHANGED]

    @property
    def said(self) -> MyVerdict:
        """What was chosen."""
        before, after = self.influence_before.data, self.influence_after.data
        return MyVerdict(
            int(before) if before else None,
            int(after) if after else None,
            self.felt.data or None,
            self.changed.data or None,
        )


class PanelForm(FlaskForm):  # type: ignore[misc]
    """A member's word on one decision."""

    version = HiddenField()
    verdict = OneOfField(
        _l("Do you agree with this decision?"), [InputRequired(_l("Choose whether you agree"))]
    )
    reason = WordsField(
        _l("Your reason"),
        [Length(max=LONGEST_REASON, message=_l("At most 1,000 characters"))],
        description=_l("Needed if you do not agree. Staff read it. At most 1,000 characters."),
    )

    def __init__(self, before: Before) -> None:
        super().__init__(
            data={
                "version": str(before.decision.version),
                "verdict": before.verdict or None,
                "reason": before.reason,
            }
        )
        self.verdict.choices = [choice("agree", _l("I agree")), choice("disagree", _l("I do not agree"))]

    def validate_reason(self, field: WordsField) -> None:
        """Ask for a reason where somebody does not agree."""
        if self.verdict.data == "disagree" and not (field.data or "").strip():
            raise ValidationError(_l("Write why you do not agree, so that the decision can be improved"))

    @property
    def read_version(self) -> int:
        """The version of the words that was on the page; 0 where that cannot be told."""
        return read_number(self.version.data)
