"""The forms of a teller who came back: the code, a tag to add, and what they agree to."""

from flask_wtf import FlaskForm
from wtforms import ValidationError
from wtforms.validators import DataRequired, InputRequired, Optional

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.codes import CodeMistyped, read_code
from involve.vocabulary.consents import USES
from involve.vocabulary.goals import GOALS
from involve.vocabulary.states import STANCES
from involve.vocabulary.ways import WAYS
from involve.web.fields import LineField, OneOfField, PickField, SomeOfField, choice

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
