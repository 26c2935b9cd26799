"""Chooses which stories to quote for a theme: the most typical, and the most typical of those who say otherwise.

The rule, so that nobody has to trust us: each story is the set of its content words, each word weighing the logarithm
of how rare it is; the typical story is the one nearest to all the others (the mean cosine to the rest), shorter first
when equally near. A contrary story is chosen by the same rule among those of the opposite stance. Of texts that share
much of their wording, one is quoted.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from involve.text.themes.near_duplicates import resemblance, shingles_of
from involve.text.themes.word_counts import Key, content_words
from involve.text.types import Stance

_ALIKE = 0.3  # resemblance from which a second quotation would only repeat the first
_OPPOSITE: dict[Stance, Stance] = {"strength": "concern", "concern": "strength"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """Indices into the stories given: `typical` ones, then `contrary` ones, the best first in each."""

    typical: tuple[int, ...]
    contrary: tuple[int, ...]


def choose_quotations(texts: Sequence[str], stances: Sequence[Stance], most: int = 3) -> Quoted:
    """Return which of *texts* to quote, at most *most* typical and *most* contrary ones.

    *stances* has one stance for each text. The leading stance is the commoner of strength and concern; ideas and
    mixed stories may be typical, never contrary. Where nobody says otherwise, `contrary` is empty: that is shown too.
    """
    counted = Counter(stance for stance in stances if stance in _OPPOSITE)
    against = _OPPOSITE[max(sorted(counted), key=counted.__getitem__)] if counted else None
    ranked = rank_by_typicality(texts)
    return Quoted(
        _unlike_each_other(texts, [number for number in ranked if stances[number] != against], most),
        _unlike_each_other(texts, [number for number in ranked if stances[number] == against], most),
    )


def rank_by_typicality(texts: Sequence[str]) -> tuple[int, ...]:
    """Return the indices of *texts*, the most typical first, the most unlike the rest last."""
    words = [frozenset(key for key, _ in content_words(text)) for text in texts]
    spread = Counter(key for each in words for key in each)
    rarity = {key: math.log1p(len(texts) / count) for key, count in spread.items()}
    lengths = [math.sqrt(sum(rarity[key] ** 2 for key in sorted(each))) or 1.0 for each in words]
    middle = _middle(words, rarity, lengths)
    nearness = [
        round(sum(rarity[key] / length * (middle[key] - rarity[key] / length) for key in sorted(each)), 9)
        for each, length in zip(words, lengths, strict=True)
    ]
    return tuple(sorted(range(len(texts)), key=lambda at: (-nearness[at], len(texts[at]), at)))


def _unlike_each_other(texts: Sequence[str], ranked: Sequence[int], most: int) -> tuple[int, ...]:
    """Return the first *most* of *ranked* that share little wording with those before them."""
    chosen: list[int] = []
    kept: list[frozenset[int]] = []
    for number in ranked:
        if len(chosen) == most:
            break
        shingles = shingles_of(texts[number])
        if all(resemblance(shingles, each) < _ALIKE for each in kept):
            chosen.append(number)
            kept.append(shingles)
    return tuple(chosen)


def _middle(
    words: Sequence[frozenset[Key]], rarity: dict[Key, float], lengths: Sequence[float]
) -> dict[Key, float]:
    """Return the sum of all stories as vectors of length one; a story's own part is taken off where it is compared."""
    middle: dict[Key, float] = dict.fromkeys(rarity, 0.0)
    for each, length in zip(words, lengths, strict=True):
        for key in each:
            middle[key] += rarity[key] / length
    return middle
