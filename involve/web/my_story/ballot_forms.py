"""The forms of a teller who weighs options: boxes to tick or numbers to give, and an option of their own."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import ValidationError
from wtforms.validators import InputRequired, Length

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.deciding.ballots import LONGEST_TEXT, LONGEST_TITLE, OptionView
from involve.services.deciding.votes import MyBallot
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

NONE = "none"
NOTHING_MARKED = _l("Mark at least one option, or say that you could live with none of them")
NONE_AND_SOME = _l("You marked options and also none of them: take one or the other away")
NOTHING_RANKED = _l("Give at least one option a number")
TWICE = _l("Another option has the number %(number)s too: give each a number of its own")
GAP = _l("No option has the number %(number)s: use 1, 2, 3 and so on without leaving one out")


class VoteForm(FlaskForm):  # type: ignore[misc]
    """A vote on the options that were read."""

    version = HiddenField()
    choices: list[int]

    @property
    def read_version(self) -> int:
        """The version of the options that was on the page; 0 where that cannot be told."""
        return read_number(self.version.data)


class ApprovalForm(VoteForm):
    """Every option that the voter could live with."""

    marks = SomeOfField(_l("Which options could you live with?"))

    def validate_marks(self, field: SomeOfField) -> None:
        """Take marks, or the word that there is none; but not both, and not silence."""
        marked = [each for each in field.data or () if each != NONE]
        if not field.data:
            raise ValidationError(NOTHING_MARKED)
        if marked and NONE in field.data:
            raise ValidationError(NONE_AND_SOME)
        self.choices = list(dict.fromkeys(int(each) for each in marked))


class RankedForm(VoteForm):
    """A number for each option; one without a number comes last. Its fields are added for each ballot."""

    @property
    def ranks(self) -> list[Any]:
        """The fields of the options, in their order."""
        return [field for field in self if field.name.startswith("rank-")]

    def validate(self, extra_validators: Any = None) -> bool:
        """Hold the numbers to one each, from 1 on without a gap."""
        if not super().validate(extra_validators):
            return False
        given: dict[int, Any] = {}
        for field in self.ranks:
            number = int(field.data) if field.data else None
            if number is not None and number in given:
                field.errors = [TWICE % {"number": number}]
                return False
            if number is not None:
                given[number] = field
        if not given:
            self.ranks[0].errors = [NOTHING_RANKED]
            return False
        self.choices = [_option_of(given[number]) for number in sorted(given)]
        missing = min(set(range(1, len(given) + 2)) - set(given))
        if missing <= len(given):
            given[max(given)].errors = [GAP % {"number": missing}]
            return False
        return True


class PutForwardForm(FlaskForm):  # type: ignore[misc]
    """An option of one's own, in one's own language."""

    language = OneOfField(
        _l("Which language are you writing in?"), [InputRequired(_l("Choose Welsh or English"))]
    )
    title = LineField(
        _l("Your option in a few words"),
        [
            InputRequired(_l("Write your option in a few words")),
            Length(max=LONGEST_TITLE, message=_l("At most 150 characters")),
        ],
        description=_l("At most 150 characters."),
    )
    text = WordsField(_l("What it would mean, and for whom (optional)"), limit=LONGEST_TEXT)

    def __init__(self) -> None:
        super().__init__(data={"language": page_language()})
        self.language.choices = [choice("cy", "Cymraeg", lang="cy"), choice("en", "English", lang="en")]


def make_vote_form(mine: MyBallot) -> ApprovalForm | RankedForm:
    """Return the form of a ballot, with what was voted before."""
    version, options = str(mine.ballot.version), mine.ballot.options
    if mine.ballot.method.id == "approval":
        chosen = [NONE] if mine.choices == () else [str(each) for each in mine.choices or ()]
        form = ApprovalForm(data={"version": version, "marks": chosen})
        form.marks.choices = [
            *(_choice(option) for option in options),
            choice(NONE, _l("None of these: I could live with none of them")),
        ]
        return form
    ranks = {f"rank-{option}": str(place) for place, option in enumerate(mine.choices or (), 1)}
    return _ranked_class(options)(data={"version": version, **ranks})


def _ranked_class(options: tuple[OptionView, ...]) -> type[RankedForm]:
    """Return a form with a list of numbers for each option."""
    language = page_language()
    numbers = [("", _l("No number")), *((str(place), str(place)) for place in range(1, len(options) + 1))]
    fields = {
        f"rank-{option.id}": PickField(
            option.title.in_language(language),
            choices=[choice(*each) for each in numbers],
            description=option.text.in_language(language),
        )
        for option in options
    }
    return type("RankedFormOfBallot", (RankedForm,), fields)


def _choice(option: OptionView) -> Any:
    language = page_language()
    text = option.text.in_language(language)
    return choice(str(option.id), option.title.in_language(language), hint=text or None)


def _option_of(field: Any) -> int:
    return int(field.name.removeprefix("rank-"))
