"""The forms of staff: an answer, and a service to turn to."""

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Optional

from involve.i18n import lazy_gettext as _l
from involve.services.moderation.replies import LONGEST_REPLY
from involve.web.fields import DayField, LineField, TickField, WordsField

NEEDED = _l("Write something here")


class ReplyForm(FlaskForm):  # type: ignore[misc]
    """An answer in one language or both."""

    text_cy = WordsField(_l("The answer in Welsh"), [Optional()], limit=LONGEST_REPLY)
    text_en = WordsField(_l("The answer in English"), [Optional()], limit=LONGEST_REPLY)
    public = TickField(
        _l("Also show it to everyone on the page of what changed"),
        description=_l("It then needs both languages, and must not say anything about one person."),
    )


class SignpostForm(FlaskForm):  # type: ignore[misc]
    """A service to turn to, in both languages, with where the facts were checked and when."""

    name_cy = LineField(_l("Name in Welsh"), [InputRequired(NEEDED)])
    name_en = LineField(_l("Name in English"), [InputRequired(NEEDED)])
    purpose_cy = WordsField(_l("What for, in Welsh"), [InputRequired(NEEDED)], limit=500)
    purpose_en = WordsField(_l("What for, in English"), [InputRequired(NEEDED)], limit=500)
    reach = LineField(_l("Telephone number or address"), [InputRequired(NEEDED)])
    hours_cy = LineField(_l("Hours, in Welsh"), [InputRequired(NEEDED)])
    hours_en = LineField(_l("Hours, in English"), [InputRequired(NEEDED)])
    source = LineField(_l("Where this was checked"), [InputRequired(NEEDED)])
    checked_on = DayField(_l("When it was checked"), [InputRequired(_l("Write a day, a month and a year"))])
    verified = TickField(_l("These facts were checked: show them to the public"))
