"""Forms of those who follow: an address, a language and a pace, and the last two alone for who follows already."""

from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, ValidationError

from involve.errors import ContactRefused
from involve.i18n import LANGUAGE_NAMES, LANGUAGES, page_language
from involve.i18n import lazy_gettext as _l
from involve.services.tellers.contacts import LONGEST_ADDRESS, check_address
from involve.vocabulary.following import PACES
from involve.web.fields import LineField, OneOfField, choice

NONE = _l("Write an e-mail address, for example name@example.org")
SEVERAL = _l("Write one address only, on one line, without commas or spaces")
# What would make one address several, or add lines to the head of a letter.
PARTING = frozenset(',;<>"\r\n\t ')


class LettersForm(FlaskForm):  # type: ignore[misc]
    """In which language, and how often."""

    language = OneOfField(_l("Language of the e-mails"), [DataRequired(_l("Choose a language"))])
    pace = OneOfField(
        _l("How often"),
        [DataRequired(_l("Choose how often"))],
        description=_l(
            "For everything you follow with this address. Nothing is sent when nothing has happened."
        ),
    )

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """No token: these forms come before any session, and a mark in the address is the proof where one is needed."""

        csrf = False

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        language = page_language()
        self.language.choices = [choice(each, LANGUAGE_NAMES[each], lang=each) for each in LANGUAGES]
        self.pace.choices = [choice(each.id, each.name.in_language(language)) for each in PACES]


class FollowForm(LettersForm):
    """One e-mail address, and how it wants to be written to."""

    address = LineField(
        _l("Your e-mail address"),
        [DataRequired(NONE)],
        description=_l("At most %(number)s characters.", number=LONGEST_ADDRESS),
    )

    def validate_address(self, field: LineField) -> None:
        """Refuse what is no address, or more than one."""
        if PARTING & set(field.data):
            raise ValidationError(SEVERAL)
        try:
            field.data = check_address(field.data)
        except ContactRefused:
            raise ValidationError(NONE) from None
