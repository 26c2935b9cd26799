"""What a model sees of a text: its words, pairs of words and pieces of words, and the themes whose cues it holds.

Every feature has a name that can be shown, and the words of the text that it comes from.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from involve.text.forms import fold, normalise
from involve.text.matching import CueHit, Word
from involve.text.tagging import score_hits
from involve.text.types import WordLanguage

BIAS = "always"
_SHORTEST_PIECE, _LONGEST_PIECE = 3, 5  # letters of a piece of a word
_LONGEST_WORD = 30  # letters read of a word
_FULL_SCORE = 1.0  # from this score on, a theme's cues say all they have to say


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one text, by block: how often each stands there, and at which words (numbers)."""

    words: Mapping[str, list[int]]
    pieces: Mapping[str, list[int]]
    themes: Mapping[str, tuple[float, list[int]]]


def read_features(words: Sequence[Word], hits: Iterable[CueHit]) -> Features:
    """Return the features of a text of *words*, in which *hits* of a codebook's themes were found."""
    found: dict[str, list[int]] = defaultdict(list)
    pieces: dict[str, list[int]] = defaultdict(list)
    before = ""
    for at, word in enumerate(words):
        key = _key(word.surface, word.language)
        found[key].append(at)
        if before and word.joined:
            found[f"{before} {key}"].append(at)
        for piece in _pieces(word.surface):
            pieces[piece].append(at)
        before = key
    return Features(found, pieces, _themes(hits))


def weigh(features: Features, rarity: Mapping[str, float]) -> dict[str, float]:
    """Return the value of each feature that *rarity* knows: its count, damped, times its rarity.

    Words and pieces each make a vector of length one, so that a long story weighs no more than a short one. Themes
    count 0 to 1 by the score of their cues.
    """
    values = {**_unit(features.words, "", rarity), **_unit(features.pieces, "~", rarity)}
    values.update({f"#{theme}": score for theme, (score, _) in features.themes.items()})
    values[BIAS] = 1.0
    return values


def places_of(name: str, features: Features) -> list[int]:
    """Return the numbers of the words that feature *name* comes from; a pair is named by its second word."""
    if name.startswith("#"):
        return features.themes[name[1:]][1]
    if name.startswith("~"):
        return features.pieces.get(name[1:], [])
    return features.words.get(name, [])


def names_of(features: Features) -> list[str]:
    """Return the names of all words and pieces of a text, for counting how many texts have each."""
    return [*features.words, *(f"~{piece}" for piece in features.pieces)]


def _unit(counts: Mapping[str, list[int]], mark: str, rarity: Mapping[str, float]) -> dict[str, float]:
    values = {
        mark + name: (1 + math.log(len(places))) * rarity[mark + name]
        for name, places in counts.items()
        if mark + name in rarity
    }
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {name: value / length for name, value in values.items()}


def _themes(hits: Iterable[CueHit]) -> dict[str, tuple[float, list[int]]]:
    by_theme: dict[str, list[CueHit]] = defaultdict(list)
    for hit in hits:
        if hit.entry.owner[0] == "theme":
            by_theme[hit.entry.owner[1]].append(hit)
    return {
        theme: (
            min(score_hits(found), _FULL_SCORE),
            sorted({at for hit in found for at in range(hit.first, hit.last + 1)}),
        )
        for theme, found in by_theme.items()
    }


@lru_cache(maxsize=50_000)
def _key(surface: str, language: WordLanguage) -> str:
    return fold(normalise(surface, language).key)


@lru_cache(maxsize=50_000)
def _pieces(surface: str) -> tuple[str, ...]:
    """Return the runs of three to five letters of a word with its ends marked: what slips and endings leave alone."""
    word = f"_{fold(surface[:_LONGEST_WORD])}_"
    sizes = range(_SHORTEST_PIECE, _LONGEST_PIECE + 1)
    return tuple(dict.fromkeys(word[at : at + size] for size in sizes for at in range(len(word) - size + 1)))
