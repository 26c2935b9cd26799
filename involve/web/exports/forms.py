"""The form of a file: which of those that this installation can write."""

from flask_wtf import FlaskForm
from wtforms.validators import DataRequired

from involve.documents.tables.writers import forms_here
from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.web.fields import OneOfField, choice


class ExportForm(FlaskForm):  # type: ignore[misc]
    """One form of file."""

    format = OneOfField(_l("What kind of file?"), [DataRequired(_l("Choose a kind of file"))])

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """No token: anyone may take what is public along, before any session."""

        csrf = False

    def __init__(self, *given: object) -> None:
        super().__init__(*given)
        language = page_language()
        self.format.choices = [choice(each.id, each.name.in_language(language)) for each in forms_here()]
