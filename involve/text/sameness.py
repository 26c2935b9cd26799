"""How far two texts say the same, in either language, and by which words: reasons that a person can check.

Topics are shared between the languages (`text/topics.py`); other words are shared in any of their forms. Nothing is
learnt, and nothing is said without the words for it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from involve.text.function_words import is_function_word
from involve.text.search import Named, name_words
from involve.text.themes.near_duplicates import resemblance, shingles_of
from involve.text.topics import Topic

# A topic names what both are about. A word weighs by how few texts have it, at most as much as a topic.
_TOPIC, _WORD, _CONCEPT = 3.0, 3.0, 0.5
_NEARLY = 0.6  # resemblance of runs of three words, as for copies (`near_duplicates`)
_FEWEST_WORDS = 2
_SHORTEST = 3  # letters: shorter words are hardly ever what somebody speaks of
Concept = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may say the same: its search keys, and the goals and ways that it is about."""

    keys: frozenset[str]
    concepts: frozenset[Concept]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two texts may say the same: words of the one and of the other, and the topic that they name, if any."""

    topic: Topic | None
    here: tuple[str, ...]
    there: tuple[str, ...]


def rank_candidates(
    text: str, concepts: frozenset[Concept], candidates: Sequence[Candidate], most: int
) -> tuple[int, ...]:
    """Return the places of the *most* likest of *candidates* that share enough to be worth a look, the likest first.

    Enough is a topic, which both languages share, or two other words at the least.
    """
    named = name_words(text)
    rarity = _rarity(candidates)
    scores = [_score(named, concepts, each, rarity) for each in candidates]
    order = sorted((place for place, score in enumerate(scores) if score > 0), key=lambda at: -scores[at])
    return tuple(order[:most])


def explain(text: str, other: str) -> tuple[Reason, ...]:
    """Return why two texts may say the same: topics first, then other words, each with what stands in either text."""
    here, there = name_words(text), name_words(other)
    reasons = [
        Reason(topic, tuple(sorted(words)), tuple(sorted(there.topics[key][1])))
        for key, (topic, words) in here.topics.items()
        if key in there.topics
    ]
    told = {word.lower() for reason in reasons for word in reason.here}
    for surface, keys in here.words:
        met = dict.fromkeys(word.lower() for word, own in there.words if own & keys)
        if met and _speaks(surface) and surface.lower() not in told:
            told.add(surface.lower())
            reasons.append(Reason(None, (surface.lower(),), tuple(met)))
    return tuple(reasons)


def nearly_same(text: str, other: str) -> bool:
    """Whether two texts have nearly the same words."""
    return resemblance(shingles_of(text), shingles_of(other)) >= _NEARLY


def _score(
    named: Named, concepts: frozenset[Concept], candidate: Candidate, rarity: dict[str, float]
) -> float:
    """Return how like a candidate is; 0 where it shares too little."""
    topics = [topic for key, (topic, _words) in named.topics.items() if key in candidate.keys]
    told = {word for key, (_t, words) in named.topics.items() if key in candidate.keys for word in words}
    shared = [
        max(rarity.get(key, 0.0) for key in keys & candidate.keys)
        for surface, keys in named.words
        if _speaks(surface) and surface not in told and keys & candidate.keys
    ]
    both = concepts & candidate.concepts
    enough = topics or len(shared) >= _FEWEST_WORDS
    return len(topics) * _TOPIC + sum(shared) + len(both) * _CONCEPT if enough else 0.0


def _speaks(word: str) -> bool:
    """Whether a word may be what a text is about, and is grammar in neither language."""
    return len(word) >= _SHORTEST and not (is_function_word(word, "cy") or is_function_word(word, "en"))


def _rarity(candidates: Iterable[Candidate]) -> dict[str, float]:
    """Return how much each key weighs as a word: much where few of the candidates have it."""
    listed = list(candidates)
    counts = Counter(key for each in listed for key in each.keys)
    most = math.log(len(listed) + 1) or 1.0
    return {key: _WORD * math.log((len(listed) + 1) / count) / most for key, count in counts.items()}
