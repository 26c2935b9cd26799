"""Which words set one group of stories apart from the others: weighted log-odds with an informative Dirichlet prior.

Source of the measure: Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16 (2008), equations 15 to 22.
The prior is the word's own share among all the stories, so that a rare word needs much evidence and a common one is
not favoured for being common.
"""

import math
from dataclasses import dataclass

from involve.text.themes.word_counts import WordCounts
from involve.text.types import WordLanguage

# The prior weighs as much as this many words seen in each group. Of the first twenty words of nine real groups,
# 16 to 20 are the same for any prior from 50 to 1,000; a small one lets a dozen stories show something.
_PRIOR_WORDS = 100.0


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A word that one group uses more than the others.

    `z` is the log-odds ratio in standard deviations. `stories` of the group's stories use it, and `elsewhere` of
    the others.
    """

    word: str
    language: WordLanguage
    z: float
    stories: int
    elsewhere: int


def find_keywords(
    group: WordCounts, others: WordCounts, most: int = 20, least_stories: int = 3, least_z: float = 1.96
) -> tuple[KeyWord, ...]:
    """Return the words that *group* uses more than *others*, the most telling first.

    Only words of at least *least_stories* stories of the group, so that one person's word is never shown as a theme,
    and with z of at least *least_z*. At most *most*; equal ones in the order of their letters.
    """
    total, total_others = sum(group.by_key.values()), sum(others.by_key.values())
    if not total or not total_others:
        return ()
    found = [
        KeyWord(group.as_written(key), key[0], score, count, others.by_key[key])
        for key, count in group.by_key.items()
        if count >= least_stories and (score := _z(count, total, others.by_key[key], total_others)) >= least_z
    ]
    return tuple(sorted(found, key=lambda each: (-each.z, each.word)))[:most]


def _z(count: int, total: int, elsewhere: int, total_elsewhere: int) -> float:
    """Return the log-odds ratio of one word between two groups, in standard deviations."""
    share = (count + elsewhere) / (total + total_elsewhere)
    prior = _PRIOR_WORDS * share
    ratio = _log_odds(count, total, prior) - _log_odds(elsewhere, total_elsewhere, prior)
    return ratio / math.sqrt(1 / (count + prior) + 1 / (elsewhere + prior))


def _log_odds(count: int, total: int, prior: float) -> float:
    return math.log((count + prior) / (total + _PRIOR_WORDS - count - prior))
