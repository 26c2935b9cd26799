"""The forms of a reading session: a theme's name, the sentences that belong to it, and where it should go."""

from flask_wtf import FlaskForm
from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from involve.i18n import lazy_gettext as _l
from involve.services.reading.theme_views import ReadStory, ThemeView
from involve.services.reading.themes import LONGEST_NAME, Naming
from involve.vocabulary.bilingual import Bilingual
from involve.web.fields import HiddenField, LineField, OneOfField, SomeOfField, choice, read_number
from involve.web.labels import spoken_name

NAME_NEEDED = _l("Give the theme a name, in Welsh, in English or in both")
_SHORT = Length(max=LONGEST_NAME, message=_l("A name has at most 120 characters"))
NEW = "new"


class NameForm(FlaskForm):  # type: ignore[misc]
    """A name in one language or both; who knows only one leaves the other to somebody else."""

    version = HiddenField()
    name_cy = LineField(_l("Name in Welsh"), [_SHORT])
    name_en = LineField(_l("Name in English"), [_SHORT])

    def validate_name_cy(self, field: LineField) -> None:
        """Ask for a name in one of the languages."""
        if not field.data and not self.name_en.data:
            raise ValidationError(NAME_NEEDED)

    @property
    def naming(self) -> Naming:
        """The name, and the version of it that was on the page; 0 where that cannot be told."""
        return Naming(
            read_number(self.version.data), Bilingual(self.name_cy.data or "", self.name_en.data or "")
        )


class GroupForm(FlaskForm):  # type: ignore[misc]
    """Sentences of one story, and the theme that they belong to: one that is there, or a new one."""

    sentences = SomeOfField(
        _l("Which sentences belong together?"), [InputRequired(_l("Choose at least one sentence"))]
    )
    theme = OneOfField(_l("Which theme do they belong to?"), [InputRequired(_l("Choose a theme"))])
    name_cy = LineField(_l("Name of the new theme in Welsh"), [_SHORT])
    name_en = LineField(_l("Name of the new theme in English"), [_SHORT])

    def __init__(self, story: ReadStory, themes: tuple[ThemeView, ...]) -> None:
        super().__init__()
        spoken = story.language if story.language in ("cy", "en") else ""
        self.sentences.choices = [choice(str(each.start), each.text, lang=spoken) for each in story.sentences]
        self.theme.choices = [
            *(theme_choice(each) for each in themes),
            choice(NEW, _l("A new theme")),
        ]

    def validate_theme(self, field: OneOfField) -> None:
        """Ask for the name of a new theme."""
        if field.data == NEW and not self.name_cy.data and not self.name_en.data:
            raise ValidationError(NAME_NEEDED)

    @property
    def new_name(self) -> Bilingual | None:
        """The name of the new theme, where it is to be one."""
        if self.theme.data != NEW:
            return None
        return Bilingual(self.name_cy.data or "", self.name_en.data or "")


class MergeForm(FlaskForm):  # type: ignore[misc]
    """The theme into which another one goes."""

    into = OneOfField(_l("Which theme should it become part of?"), [InputRequired(_l("Choose a theme"))])

    def __init__(self, others: tuple[ThemeView, ...]) -> None:
        super().__init__()
        self.into.choices = [theme_choice(each) for each in others]


def theme_choice(theme: ThemeView) -> SelectChoice:
    """Return a theme as an answer to choose."""
    name, language = spoken_name(theme.name)
    return choice(str(theme.id), name, lang=language)
