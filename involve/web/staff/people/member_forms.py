"""The forms by which an administrator invites a member and gives a role."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Length

from involve.i18n import LANGUAGE_NAMES, page_language
from involve.i18n import lazy_gettext as _l
from involve.services.staff.members import LONGEST_EMAIL
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.roles import ROLES
from involve.web.fields import LineField, OneOfField, PickField, choice

WHOLE_BODY = ""


class RoleForm(FlaskForm):  # type: ignore[misc]
    """One role, in the whole body or in one project of it."""

    role = OneOfField(_l("Role"), [InputRequired(_l("Choose a role"))])
    project = PickField(
        _l("Where it counts"),
        description=_l("Choose one project where that is enough: a role in the body covers every project."),
    )

    def __init__(self, places: Iterable[tuple[str, Bilingual]]) -> None:
        super().__init__()
        language = page_language()
        self.role.choices = [
            choice(role.id, role.name.in_language(language), role.purpose.in_language(language))
            for role in ROLES
        ]
        self.project.choices = [
            (WHOLE_BODY, _l("The whole body")),
            *((slug, name.in_language(language)) for slug, name in places),
        ]


class InviteForm(RoleForm):
    """Whom to invite, and in which language the site writes to them."""

    email = LineField(
        _l("E-mail address"),
        [
            InputRequired(_l("Type an e-mail address")),
            Length(max=LONGEST_EMAIL, message=_l("An e-mail address can have at most 254 characters")),
        ],
    )
    language = OneOfField(
        _l("Language of the invitation"),
        [InputRequired(_l("Choose a language"))],
        choices=[choice(code, name, lang=code) for code, name in LANGUAGE_NAMES.items()],
        default="cy",
    )
