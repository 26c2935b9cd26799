"""The form of translators: the words, with the versions that they were written beside."""

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from involve.i18n import lazy_gettext as _l
from involve.services.translations.translating import LONGEST_TRANSLATION, TranslationView
from involve.text.redaction import mark_of
from involve.web.fields import HiddenField, WordsField

MARK = mark_of("name")
INTO = {"cy": _l("The translation into Welsh"), "en": _l("The translation into English")}
# What is wrong with a translation, by the name that the service gives it.
PROBLEMS = {
    "empty": _l("Write the translation"),
    "too_long": _l("This is too long: write at most %(count)s characters", count=f"{LONGEST_TRANSLATION:,}"),
    "marks": _l(
        "Keep each mark of something hidden, such as %(mark)s, exactly as it stands in the story, and add none",
        mark=MARK,
    ),
    "same": _l("The teller says that these words are not what they meant: change them first"),
    "hidden": _l("These words hold a name or a number that is hidden in the story: take it out first"),
}


class TranslationForm(FlaskForm):  # type: ignore[misc]
    """A translation of one story into one language."""

    version = HiddenField()
    text = WordsField("", [InputRequired(PROBLEMS["empty"])], limit=LONGEST_TRANSLATION)

    def __init__(self, view: TranslationView) -> None:
        super().__init__(data={"version": view.version, "text": view.text})
        self.text.label.text = INTO[view.language]
