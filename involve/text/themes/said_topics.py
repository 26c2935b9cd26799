"""Finds which sentences of a text name a topic, for groups that people then make their own."""

from functools import cache

from involve.text.judging.evidence import TOPIC
from involve.text.language import identify_words
from involve.text.matching import Entry, Matcher, split_into_words
from involve.text.sentences import split_sentences
from involve.text.stance import keep_longest
from involve.text.tokens import tokenise
from involve.text.topics import Topic, load_topics
from involve.text.types import Passage


def find_said_topics(text: str) -> dict[Topic, tuple[Passage, ...]]:
    """Return the topics that *text* names, each with the sentences that do.

    Only topics that belong to some goal: the others (funding, early help) say how things are done and not what about.
    Words are matched in the forms that their language gives them, as for tags; search casts a wider net.
    """
    tokens = tokenise(text)
    words = split_into_words(text, tokens, identify_words(tokens))
    sentences = split_sentences(text)
    found: dict[Topic, dict[Passage, None]] = {}
    for hit in keep_longest(_matcher().find(words)):
        for sentence in sentences:
            if sentence.start <= hit.start < sentence.end:
                found.setdefault(_topics()[hit.entry.owner[1]], {})[sentence] = None
    return {topic: tuple(places) for topic, places in found.items()}


@cache
def _topics() -> dict[str, Topic]:
    return {topic.id: topic for topic in load_topics() if topic.goals}


@cache
def _matcher() -> Matcher:
    return Matcher([Entry((TOPIC, topic.id), 1, topic.cue) for topic in _topics().values()])
