"""The forms about concerns: what worries a member of staff, what came of it, and who is named to act."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.safeguarding.concerns import LONGEST_NOTE
from involve.vocabulary.concerns import HOURS, OUTCOMES, PARTS, WEEK
from involve.web.fields import OneOfField, PickField, SomeOfField, WordsField, choice


class RaiseForm(FlaskForm):  # type: ignore[misc]
    """What worries a member of staff."""

    reason = WordsField(
        _l("What worries you, if you want to say"),
        limit=LONGEST_NOTE,
        description=_l(
            "Only staff who act on it see this. It is deleted if the story is withdrawn. At most 1,000 characters."
        ),
    )


class OutcomeForm(FlaskForm):  # type: ignore[misc]
    """What came of a concern."""

    outcome = OneOfField(_l("What came of it?"), [InputRequired(_l("Choose what came of it"))])
    note = WordsField(
        _l("A note for colleagues"),
        limit=LONGEST_NOTE,
        description=_l(
            "Say what was done and where it is recorded, not who is meant. It is deleted if the story is withdrawn. "
            "At most 1,000 characters."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        language = page_language()
        second = _l("A second person looks at this before it is closed.")
        self.outcome.choices = [
            choice(each.id, each.name.in_language(language), second if each.grave else None)
            for each in OUTCOMES
        ]


class NameForm(FlaskForm):  # type: ignore[misc]
    """Who is named, as what, on which days."""

    person = PickField(_l("Who is it?"), [InputRequired(_l("Choose a person"))])
    part = OneOfField(_l("What are they named as?"), [InputRequired(_l("Choose one"))])
    days = SomeOfField(
        _l("On which days?"),
        description=_l("Leave all of them empty for every day."),
    )

    def __init__(self, able: Iterable[tuple[int, str]]) -> None:
        super().__init__()
        language = page_language()
        people = [choice(str(user_id), name) for user_id, name in able]
        self.person.choices = [choice("", _l("Choose")), *people]
        hints = {
            "duty": _l("They are told of each concern at once."),
            "deputy": _l("They are told when nobody has acknowledged a concern in time."),
        }
        self.part.choices = [
            choice(each.id, each.name.in_language(language), hints[each.id]) for each in PARTS
        ]
        self.days.choices = [choice(each.id, each.name.in_language(language)) for each in WEEK]


class HoursForm(FlaskForm):  # type: ignore[misc]
    """Within how many working hours a concern is acknowledged."""

    hours = PickField(
        _l("Within how many working hours does somebody acknowledge a concern?"),
        [InputRequired(_l("Choose a number"))],
        description=_l(
            "Working hours are Monday to Friday, 9 to 17, bank holidays included. After that the deputy and the "
            "administrators are told too."
        ),
    )

    def __init__(self, hours: int) -> None:
        super().__init__(data={"hours": str(hours)})
        self.hours.choices = [choice(str(each), str(each)) for each in HOURS]
