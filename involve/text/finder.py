"""Looks for everything that tags are made from, at once: cues, turns of speech, topics and the signs of stance."""

from collections.abc import Iterable, Sequence

from involve.text.concepts import Concept
from involve.text.judging.evidence import TOPIC
from involve.text.matching import CueHit, Entry, Matcher, Word, entries_of
from involve.text.patterns import PatternFinder
from involve.text.stance import sign_entries
from involve.text.topics import load_topics


class Finder:
    """Concepts made ready once; `find` may be called from several threads."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        """Make the cues and patterns of *concepts* ready."""
        known = tuple(concepts)
        topics = (Entry((TOPIC, topic.id), 1, topic.wider) for topic in load_topics())
        self._matcher = Matcher([*entries_of(known), *sign_entries(), *topics])
        self._patterns = PatternFinder(known)

    def find(self, text: str, words: Sequence[Word]) -> tuple[CueHit, ...]:
        """Return what is found in *text*, cut into *words*, in order of place; hits may overlap."""
        cues, patterns = self._matcher.find(words), self._patterns.find(text, words)
        return tuple(sorted([*cues, *patterns], key=_place)) if patterns else cues


def _place(hit: CueHit) -> tuple[int, int]:
    return hit.first, hit.last
