"""What there is to judge in a story: the cues found for goals and ways, the topics named, and its words."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from involve.text.concepts import Cue
from involve.text.forms import fold, normalise
from involve.text.judging.table import Feature
from involve.text.matching import CueHit, Word
from involve.text.stance import keep_longest
from involve.text.types import WordLanguage

TOPIC = "topic"  # the scheme of topics beside goals, ways, themes and signs
_JUDGED = ("goal", "way")
_MOST_REPEATS, _REPEAT = 4, 0.25  # what each further time a notion is named adds to its weight
_FULL = 3.0  # a concept's cues together say no more than this
_FEWEST_WORDS = 6
_WORD = 0.25  # what words count beside cues; more, and few stories teach chance likenesses
_MIDDLING = 60  # words of a story that is neither long nor short


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of a story but for its words, and the hits they come from, by (scheme, concept or topic)."""

    features: tuple[Feature, ...]
    by_concept: Mapping[tuple[str, str], Sequence[CueHit]]


def gather_evidence(words: Sequence[Word], hits: Sequence[CueHit]) -> Evidence:
    """Return what *hits* say of a story of *words*: each notion, each topic, and each concept's sum."""
    by_concept: dict[tuple[str, str], list[CueHit]] = defaultdict(list)
    for scheme in (*_JUDGED, TOPIC):
        for hit in keep_longest([each for each in hits if each.entry.owner[0] == scheme]):
            by_concept[hit.entry.owner].append(hit)
    features: list[Feature] = []
    for (scheme, concept), found in by_concept.items():
        if scheme == TOPIC:
            features.append((name_of(found[0]), 1.0))
        else:
            features += _notions(concept, found)
    features.append(("length", math.log(max(len(words), _FEWEST_WORDS - 1) / _MIDDLING) / 2))
    return Evidence(tuple(features), by_concept)


def _notions(concept: str, found: Sequence[CueHit]) -> Iterator[Feature]:
    """Yield each notion of a concept, a little more when named at several places, and what they weigh together."""
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    weights: dict[str, float] = {}
    for hit in found:
        name = name_of(hit)
        places[name].add((hit.first, hit.last))
        weights[name] = hit.entry.cue.weight
    score = 0.0
    for name, weight in weights.items():
        strength = 1 + _REPEAT * min(_MOST_REPEATS, len(places[name]) - 1)
        score += weight * strength
        yield name, strength
    yield f"sum {concept}", min(score, _FULL) / 2


def name_of(hit: CueHit) -> str:
    """Return the feature that *hit* is: its topic, or its concept with the first words of the notion."""
    scheme, concept = hit.entry.owner
    return f"topic {concept}" if scheme == TOPIC else name_notion(concept, hit.entry.cue)


def name_notion(concept: str, cue: Cue) -> str:
    """Return the name of one notion of *concept*: it stays when other notions come and go."""
    return f"{concept}: {(cue.en or cue.cy)[0]}"


def word_features(names: Sequence[str], rarity: Mapping[str, float]) -> list[Feature]:
    """Return the words and pairs of words that *rarity* knows, so valued that a long story weighs no more."""
    share = _WORD / math.sqrt(max(len(names), _FEWEST_WORDS))
    return [(name, rarity[name] * share) for name in names if name in rarity]


def word_names(words: Sequence[Word]) -> list[str]:
    """Return the name of each word, and of each pair of words that nothing parts."""
    keys, pairs = name_places(words)
    return keys + [pair for pair in pairs if pair]


def name_places(words: Sequence[Word]) -> tuple[list[str], list[str]]:
    """Return the name of each word, and at each place but the first the pair it ends; '' where something parts them."""
    keys = [_key(word.surface, word.language) for word in words]
    pairs = zip(words[1:], keys, keys[1:], strict=False)
    return keys, [f"{before} {key}" if word.joined else "" for word, before, key in pairs]


@lru_cache(maxsize=50_000)
def _key(surface: str, language: WordLanguage) -> str:
    return "_" + fold(normalise(surface, language).key)
