"""The forms of a codebook: one theme in both languages, and a file to bring in."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import Length, Optional

from involve.i18n import lazy_gettext as _l
from involve.services.codebook.books import ThemeView
from involve.services.codebook.drafting import LONGEST_NAME, LONGEST_TEXT, MOST_CUES, ThemeDraft
from involve.text.codebook_file import fault_of_cue
from involve.vocabulary.bilingual import Bilingual
from involve.web.fields import HiddenField, LineField, UploadField, WordsField, read_number

UNNAMED = _l("Name the theme in at least one language")
MANY = _l("A theme has at most 200 words in each language")
WRONG_CUE = _l("“%(cue)s” cannot be looked for: it needs a letter, and a * only at the end of a word")
_CUES = 8000
_NAME = [Optional(), Length(max=LONGEST_NAME, message=_l("At most 80 characters"))]


def _text(label: Any) -> WordsField:
    return WordsField(label, [Optional()], limit=LONGEST_TEXT)


class ThemeForm(FlaskForm):  # type: ignore[misc]
    """A theme. Any part may wait; both languages are demanded when the codebook is released."""

    name_cy = LineField(_l("Name in Welsh"), _NAME)
    name_en = LineField(_l("Name in English"), _NAME)
    definition_cy = _text(_l("What it is, in a sentence, in Welsh"))
    definition_en = _text(_l("What it is, in a sentence, in English"))
    includes_cy = _text(_l("What belongs to it, in Welsh"))
    includes_en = _text(_l("What belongs to it, in English"))
    excludes_cy = _text(_l("What does not belong, though it looks so, in Welsh"))
    excludes_en = _text(_l("What does not belong, though it looks so, in English"))
    cues_cy = WordsField(_l("Welsh words that show it, one to a line"), [Optional()], limit=_CUES)
    cues_en = WordsField(_l("English words that show it, one to a line"), [Optional()], limit=_CUES)
    revision = HiddenField()

    def __init__(self, theme: ThemeView | None = None) -> None:
        super().__init__(data=_values(theme) if theme else None)

    @property
    def draft(self) -> ThemeDraft:
        """What was written."""
        pairs = (
            Bilingual(self[f"{part}_cy"].data or "", self[f"{part}_en"].data or "")
            for part in ("name", "definition", "includes", "excludes")
        )
        return ThemeDraft(*pairs, _lines(self.cues_cy.data), _lines(self.cues_en.data))

    @property
    def opened(self) -> int:
        """The revision of the theme as it was opened."""
        return read_number(self.revision.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the parts, and that there is a name and every word can be looked for."""
        valid = bool(super().validate(extra_validators))
        if not (self.name_cy.data or self.name_en.data):
            self.name_cy.errors = [UNNAMED]
        for field in (self.cues_cy, self.cues_en):
            cues = _lines(field.data)
            wrong = next((cue for cue in cues if fault_of_cue(cue)), None)
            if len(cues) > MOST_CUES:
                field.errors = [MANY]
            elif wrong is not None:
                field.errors = [WRONG_CUE % {"cue": wrong[:LONGEST_NAME]}]
        return valid and not self.errors


class CodebookFileForm(FlaskForm):  # type: ignore[misc]
    """A file to bring in."""

    file = UploadField(_l("Codebook file in TOML, JSON or QDC, at most 400 KB"))


def _values(theme: ThemeView) -> dict[str, str]:
    values = {
        f"{part}_{language}": getattr(theme, part).in_language(language)
        for part in ("name", "definition", "includes", "excludes")
        for language in ("cy", "en")
    }
    cues = {"cues_cy": "\n".join(theme.cues_cy), "cues_en": "\n".join(theme.cues_en)}
    return {**values, **cues, "revision": str(theme.revision)}


def _lines(text: str | None) -> tuple[str, ...]:
    """Return the words that stand one to a line."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
