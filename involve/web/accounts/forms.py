"""The forms of signing in and of taking up an invitation."""

from flask_wtf import FlaskForm
from wtforms.validators import EqualTo, InputRequired, Length

from involve.i18n import lazy_gettext as _l
from involve.web.fields import HiddenField, LineField, SecretField

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Who is there."""

    email = LineField(_l("E-mail address"), [InputRequired(_l("Type your e-mail address"))])
    password = SecretField(_l("Password"), [InputRequired(_l("Type your password"))])
    next = HiddenField()


class InvitationForm(FlaskForm):  # type: ignore[misc]
    """A name and a password of one's own."""

    name = LineField(
        _l("Your name"),
        [
            InputRequired(_l("Type your name")),
            Length(max=100, message=_l("A name can have at most 100 characters")),
        ],
        description=_l("Your colleagues see it. The public does not."),
    )
    password = SecretField(
        _l("Choose a password"),
        [
            InputRequired(_l("Choose a password")),
            Length(
                SHORTEST_PASSWORD,
                LONGEST_PASSWORD,
                message=_l("A password needs 12 characters or more, and at most 200"),
            ),
        ],
        description=_l("At least 12 characters. Three or four words that do not belong together are good."),
    )
    password_again = SecretField(
        _l("The same password again"), [EqualTo("password", _l("The two passwords are not the same"))]
    )
