"""Turns stories and questions into the same keys, so that any form of a word in either language finds the others."""

from collections.abc import Iterator

from involve.text.forms import fold, normal_keys
from involve.text.function_words import is_function_word
from involve.text.language import identify_words
from involve.text.places import other_name
from involve.text.tokens import tokenise
from involve.text.types import Token

_LONGEST_QUERY = 1_000
_MOST_QUERY_WORDS = 32
_LONGEST_KEY = 64


def index_keys(text: str) -> tuple[str, ...]:
    """Return the keys under which *text* is found, once each, in order of appearance.

    For each word that is not mere grammar: as it stands, and its dictionary form in the language it is in, in both
    when in doubt; a place under its other name too. Keys are in lower case, without accents, and hold only letters
    and digits, of any script, so that no search engine cuts them further.
    """
    tokens = tokenise(text)
    keys: dict[str, None] = {}
    for token, language in zip(tokens, identify_words(tokens), strict=True):
        if language != "und" and is_function_word(token.surface, language):
            continue
        readings = [key for _, key in normal_keys(token.surface, language)]
        keys.update(dict.fromkeys(_spellings(token, readings)))
    return tuple(keys)


def query_keys(query: str) -> tuple[frozenset[str], ...]:
    """Return for each word of *query* the keys that satisfy it, any one of them, in the order of the words.

    Words are read in both languages, because a question is too short to tell. Words of grammar in either language
    count only when there is nothing else. Operators and quotation marks mean nothing; only the first
    1,000 characters and 32 words are read.
    """
    tokens = tokenise(query[:_LONGEST_QUERY])
    matter = [
        token
        for token in tokens
        if not is_function_word(token.surface, "cy") and not is_function_word(token.surface, "en")
    ]
    words = [alternatives for token in matter if (alternatives := _alternatives(token))]
    if not words:
        words = [alternatives for token in tokens if (alternatives := _alternatives(token))]
    return tuple(dict.fromkeys(words))[:_MOST_QUERY_WORDS]


def _alternatives(token: Token) -> frozenset[str]:
    return frozenset(_spellings(token, [key for _, key in normal_keys(token.surface, "both")]))


def _spellings(token: Token, readings: list[str]) -> Iterator[str]:
    """Yield the keys of a word and its readings, and those of the other name of a place."""
    for reading in (token.surface, *readings):
        for name in (reading, other_name(reading.lower())):
            key = _key(name or "")
            if key:
                yield key


def _key(word: str) -> str:
    return "".join(character for character in fold(word) if character.isalnum())[:_LONGEST_KEY]
