"""Counts the words of stories by their dictionary form, and remembers how people wrote them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from involve.text.forms import normalise
from involve.text.function_words import is_function_word
from involve.text.language import identify_words
from involve.text.tokens import tokenise
from involve.text.types import WordLanguage

Key = tuple[WordLanguage, str]  # the language a word was read in, and its dictionary form there
_SHORTEST = 3  # letters; what is shorter says little on its own


@dataclass(slots=True)
class WordCounts:
    """How many stories use each word, and in which spellings: a word said ten times by one person counts once."""

    stories: int = 0
    by_key: Counter[Key] = field(default_factory=Counter)
    spellings: dict[Key, Counter[str]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Count one story."""
        self.stories += 1
        for key, spelling in dict(content_words(text)).items():
            self.by_key[key] += 1
            self.spellings.setdefault(key, Counter())[spelling] += 1

    def as_written(self, key: Key) -> str:
        """Return the spelling in lower case that most people used for *key*; of equal ones the first by letter."""
        return min(self.spellings[key].items(), key=lambda pair: (-pair[1], pair[0]))[0]


def count_words(texts: Iterable[str]) -> WordCounts:
    """Return the counts over all *texts*; time grows with their length."""
    counts = WordCounts()
    for text in texts:
        counts.add(text)
    return counts


def content_words(text: str) -> Iterator[tuple[Key, str]]:
    """Yield (key, spelling in lower case) of each word of *text* that is not mere grammar, in order."""
    tokens = tokenise(text)
    for token, language in zip(tokens, identify_words(tokens), strict=True):
        word = token.surface
        if len(word) < _SHORTEST or not word[0].isalpha():
            continue
        if language != "und" and is_function_word(word, language):
            continue
        yield (language, normalise(word, language).key), word.lower()
