"""What chance does to counts: pure numbers, without a database."""

import math
from collections.abc import Mapping
from typing import TypeVar

Name = TypeVar("Name")

_Z = 1.959964  # of a normal distribution, for 95 %


def find_rate_interval(count: int) -> tuple[float, float]:
    """Return the 95 % interval of the mean of a Poisson count, by Byar's approximation to the exact one.

    Source: Breslow and Day, Statistical Methods in Cancer Research, volume 2 (IARC, 1987), page 69. From ten on it
    differs from the exact interval (Garwood 1936) by less than one in a hundred.
    """
    more = count + 1
    high = more * (1 - 1 / (9 * more) + _Z / (3 * math.sqrt(more))) ** 3
    if count == 0:
        return 0.0, high
    return count * max(0.0, 1 - 1 / (9 * count) - _Z / (3 * math.sqrt(count))) ** 3, high


def find_likelihood(one: int, of_one: int, other: int, of_other: int) -> float:
    """Return the log-likelihood ratio G² of two shares, `one` out of `of_one` beside `other` out of `of_other`.

    Source: Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19
    (1993). It counts stories and not words, so that one person who repeats a word counts once.
    """
    both, everything = one + other, of_one + of_other
    if not everything:
        return 0.0
    cells = (
        (one, of_one * both / everything),
        (other, of_other * both / everything),
        (of_one - one, of_one * (everything - both) / everything),
        (of_other - other, of_other * (everything - both) / everything),
    )
    return max(0.0, 2 * sum(seen * math.log(seen / expected) for seen, expected in cells if seen))


def find_clear(likelihoods: Mapping[Name, float], false_share: float = 0.05) -> frozenset[Name]:
    """Return what stands out by its G² among many that were looked at, with at most that share of them by chance.

    Source: Benjamini and Hochberg, "Controlling the False Discovery Rate", Journal of the Royal Statistical Society B
    57 (1995). G² of two shares follows a chi-squared distribution with one degree of freedom.
    """
    ordered = sorted(likelihoods, key=lambda name: -likelihoods[name])
    clear = 0
    for place, name in enumerate(ordered, start=1):
        by_chance = math.erfc(math.sqrt(likelihoods[name] / 2))
        if by_chance <= false_share * place / len(ordered):
            clear = place
    return frozenset(ordered[:clear])
