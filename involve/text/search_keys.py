"""The keys under which words and topics are found: the same for a story and for a question, whatever form they take."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from involve.text.forms import fold, normal_keys
from involve.text.places import other_name
from involve.text.tokens import tokenise
from involve.text.topics import Topic, load_topics
from involve.text.types import WordLanguage

_LONGEST_KEY = 64
_TOPIC = "0topic"  # begins no word

_Phrase = tuple[tuple[frozenset[str], ...], Topic]


def topic_key(topic: Topic) -> str:
    """Return the key of a topic, which no word has."""
    return _TOPIC + topic.id.replace("_", "")


@cache
def topics_by_key() -> Mapping[str, str]:
    """Return the id of each topic by its key; in the keys of a text those of topics stand last."""
    return {topic_key(topic): topic.id for topic in load_topics()}


def topics_at(words: Sequence[Mapping[str, None]], matter: Sequence[bool]) -> dict[Topic, frozenset[int]]:
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
                phrase = tuple(frozenset(word_keys(token.surface, language)) for token in tokenise(wording))
                for key in phrase[0]:
                    phrases[key].append((phrase, topic))
    return {key: tuple(each) for key, each in phrases.items()}


def word_keys(surface: str, language: WordLanguage) -> dict[str, None]:
    """Return the keys of one word as an ordered set."""
    return dict.fromkeys(_spellings(surface, [key for _, key in normal_keys(surface, language)]))


def _spellings(surface: str, readings: list[str]) -> Iterator[str]:
    """Yield the keys of a word and its readings, and those of the other name of a place."""
    for reading in (surface, *readings):
        for name in (reading, other_name(reading.lower())):
            key = key_of(name or "")
            if key:
                yield key


def key_of(word: str) -> str:
    """Return a word as it is spelt, in lower case without accents: letters and digits alone, or nothing."""
    return "".join(character for character in fold(word) if character.isalnum())[:_LONGEST_KEY]
