"""Which lines of the audit trail to show."""

from collections.abc import Iterable
from datetime import date

from flask import request
from flask_wtf import FlaskForm
from wtforms import Form, ValidationError
from wtforms.validators import Length

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.trail.trail_view import TrailFilter
from involve.vocabulary.events import ACTORS, EVENT_KINDS
from involve.web.fields import LineField, PickField

NOT_A_DAY = _l("Write a date such as 2026-03-27")
NO_STORY = _l("This body has no story with that reference")
ORDER = _l("The last day is before the first")


class IsoDayField(LineField):
    """A day as browsers send it: 2026-03-27. Empty is none."""

    @property
    def day(self) -> date | None:
        """The day that was typed. Raises ValueError for what is none."""
        return date.fromisoformat(self.data) if self.data else None

    def pre_validate(self, form: Form) -> None:
        """Refuse what is no day."""
        super().pre_validate(form)
        try:
            _ = self.day
        except ValueError:
            raise ValidationError(NOT_A_DAY) from None


class TrailForm(FlaskForm):  # type: ignore[misc]
    """A question to the trail: it stands in the address, so that it can be kept and shown to a colleague."""

    class Meta:
        """Asking changes nothing, so it needs no token."""

        csrf = False

    kind = PickField(_l("What happened"))
    who = PickField(_l("Who did it"))
    story = LineField(_l("Reference of a story"), [Length(max=40, message=NO_STORY)])
    first = IsoDayField(_l("From this day"))
    last = IsoDayField(_l("Until this day"))

    def __init__(self, people: Iterable[tuple[int, str]]) -> None:
        super().__init__(request.args)
        language, all_of = page_language(), ("", _l("All"))
        kinds = sorted(
            ((kind.id, kind.name.in_language(language)) for kind in EVENT_KINDS), key=lambda k: k[1]
        )
        actors = [(each.id, each.name.in_language(language)) for each in ACTORS if each.id != "staff"]
        self.kind.choices = [all_of, *kinds]
        self.who.choices = [all_of, *((str(number), name) for number, name in people), *actors]

    def validate(self, extra_validators: object = None) -> bool:
        """Check each field, and that the days are in order."""
        if not super().validate(extra_validators):
            return False
        if self.first.day and self.last.day and self.last.day < self.first.day:
            self.last.errors = [ORDER]
        return not self.errors

    @property
    def wanted(self) -> TrailFilter:
        """What is asked for."""
        return TrailFilter(
            self.kind.data or "", self.who.data or "", self.story.data or "", self.first.day, self.last.day
        )

    @property
    def address(self) -> dict[str, str]:
        """What stands in the address for it."""
        return {field.name: field.data for field in self if field.data}
