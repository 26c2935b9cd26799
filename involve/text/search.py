"""Turns stories and questions into the same keys, so that any form of a word in either language finds the others.

A topic has a key too, whichever of its words a story uses: that is how *meddyg* finds a story about the GP.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import compress

from involve.text.function_words import is_function_word
from involve.text.language import identify_words
from involve.text.search_keys import topic_key, topics_at, word_keys
from involve.text.tokens import tokenise
from involve.text.topics import Topic


def index_keys(text: str) -> tuple[str, ...]:
    """Return the keys under which *text* is found, once each, in order of appearance.

    For each word that is not mere grammar: as it stands, and its dictionary form in the language it is in, in both
    when in doubt; a place under its other name too; last, the topics that its words name. Keys are in lower case,
    without accents, and hold only letters and digits, of any script, so that no search engine cuts them further.
    """
    tokens = tokenise(text)
    languages = identify_words(tokens)
    words = [word_keys(token.surface, language) for token, language in zip(tokens, languages, strict=True)]
    matter = [
        language == "und" or not is_function_word(token.surface, language)
        for token, language in zip(tokens, languages, strict=True)
    ]
    keys: dict[str, None] = {}
    for own in compress(words, matter):
        keys.update(own)
    return (*keys, *(topic_key(topic) for topic in topics_at(words, matter)))


@dataclass(frozen=True, slots=True)
class Named:
    """What a text says: each word that is more than grammar, with its keys, and the topics by key, with the words."""

    words: tuple[tuple[str, frozenset[str]], ...]
    topics: Mapping[str, tuple[Topic, frozenset[str]]]


def name_words(text: str) -> Named:
    """Return the words of *text* beside the keys of `index_keys`, so that what two texts share can be shown in each."""
    tokens = tokenise(text)
    languages = identify_words(tokens)
    words = [word_keys(token.surface, language) for token, language in zip(tokens, languages, strict=True)]
    matter = [
        language == "und" or not is_function_word(token.surface, language)
        for token, language in zip(tokens, languages, strict=True)
    ]
    said = dict.fromkeys(
        (token.surface, frozenset(own)) for token, own in compress(zip(tokens, words, strict=True), matter)
    )
    topics = {
        topic_key(topic): (topic, frozenset(tokens[at].surface for at in places))
        for topic, places in topics_at(words, matter).items()
    }
    return Named(tuple((surface, own) for surface, own in said if own), topics)
