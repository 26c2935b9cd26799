"""Fields of forms with our widgets and messages: whatever a browser sends, the answer is a value or a clear error."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import wtforms
from babel import Locale
from wtforms.fields.choices import SelectChoice
from wtforms.utils import unset_value
from wtforms.validators import StopValidation, ValidationError

from involve.i18n import LANGUAGES
from involve.i18n import lazy_gettext as _l
from involve.services.projects.projects import LARGEST_ID
from involve.web import widgets

# Nulls, control characters but the tab and line ends, surrogates, and the places that Unicode keeps empty for ever.
EMPTY_PLACES = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
UNREADABLE_CHARACTERS = re.compile(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{EMPTY_PLACES}]"
)
UNREADABLE = _l("Take out the characters that cannot be read, and send it again")
UNKNOWN_CHOICE = _l("Choose from the answers shown")
DAY_INCOMPLETE = _l("Write a day, a month and a year")
DAY_UNREAL = _l("Enter a real date, for example 27 3 2026")
PARTS = ("day", "month", "year")


def read_number(typed: str | None, most: int = LARGEST_ID) -> int:
    """Return the whole number that a hidden field or an address holds, *most* where it is larger; 0 for none."""
    digits = typed or ""
    if not (digits.isascii() and digits.isdigit()):
        return 0
    # Python reads no number of thousands of digits.
    return min(int(digits[:40]), most)


def plain_line_ends(text: str | None) -> str | None:
    """Return *text* with the line ends that it had before a browser sent it."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if text else text


def without_margins(text: str | None) -> str | None:
    """Return *text* without space at its ends."""
    return text.strip() if text else text


class _Readable:
    """A text that can be kept and read."""

    data: str | None

    def pre_validate(self, _form: wtforms.Form) -> None:
        """Refuse nulls, control characters and lone surrogates, and show where they were: no page can hold them."""
        readable = UNREADABLE_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", self.data or "")
        if readable != (self.data or ""):
            self.data = readable
            raise StopValidation(UNREADABLE)


class LineField(_Readable, wtforms.StringField):
    """One line of text, without space at its ends."""

    widget = widgets.Line()

    def __init__(self, label: object = None, validators: Sequence[Any] = (), **options: Any) -> None:
        options.setdefault("filters", (without_margins,))
        super().__init__(label, validators, **options)


class WordsField(_Readable, wtforms.TextAreaField):
    """Several lines of text, kept as typed, with at most `limit` characters (code points) where there is a limit."""

    widget = widgets.Words()

    def __init__(
        self, label: object = None, validators: Sequence[Any] = (), limit: int | None = None, **options: Any
    ) -> None:
        self.limit = limit
        options.setdefault("filters", (plain_line_ends,))
        super().__init__(label, validators, **options)

    def pre_validate(self, form: wtforms.Form) -> None:
        """Refuse what cannot be read or is too long."""
        super().pre_validate(form)
        if self.limit is not None and len(self.data or "") > self.limit:
            raise StopValidation(
                _l("This is too long: write at most %(count)s characters", count=f"{self.limit:,}")
            )


class SecretField(wtforms.PasswordField):
    """A password."""

    widget = widgets.Secret()


class HiddenField(wtforms.HiddenField):
    """A value that travels along."""

    widget = widgets.Hidden()


def choice(value: str, label: object, hint: object = None, lang: str | None = None) -> SelectChoice:
    """Return one answer to choose: with a hint below it, and the language of its label where that is not the page's."""
    about = {name: given for name, given in (("hint", hint), ("lang", lang)) if given is not None}
    return SelectChoice(value, label, render_kw=about)


class _Known:
    """A choice among those shown; whether there must be one is for the field's validators to say."""

    data: Any
    iter_choices: Callable[[], Any]

    def pre_validate(self, _form: wtforms.Form) -> None:
        """Refuse an answer that was not on the page."""
        chosen = self.data if isinstance(self.data, list) else [self.data]
        known = {str(choice.value) for choice in self.iter_choices()}
        if any(value not in (None, "") and str(value) not in known for value in chosen):
            raise ValidationError(UNKNOWN_CHOICE)


class OneOfField(_Known, wtforms.RadioField):
    """One answer among several."""

    widget = widgets.OneOf()


class SomeOfField(_Known, wtforms.SelectMultipleField):
    """Any number of answers."""

    widget = widgets.SomeOf()


class PickField(_Known, wtforms.SelectField):
    """One answer from a long list."""

    widget = widgets.Pick()


class TickField(wtforms.BooleanField):
    """Yes, or nothing."""

    widget = widgets.Tick()


class UploadField(wtforms.FileField):
    """A file."""

    widget = widgets.Upload()


class SendField(wtforms.SubmitField):
    """The button that sends the form."""

    widget = widgets.Send()


class DayField(wtforms.Field):
    """A date typed as NAME-day, NAME-month and NAME-year; `data` is a date, or None where nothing usable was typed.

    A month may be a number or its name in either language. What was typed stays in `parts`; `wrong` names the parts
    that an error is about. An empty date is an error only with a validator such as InputRequired.
    """

    widget = widgets.Day()

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the parts from a form, or from a date given as the default."""
        self.process_errors: list[Any] = []
        self.wrong: frozenset[str] = frozenset()
        value = (
            data if data is not unset_value else self.default() if callable(self.default) else self.default
        )
        self.object_data = self.data = value
        self.parts = {name: str(getattr(value, name)) if value else "" for name in PARTS}
        self.raw_data: list[str] = []
        if formdata is not None and any(self.part_id(name) in formdata for name in PARTS):
            self._take({name: (formdata.get(self.part_id(name)) or "").strip() for name in PARTS})

    def part_id(self, name: str) -> str:
        """Return the name, and the id, of one of the three boxes."""
        return f"{self.name}-{name}"

    @property
    def anchor(self) -> str:
        """The id of the box that a line of the error summary leads to."""
        return self.part_id(next((name for name in PARTS if name in self.wrong), "day"))

    def _take(self, parts: Mapping[str, str]) -> None:
        """Keep the parts as typed, and the date that they make."""
        self.parts = dict(parts)
        self.data = None
        # Validators look here to tell an empty answer.
        self.raw_data = [" ".join(parts.values()).strip()]
        empty = frozenset(name for name in PARTS if not parts[name])
        if empty == frozenset(PARTS):
            return
        if empty:
            self._refuse(DAY_INCOMPLETE, empty)
            return
        try:
            self.data = date(_number(parts["year"]), read_month(parts["month"]), _number(parts["day"]))
        except (ValueError, OverflowError):
            self._refuse(DAY_UNREAL, frozenset(PARTS))

    def _refuse(self, message: object, wrong: frozenset[str]) -> None:
        """Note what is wrong, and where."""
        self.wrong = wrong
        self.process_errors = [message]


def read_month(typed: str) -> int:
    """Return the number of a month typed as a number, or by its name in Welsh or English.

    Raises:
        ValueError: it is neither.
    """
    return _month_names().get(typed.casefold()) or _number(typed)


def _number(typed: str) -> int:
    """Return a short whole number. Raises ValueError for anything else."""
    if not re.fullmatch(r"\d{1,4}", typed):
        raise ValueError(typed)
    return int(typed)


@cache
def _month_names() -> dict[str, int]:
    """Return the numbers of the months by their names in both languages."""
    return {
        name.casefold(): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in Locale.parse(language).months["format"][width].items()
    }
