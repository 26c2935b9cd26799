"""The keys under which words and topics are found: the same for a story and for a question, whatever form they take."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from involve.text.concepts import Cue
from involve.text.forms import fold, normal_keys
from involve.text.places import other_name
from involve.text.tokens import tokenise
from involve.text.topics import Topic, find_topic, load_exceptions, load_topics
from involve.text.types import WordLanguage

_LONGEST_KEY = 64
_TOPIC = "0topic"  # begins no word

_Phrase = tuple[tuple[frozenset[str], ...], Topic]
_Phrases = Mapping[str, tuple[_Phrase, ...]]


def topic_key(topic: Topic) -> str:
    """Return the key of a topic, which no word has."""
    return _TOPIC + topic.id.replace("_", "")


@cache
def topics_by_key() -> Mapping[str, str]:
    """Return the id of each topic by its key; in the keys of a text those of topics stand last."""
    return {topic_key(topic): topic.id for topic in load_topics()}


def topics_at(words: Sequence[Mapping[str, None]], matter: Sequence[bool]) -> dict[Topic, frozenset[int]]:
    """Return the topics that are named in a text of *words* (the keys of each), with the places of their words.

    A word of grammar names nothing by itself: without accents, *mor* (so) looks like *môr* (sea). Nor does a word name
    a topic where it stands in a wording in which it means something else.
    """
    found: dict[Topic, list[range]] = defaultdict(list)
    for topic, places in _find(words, _topic_phrases()):
        if matter[places.start] or len(places) > 1:
            found[topic].append(places)
    meant = {topic: _without(places, _otherwise(topic, words)) for topic, places in found.items()}
    return {topic: places for topic, places in meant.items() if places}


def _find(words: Sequence[Mapping[str, None]], phrases: _Phrases) -> Iterator[tuple[Topic, range]]:
    """Yield each topic of which a phrase stands among *words*, and where."""
    for at, keys in enumerate(words):
        for phrase, topic in (each for key in keys for each in phrases.get(key, ())):
            following = words[at : at + len(phrase)]
            if len(following) == len(phrase) and all(map(_meet, phrase, following)):
                yield topic, range(at, at + len(phrase))


def _otherwise(topic: Topic, words: Sequence[Mapping[str, None]]) -> frozenset[int]:
    """Return the places of words that mean something else than the topic."""
    phrases = _exceptions().get(topic.id)
    return (
        frozenset(at for _topic, places in _find(words, phrases) for at in places) if phrases else frozenset()
    )


def _without(places: Sequence[range], other: frozenset[int]) -> frozenset[int]:
    return frozenset(at for each in places if other.isdisjoint(each) for at in each)


def _meet(wanted: frozenset[str], keys: Mapping[str, None]) -> bool:
    return not wanted.isdisjoint(keys)


@cache
def _topic_phrases() -> _Phrases:
    """Return the phrases of all topics."""
    return _phrases_of((topic, topic.cue) for topic in load_topics())


@cache
def _exceptions() -> Mapping[str, _Phrases]:
    """Return by the id of a topic the phrases in which its words mean something else."""
    return {id_: _phrases_of([(find_topic(id_), cue)]) for id_, cue in load_exceptions().items()}


def _phrases_of(cues: Iterable[tuple[Topic, Cue]]) -> _Phrases:
    """Return phrases, each as the keys of its words, by each key that its first word has."""
    phrases: dict[str, list[_Phrase]] = defaultdict(list)
    languages: tuple[WordLanguage, ...] = ("cy", "en")
    for topic, cue in cues:
        for language in languages:
            for wording in cue.cy if language == "cy" else cue.en:
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
