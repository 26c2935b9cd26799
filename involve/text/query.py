"""Reads what somebody searches for: words in any form, “phrases” as they stand, and -words that must not be there.

Words are read in both languages, because a question is too short to tell. A word that names a topic, alone or with its
neighbours, is answered by the topic too: *meddyg* by a story about the GP.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from involve.text.forms import fold
from involve.text.function_words import is_function_word
from involve.text.search_keys import key_of, topic_key, topics_at, word_keys
from involve.text.tokens import tokenise
from involve.text.topics import Topic

Place = tuple[int, int]

_LONGEST_QUERY = 1_000
_MOST_WORDS = 32
_MOST_PHRASES = 4
_QUOTES = {ord(mark): '"' for mark in "“”„«»"}
_PIECE = re.compile(r"\S+")
_PHRASE = re.compile(r'(?<!\S)(-?)"([^"]*)"')
_EXCLUDED = re.compile(r"(?<!\S)-(\w\S*)")


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a search: its key as typed (`exact`), those of all its forms, and those of its topics."""

    typed: str
    exact: str
    forms: frozenset[str]
    topics: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """Each of these keys satisfies the word."""
        return self.forms | self.topics


@dataclass(frozen=True, slots=True)
class Query:
    """A search. Every word and phrase must stand in a text, and nothing that is excluded.

    `phrases` and `no_phrases` are in the form of `phrase_form`; the words of `phrases` that are more than grammar stand
    among `words` too, in their own form alone. `topics`: what the words name beyond themselves.
    """

    words: tuple[Sought, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[frozenset[str], ...] = ()
    no_phrases: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it asks for anything at all."""
        return bool(self.words or self.phrases or self.excluded or self.no_phrases)


@lru_cache(256)
def read_query(query: str) -> Query:
    """Return what a search asks for.

    Only its first 1,000 characters, 32 words and 4 phrases of each kind are read. Words of grammar in either language
    count only when there is nothing else. Marks other than quotation marks and a minus before a word mean nothing.
    """
    text = query[:_LONGEST_QUERY].translate(_QUOTES)
    quoted = [(minus, phrase) for minus, phrase in _PHRASE.findall(text) if phrase_form(phrase)]
    text = _PHRASE.sub(" ", text)
    refused = _EXCLUDED.findall(text)
    plain, topics = _read_plain(_EXCLUDED.sub(" ", text))
    wanted = [phrase for minus, phrase in quoted if not minus][:_MOST_PHRASES]
    words = dict.fromkeys((*plain, *(word for phrase in wanted for word in _phrase_words(phrase))))
    return Query(
        words=tuple(words)[:_MOST_WORDS],
        phrases=tuple(phrase_form(phrase) for phrase in wanted),
        excluded=tuple(filter(None, map(_forms_of, refused)))[:_MOST_WORDS],
        no_phrases=tuple(phrase_form(phrase) for minus, phrase in quoted if minus)[:_MOST_PHRASES],
        topics=topics,
    )


def phrase_form(text: str) -> str:
    """Return the words of *text* without accents and capitals, one space before, between and after; '' for none.

    A phrase stands in a text where its form stands in the text's.
    """
    words = re.findall(r"\w+", fold(text))
    return f" {' '.join(words)} " if words else ""


def find_marks(text: str, query: Query) -> tuple[Place, ...]:
    """Return where in *text* the words stand that a search asks for, in any form or by a topic (code points)."""
    words = list(_words_of(text))
    sought = frozenset(key for word in query.words for key in word.forms)
    hit = {at for at, word in enumerate(words) if not sought.isdisjoint(word[2])}
    if query.topics:
        named = topics_at([word[2] for word in words], [word[3] for word in words])
        hit.update(at for topic in query.topics for at in named.get(topic, ()))
    return tuple(words[at][:2] for at in sorted(hit))


def _words_of(text: str) -> Iterator[tuple[int, int, Mapping[str, None], bool]]:
    """Yield the words of a text as `_read_piece` reads them, with their places in the text."""
    for piece in _PIECE.finditer(text):
        read, at = _read_piece(piece[0]), piece.start()
        for start, end, keys, matters in read:
            yield at + start, at + end, keys, matters


def _read_plain(text: str) -> tuple[list[Sought], tuple[Topic, ...]]:
    """Return the words that stand by themselves, and the topics that they name."""
    tokens = tokenise(text)
    keys = [word_keys(token.surface, "both") for token in tokens]
    matter = [_matters(token.surface) for token in tokens]
    topics = topics_at(keys, matter)
    words = [
        Sought(
            token.surface,
            key_of(token.surface),
            frozenset(own),
            frozenset(topic_key(topic) for topic, places in topics.items() if at in places),
        )
        for at, (token, own) in enumerate(zip(tokens, keys, strict=True))
    ]
    able = [each for each in words if each.exact]
    told = [each for each in able if _matters(each.typed)]
    return told or able, tuple(topics)


def _phrase_words(phrase: str) -> Iterator[Sought]:
    """Yield the words of a phrase under which texts are found: those of grammar are not kept."""
    for token in tokenise(phrase):
        exact = key_of(token.surface)
        if exact and _matters(token.surface):
            yield Sought(token.surface, exact, frozenset((exact,)))


def _forms_of(text: str) -> frozenset[str]:
    """Return the keys of a word in all its forms."""
    return frozenset(key for token in tokenise(text)[:1] for key in word_keys(token.surface, "both"))


@lru_cache(50_000)
def _matters(surface: str) -> bool:
    """Say whether a word is more than grammar in both languages."""
    return not is_function_word(surface, "cy") and not is_function_word(surface, "en")


# No word goes across a space, and most of what stands between two spaces was seen before.
@lru_cache(50_000)
def _read_piece(piece: str) -> tuple[tuple[int, int, Mapping[str, None], bool], ...]:
    """Return of each word in a piece its place, its keys in both languages, and whether it is more than grammar."""
    return tuple(
        (token.start, token.end, word_keys(token.surface, "both"), _matters(token.surface))
        for token in tokenise(piece)
    )
