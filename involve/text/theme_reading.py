"""Reads a story for the themes of a project's codebook and for nothing else, so that a codebook can be tried out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from involve.text.concepts import Concept
from involve.text.finder import Finder
from involve.text.language import identify_words, language_of_words
from involve.text.matching import Word, split_into_words
from involve.text.personal import find_personal
from involve.text.pipeline import leave_out_personal
from involve.text.spam import spam_reasons
from involve.text.tagging import suggest_tags
from involve.text.tokens import tokenise
from involve.text.types import Language, PersonalDetail, Tag


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text cut into words once, to be read by any number of codebooks; `words` is empty where no tags are due."""

    text: str
    language: Language
    words: Sequence[Word]
    personal: Sequence[PersonalDetail]


def prepare(text: str) -> Prepared:
    """Return *text* made ready; what is no story, or in a language that nobody here reads, has no words to tag."""
    tokens = tokenise(text)
    languages = identify_words(tokens)
    language = language_of_words(tokens, languages, text)
    if language == "und" or any(spam_reasons(text)):
        return Prepared(text, language, (), ())
    return Prepared(text, language, split_into_words(text, tokens, languages), find_personal(text, tokens))


class ThemeReader:
    """Themes made ready once; `read` may be called from several threads."""

    def __init__(self, themes: tuple[Concept, ...]) -> None:
        """Make the cues of *themes* ready."""
        self._finder = Finder(themes) if themes else None

    def read(self, story: Prepared) -> tuple[Tag, ...]:
        """Return the themes to suggest of a story, surest first, each with its stance and passages."""
        if self._finder is None or not story.words:
            return ()
        hits = leave_out_personal(self._finder.find(story.text, story.words), story.personal)
        return suggest_tags(story.text, story.words, hits)


@lru_cache(maxsize=16)
def make_theme_reader(themes: tuple[Concept, ...]) -> ThemeReader:
    """Return the themes made ready; that takes as long as reading a hundred stories, so it is done once for each."""
    return ThemeReader(themes)
