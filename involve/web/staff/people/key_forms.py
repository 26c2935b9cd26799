"""The form by which an administrator makes a key for a program."""

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Length, Optional

from involve.i18n import lazy_gettext as _l
from involve.services.staff.api_keys import LONGEST_NAME
from involve.web.fields import DayField, LineField


class KeyForm(FlaskForm):  # type: ignore[misc]
    """What a key is for, and until when it works."""

    name = LineField(
        _l("What the key is for"),
        [
            InputRequired(_l("Say what the key is for")),
            Length(max=LONGEST_NAME, message=_l("This can have at most 80 characters")),
        ],
        description=_l("For example: the dashboard of our planning team. Up to 80 characters."),
    )
    ends_on = DayField(
        _l("The last day on which it works (optional)"),
        [Optional()],
        description=_l("Without a day it works until somebody revokes it."),
    )
