"""Reads a story for the themes of a project's codebook and for nothing else, so that a codebook can be tried out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from involve.text.concepts import Concept
from involve.text.cue_sieve import CueSieve
from involve.text.language import identify_words, language_of_words
from involve.text.lexicon import Listed
from involve.text.matching import Matcher, Word, entries_of, split_into_words
from involve.text.personal import find_personal
from involve.text.pipeline import leave_out_personal
from involve.text.spam import spam_reasons
from involve.text.stance import sign_entries
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


def prepare_again(
    text: str, language: Language, personal: Sequence[PersonalDetail], is_story: bool
) -> Prepared:
    """Return what `prepare` does, of a text of which an earlier reading knows the rest: most of the work is that."""
    if language == "und" or not is_story:
        return Prepared(text, language, (), ())
    tokens = tokenise(text)
    return Prepared(text, language, split_into_words(text, tokens, identify_words(tokens)), personal)


class ThemeReader:
    """Themes made ready once; `read` may be called from several threads."""

    def __init__(self, themes: tuple[Concept, ...]) -> None:
        """Make the cues of *themes* ready."""
        self._cues = Matcher(entries_of(themes))

    def read(self, story: Prepared) -> tuple[Tag, ...]:
        """Return the themes to suggest of a story, surest first, each with its stance and passages."""
        cues = leave_out_personal(self._cues.find(story.words), story.personal)
        if not cues:
            return ()
        # The signs of stance are only looked for where there is something to take a stance on.
        signs = leave_out_personal(_signs().find(story.words), story.personal)
        hits = sorted([*cues, *signs], key=lambda hit: (hit.first, hit.last))
        return suggest_tags(story.text, story.words, hits)


@cache
def _signs() -> Matcher:
    """Return the signs of stance made ready: the same for every codebook."""
    return Matcher(sign_entries())


@lru_cache(maxsize=16)
def make_theme_reader(themes: tuple[Concept, ...]) -> ThemeReader:
    """Return the themes made ready; that takes as long as reading a hundred stories, so it is done once for each."""
    return ThemeReader(themes)


@lru_cache(maxsize=4)
def make_cue_sieve(cues: frozenset[tuple[str, Listed]], among: frozenset[tuple[str, Listed]]) -> CueSieve:
    """Return a first look for *cues* made ready; that takes as long as for a reader."""
    return CueSieve(cues, among)
