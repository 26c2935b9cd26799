"""Turns stories and questions into the same keys, so that any form of a word in either language finds the others.

A topic has a key too, whichever of its words a story uses: that is how *meddyg* finds a story about the GP.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress

from involve.text.forms import fold, normal_keys
from involve.text.function_words import is_function_word
from involve.text.language import identify_words
from involve.text.places import other_name
from involve.text.tokens import tokenise
from involve.text.topics import Topic, load_topics
from involve.text.types import Token, WordLanguage

_LONGEST_QUERY = 1_000
_MOST_QUERY_WORDS = 32
_LONGEST_KEY = 64
_TOPIC = "0topic"  # begins no word

_Phrase = tuple[tuple[frozenset[str], ...], Topic]


def index_keys(text: str) -> tuple[str, ...]:
    """Return the keys under which *text* is found, once each, in order of appearance.

    For each word that is not mere grammar: as it stands, and its dictionary form in the language it is in, in both
    when in doubt; a place under its other name too; last, the topics that its words name. Keys are in lower case,
    without accents, and hold only letters and digits, of any script, so that no search engine cuts them further.
    """
    tokens = tokenise(text)
    languages = identify_words(tokens)
    words = [_word_keys(token, language) for token, language in zip(tokens, languages, strict=True)]
    matter = [
        language == "und" or not is_function_word(token.surface, language)
        for token, language in zip(tokens, languages, strict=True)
    ]
    keys: dict[str, None] = {}
    for own in compress(words, matter):
        keys.update(own)
    return (*keys, *(_topic_key(topic) for topic in _topics_at(words, matter)))


def query_keys(query: str) -> tuple[frozenset[str], ...]:
    """Return for each word of *query* the keys that satisfy it, any one of them, in the order of the words.

    Words are read in both languages, because a question is too short to tell. Words of grammar in either language
    count only when there is nothing else. A word that names a topic, alone or with its neighbours, is satisfied by
    the topic too. Operators and quotation marks mean nothing; only the first 1,000 characters and 32 words are read.
    """
    tokens = tokenise(query[:_LONGEST_QUERY])
    words = [_word_keys(token, "both") for token in tokens]
    matter = [_asks(token) for token in tokens]
    topics = _topics_at(words, matter)
    alternatives = [
        frozenset(own) | {_topic_key(topic) for topic, places in topics.items() if at in places}
        for at, own in enumerate(words)
    ]
    told = list(filter(None, compress(alternatives, matter))) or filter(None, alternatives)
    return tuple(dict.fromkeys(told))[:_MOST_QUERY_WORDS]


def query_topics(query: str) -> tuple[Topic, ...]:
    """Return the topics that *query* names: what it finds beyond its own words, to be told to who asks."""
    tokens = tokenise(query[:_LONGEST_QUERY])
    words = [_word_keys(token, "both") for token in tokens]
    return tuple(_topics_at(words, [_asks(token) for token in tokens]))


@dataclass(frozen=True, slots=True)
class Named:
    """What a text says: each word that is more than grammar, with its keys, and the topics by key, with the words."""

    words: tuple[tuple[str, frozenset[str]], ...]
    topics: Mapping[str, tuple[Topic, frozenset[str]]]


def name_words(text: str) -> Named:
    """Return the words of *text* beside the keys of `index_keys`, so that what two texts share can be shown in each."""
    tokens = tokenise(text)
    languages = identify_words(tokens)
    words = [_word_keys(token, language) for token, language in zip(tokens, languages, strict=True)]
    matter = [
        language == "und" or not is_function_word(token.surface, language)
        for token, language in zip(tokens, languages, strict=True)
    ]
    said = dict.fromkeys(
        (token.surface, frozenset(own)) for token, own in compress(zip(tokens, words, strict=True), matter)
    )
    topics = {
        _topic_key(topic): (topic, frozenset(tokens[at].surface for at in places))
        for topic, places in _topics_at(words, matter).items()
    }
    return Named(tuple((surface, own) for surface, own in said if own), topics)


def _asks(token: Token) -> bool:
    """Say whether a word of a question is more than grammar in both languages."""
    return not is_function_word(token.surface, "cy") and not is_function_word(token.surface, "en")


def _topic_key(topic: Topic) -> str:
    return _TOPIC + topic.id.replace("_", "")


def _topics_at(words: Sequence[Mapping[str, None]], matter: Sequence[bool]) -> dict[Topic, frozenset[int]]:
    """Return the topics that are named in a text of *words* (the keys of each), with the places of their words.

    A word of grammar names nothing by itself: without accents, *mor* (so) looks like *môr* (sea).
    """
    phrases = _topic_phrases()
    found: dict[Topic, frozenset[int]] = {}
    for at, keys in enumerate(words):
        for phrase, topic in (each for key in keys for each in phrases.get(key, ())):
            following = words[at : at + len(phrase)]
            whole = len(following) == len(phrase) and (matter[at] or len(phrase) > 1)
            if whole and all(map(_meet, phrase, following)):
                found[topic] = found.get(topic, frozenset()) | set(range(at, at + len(phrase)))
    return found


def _meet(wanted: frozenset[str], keys: Mapping[str, None]) -> bool:
    return not wanted.isdisjoint(keys)


@cache
def _topic_phrases() -> Mapping[str, tuple[_Phrase, ...]]:
    """Return the phrases of all topics, each as the keys of its words, by each key that its first word has."""
    phrases: dict[str, list[_Phrase]] = defaultdict(list)
    languages: tuple[WordLanguage, ...] = ("cy", "en")
    for topic in load_topics():
        for language in languages:
            for wording in topic.cue.cy if language == "cy" else topic.cue.en:
                phrase = tuple(frozenset(_word_keys(token, language)) for token in tokenise(wording))
                for key in phrase[0]:
                    phrases[key].append((phrase, topic))
    return {key: tuple(each) for key, each in phrases.items()}


def _word_keys(token: Token, language: WordLanguage) -> dict[str, None]:
    """Return the keys of one word as an ordered set."""
    return dict.fromkeys(_spellings(token, [key for _, key in normal_keys(token.surface, language)]))


def _spellings(token: Token, readings: list[str]) -> Iterator[str]:
    """Yield the keys of a word and its readings, and those of the other name of a place."""
    for reading in (token.surface, *readings):
        for name in (reading, other_name(reading.lower())):
            key = _key(name or "")
            if key:
                yield key


def _key(word: str) -> str:
    return "".join(character for character in fold(word) if character.isalnum())[:_LONGEST_KEY]
