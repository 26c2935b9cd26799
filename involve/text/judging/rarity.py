"""How rare a word is among texts: what words are weighed by wherever something is learnt from them."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

_LEAST_TEXTS = 2  # that a word stands in, to be a feature


def rarity_of(texts: Sequence[Iterable[str]]) -> dict[str, float]:
    """Return the inverse document frequency of each word and pair that at least two of the *texts* have."""
    spread = Counter(name for names in texts for name in set(names))
    return {
        name: math.log((1 + len(texts)) / (1 + count)) + 1
        for name, count in spread.items()
        if count >= _LEAST_TEXTS
    }
