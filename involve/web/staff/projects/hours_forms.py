"""The form of a day's work: numbers as people type them, kept as typed until all of them can be read."""

import re
from datetime import date

from flask_wtf import FlaskForm
from wtforms import Form, ValidationError
from wtforms.validators import InputRequired, Optional

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.services.projects.outreach import LONGEST_NOTE, Work
from involve.web.fields import DayField, LineField, WordsField

# Commas part thousands, as both languages write them; "12,50" is no number here, rather than a hundred times too much.
_WHOLE = r"[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,7}"
_MONEY = re.compile(rf"£?\s*({_WHOLE})(?:\.([0-9]{{1,2}}))?")
NOT_WHOLE = _l("Write a whole number, for example 3")
NOT_MONEY = _l("Write an amount in pounds, for example 12.50")
NO_DAY = _l("Write a day, a month and a year")


class NumberField(LineField):
    """A whole number; empty is none."""

    @property
    def number(self) -> int:
        """The number that was typed. Raises ValueError for anything else."""
        return read_whole(self.data or "")

    def pre_validate(self, form: Form) -> None:
        """Refuse what is no whole number."""
        super().pre_validate(form)
        try:
            read_whole(self.data or "")
        except ValueError:
            raise ValidationError(NOT_WHOLE) from None


class MoneyField(LineField):
    """An amount in pounds; empty is none."""

    @property
    def pence(self) -> int:
        """The amount that was typed, in pence. Raises ValueError for anything else."""
        return read_pence(self.data or "")

    def pre_validate(self, form: Form) -> None:
        """Refuse what is no amount."""
        super().pre_validate(form)
        try:
            read_pence(self.data or "")
        except ValueError:
            raise ValidationError(NOT_MONEY) from None


class HoursForm(FlaskForm):  # type: ignore[misc]
    """One day's work for a project."""

    on_day = DayField(_l("Which day"), [InputRequired(NO_DAY)])
    people = NumberField(
        _l("How many people you reached"),
        description=_l("Everyone you spoke to, whether or not they told a story."),
    )
    hours = NumberField(_l("Hours you worked"), description=_l("Whole hours."))
    minutes = NumberField(_l("And minutes"))
    expenses = MoneyField(_l("Expenses, in pounds"), description=_l("For example 12.50."))
    time_credits = NumberField(
        _l("Time credits given to participants, in hours"),
        description=_l("One time credit thanks someone for one hour."),
    )
    note = WordsField(
        _l("Note for colleagues"),
        [Optional()],
        limit=LONGEST_NOTE,
        description=_l("Do not write who took part or what anyone told you."),
    )

    def __init__(self, today: date) -> None:
        super().__init__(data={"on_day": today})

    @property
    def work(self) -> Work:
        """What was typed."""
        return Work(
            self.on_day.data,
            self.people.number,
            self.hours.number * 60 + self.minutes.number,
            self.expenses.pence,
            self.time_credits.number,
            self.note.data or "",
        )

    def refuse(self, error: BadInput) -> None:
        """Say at its field what the rules do not let through."""
        name, message = _REFUSALS[str(error)]
        if name is None:
            self.form_errors.append(message)
        else:
            self[name].errors = [message]


_REFUSALS = {
    "day": ("on_day", _l("Check the year")),
    "future": ("on_day", _l("This day is still to come. Log work that is done.")),
    "people": ("people", _l("At most 10,000 people in one entry")),
    "minutes": ("hours", _l("A day has 24 hours. Make an entry for each day.")),
    "expenses": ("expenses", _l("At most £10,000 in one entry")),
    "credits": ("time_credits", _l("At most 10,000 hours in one entry")),
    "note": ("note", _l("At most 1,000 characters")),
    "nothing": (None, _l("Fill in at least one number: people, time, expenses or time credits")),
    "repeat": (None, _l("You have logged exactly this already. If it happened twice, say so in the note.")),
}


def read_whole(typed: str) -> int:
    """Return a whole number; nothing is 0.

    Raises:
        ValueError: it is none, or longer than anyone needs.
    """
    if not typed.strip():
        return 0
    if not re.fullmatch(_WHOLE, typed.strip()):
        raise ValueError(typed)
    return int(typed.replace(",", ""))


def read_pence(typed: str) -> int:
    """Return an amount in pounds ("12.50", "£1,200") in pence; nothing is 0.

    Raises:
        ValueError: it is none.
    """
    if not typed.strip():
        return 0
    found = _MONEY.fullmatch(typed.strip())
    if not found:
        raise ValueError(typed)
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))
