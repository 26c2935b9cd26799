"""Forms of those who follow: an address, a language and a pace, and the last two alone for who follows already."""

from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, ValidationError

from involve.errors import ContactRefused
from involve.i18n import LANGUAGE_NAMES, LANGUAGES, page_language
from involve.i18n import lazy_gettext as _l
from involve.services.tellers.reach import LONGEST_ADDRESS, read_reach
from involve.vocabulary.following import PACES
from involve.web.fields import LineField, OneOfField, choice
from involve.web.reaching import EXAMPLES, LABELS, PARTING, SEVERAL


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
        LABELS["email"],
        [DataRequired(EXAMPLES["email"])],
        description=_l("At most %(number)s characters.", number=LONGEST_ADDRESS),
    )

    def validate_address(self, field: LineField) -> None:
        """Refuse what is no address, or more than one."""
        if PARTING & set(field.data):
            raise ValidationError(SEVERAL)
        try:
            field.data = read_reach(field.data, ("email",)).address
        except ContactRefused:
            raise ValidationError(EXAMPLES["email"]) from None
