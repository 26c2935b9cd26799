"""Words that stand in both languages of Wales side by side."""

from dataclasses import dataclass
from typing import Literal

PageLanguage = Literal["cy", "en"]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in Welsh and in English. Neither is ever empty where they are shown."""

    cy: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the words in *language*, one of cy and en.

        Raises:
            ValueError: the language is neither; better found at once than shown as the wrong language.
        """
        if language not in ("cy", "en"):
            raise ValueError(f"no words in the language {language!r}")
        return self.cy if language == "cy" else self.en
