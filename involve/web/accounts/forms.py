"""The forms of signing in, of taking up an invitation, and of one's own account."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, Form
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from involve.i18n import LANGUAGE_NAMES, LANGUAGES
from involve.i18n import lazy_gettext as _l
from involve.services.staff.accounts import LONGEST_NAME
from involve.services.staff.members import LONGEST_EMAIL
from involve.services.staff.passkeys import LONGEST_NAME as LONGEST_KEY_NAME
from involve.services.staff.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD, is_easy_to_guess
from involve.web.fields import HiddenField, LineField, OneOfField, SecretField, TickField, choice

LONGEST_CODE = 40
CODE_TOO_LONG = _l("That is too long to be a code")
ADVICE = _l(
    "At least 12 characters; three or four words that do not belong together are good. Any characters may be used, and "
    "a password manager may fill it in."
)


def new_password_field(label: object) -> SecretField:
    """Return a field for a password that is being chosen. Its form knows in `about` whose it is."""
    return SecretField(
        label,
        [
            InputRequired(_l("Choose a password")),
            Length(
                SHORTEST_PASSWORD,
                LONGEST_PASSWORD,
                message=_l("A password needs 12 characters or more, and at most 200"),
            ),
            _hard_to_guess,
        ],
        description=ADVICE,
    )


def name_field() -> LineField:
    """Return the field for a person's name."""
    return LineField(
        _l("Your name"),
        [
            InputRequired(_l("Type your name")),
            Length(max=LONGEST_NAME, message=_l("A name can have at most 100 characters")),
        ],
        description=_l("Your colleagues see it. The public does not."),
    )


def _hard_to_guess(form: Form, field: Field) -> None:
    """Refuse what guessers try first."""
    if is_easy_to_guess(field.data, form.about):
        raise ValidationError(
            _l(
                "This password is too easy to guess: it is common, follows a pattern, "
                "or is made of your name or address"
            )
        )


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Who is there."""

    email = LineField(_l("E-mail address"), [InputRequired(_l("Type your e-mail address"))])
    password = SecretField(_l("Password"), [InputRequired(_l("Type your password"))])
    next = HiddenField()


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A password of one's own, twice. `about` holds the words that it may not be made of."""

    password = new_password_field(_l("Choose a password"))
    password_again = SecretField(
        _l("The same password again"), [EqualTo("password", _l("The two passwords are not the same"))]
    )

    def __init__(self, about: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(**options)
        self.about = about


class InvitationForm(NewPasswordForm):
    """A name and a password of one's own."""

    name = name_field()

    def validate(self, extra_validators: Any = None) -> bool:
        """Weigh the password knowing the name that was typed beside it."""
        self.about = (*self.about, self.name.data or "")
        return bool(super().validate(extra_validators))


class ChangePasswordForm(NewPasswordForm):
    """A new password in place of the current one."""

    current_password = SecretField(
        _l("Your current password"), [InputRequired(_l("Type your current password"))]
    )


class AboutForm(FlaskForm):  # type: ignore[misc]
    """The name by which colleagues know the person, and the language of letters to them."""

    name = name_field()
    language = OneOfField(
        _l("Language of e-mails to you"),
        [InputRequired(_l("Choose a language"))],
        choices=[choice(each, LANGUAGE_NAMES[each], lang=each) for each in LANGUAGES],
    )
    reminders = TickField(
        _l("Remind me by e-mail of what is late"),
        description=_l("Once a week at most, and only while something that is your turn is late."),
    )


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The code that an app shows now."""

    code = LineField(
        _l("Code from your app"),
        [
            InputRequired(_l("Type the code that your app shows")),
            Length(max=LONGEST_CODE, message=CODE_TOO_LONG),
        ],
        description=_l("Six digits, for example 123456"),
    )


class RecoveryForm(FlaskForm):  # type: ignore[misc]
    """One of the codes on paper."""

    code = LineField(
        _l("Recovery code"),
        [InputRequired(_l("Type a recovery code")), Length(max=LONGEST_CODE, message=CODE_TOO_LONG)],
        description=_l("Sixteen letters and digits. Capitals, spaces and hyphens do not matter."),
    )


class PasskeyForm(FlaskForm):  # type: ignore[misc]
    """A new passkey under a name; the script puts what the device made into `credential`."""

    name = LineField(
        _l("Name of the passkey"),
        [
            InputRequired(_l("Give the passkey a name")),
            Length(max=LONGEST_KEY_NAME, message=_l("A name can have at most 60 characters")),
        ],
        description=_l("So that you know it again, for example “my phone”. At most 60 characters."),
    )
    credential = HiddenField()


class ForgottenForm(FlaskForm):  # type: ignore[misc]
    """Whose password is forgotten."""

    email = LineField(
        _l("E-mail address"),
        [
            InputRequired(_l("Type your e-mail address")),
            Length(max=LONGEST_EMAIL, message=_l("An e-mail address has at most 254 characters")),
        ],
    )


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    password = SecretField(_l("Your current password"), [InputRequired(_l("Type your current password"))])
    next = HiddenField()
