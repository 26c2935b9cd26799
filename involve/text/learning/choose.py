"""Chooses the themes of a text by what was learnt, each with the words that spoke for it."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from involve.text.concepts import Codebook, Cue
from involve.text.learning.features import BIAS, Features, places_of, read_features, weigh
from involve.text.learning.linear import Vector, margin
from involve.text.learning.model import Model
from involve.text.matching import CueHit, Entry, Word
from involve.text.tagging import least_score, merge_passages
from involve.text.types import Stance, Tag

_STEEPNESS = 2.0  # how fast confidence grows with the margin
_SPEAKS = 0.25  # a word with less than this share of the loudest one's weight is not shown
_MOST_WORDS = 6
_MOST_NAMES = 3


def choose_themes(model: Model, codebook: Codebook, features: Features) -> list[tuple[str, float]]:
    """Return (theme, margin) of each theme to suggest, the surest first.

    A theme that was not learnt has the margin of its cues. Where every story that was learnt from had a theme, the
    surest is suggested even below the line; where each had exactly one, only the surest is.
    """
    vector = weigh(features, model.rarity)
    ranked = sorted(
        ((_margin(model, concept.id, vector, features), -at) for at, concept in enumerate(codebook.concepts)),
        reverse=True,
    )
    named = [(codebook.concepts[-at].id, value) for value, at in ranked]
    if model.single:
        return named[:1]
    return [pair for pair in named if pair[1] > 0] or (named[:1] if model.always else [])


def suggest_learnt(
    model: Model,
    codebook: Codebook,
    text: str,
    words: Sequence[Word],
    hits: Iterable[CueHit],
    read_stance: Callable[[Sequence[CueHit]], Stance],
) -> Iterator[Tag]:
    """Yield the themes of *text* as tags. A theme for which no word of the text speaks is not suggested."""
    features = read_features(words, hits)
    vector = weigh(features, model.rarity)
    for theme, value in choose_themes(model, codebook, features):
        named = _speaking(model.weights.get(theme, {f"#{theme}": 1.0}), vector)
        spans = [_as_hit(theme, words, at) for at in _loudest(named, features)]
        if spans:
            yield Tag(
                scheme="theme",
                concept=theme,
                stance=read_stance(spans),
                confidence=1 / (1 + math.exp(-_STEEPNESS * value)),
                passages=merge_passages(text, spans),
                cues=tuple(name.lstrip("#~") for name, _ in named[:_MOST_NAMES]),
            )


def _margin(model: Model, theme: str, vector: Vector, features: Features) -> float:
    weights = model.weights.get(theme)
    if weights is not None:
        return margin(weights, vector)
    score, _ = features.themes.get(theme, (0.0, []))
    return score if score >= least_score("theme") else score - 1


def _speaking(weights: Vector, vector: Vector) -> list[tuple[str, float]]:
    """Return the features that speak for a theme, the loudest first."""
    said = ((name, weights.get(name, 0.0) * value) for name, value in vector.items() if name != BIAS)
    return sorted((pair for pair in said if pair[1] > 0), key=lambda pair: (-pair[1], pair[0]))


def _loudest(named: Sequence[tuple[str, float]], features: Features) -> list[int]:
    """Return the numbers of the words for which these features speak loudest, in order of place."""
    loudness: dict[int, float] = defaultdict(float)
    for name, value in named:
        places = places_of(name, features)
        for at in places:
            loudness[at] += value / len(places)
    ranked = sorted(loudness.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_WORDS]
    return sorted(at for at, value in ranked if value >= _SPEAKS * ranked[0][1])


def _as_hit(theme: str, words: Sequence[Word], at: int) -> CueHit:
    word = words[at]
    return CueHit(Entry(("theme", theme), 0, Cue((), ())), word.surface, at, at, word.start, word.end)
