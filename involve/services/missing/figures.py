"""How far those who were heard are like those who live here: pure numbers, each with what chance does to it.

All is worked out from numbers that are public already, so it tells nothing that they do not. `hidden` is how many
answers of one group may at most be in no number yet; the intervals are wide enough for them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from involve.services.deciding.verdicts import wilson

# Answers to a question below which nothing is said of its groups.
ENOUGH = 30
Finding = Literal["under", "over", "alike", "few"]


@dataclass(frozen=True, slots=True)
class Group:
    """One group: how many were heard (None: no number can be shown), and shares from 0 to 1.

    `share` is that of the shown answers, from `low` to `high`; `census` that of the population. `ratio` says how many
    were heard for each one that would match the census, from `ratio_low` to `ratio_high`.
    """

    id: str
    heard: int | None
    share: float | None
    low: float
    high: float
    census: float
    ratio: float
    finding: Finding

    @property
    def ratio_low(self) -> float:
        """The lower end of the ratio."""
        return self.low / self.census

    @property
    def ratio_high(self) -> float:
        """The upper end of the ratio."""
        return self.high / self.census


@dataclass(frozen=True, slots=True)
class Mix:
    """All groups of a question, with how far the mix is from the census and how far chance alone would bring it."""

    answers: int
    groups: tuple[Group, ...]
    distance: float
    by_chance: float

    @property
    def under(self) -> tuple[Group, ...]:
        """The groups that were heard less than chance explains, the least heard first."""
        return tuple(
            sorted((each for each in self.groups if each.finding == "under"), key=lambda each: each.ratio)
        )

    @property
    def enough(self) -> bool:
        """Whether there are enough answers to say anything."""
        return self.answers >= ENOUGH


def compare_mix(heard: Mapping[str, int], census: Mapping[str, float], hidden: int) -> Mix:
    """Set the groups that were heard beside their shares of the census, all of which are above nothing."""
    numbers = {name: heard.get(name, 0) for name in census}
    answers = sum(numbers.values())
    groups = tuple(_group(name, numbers, answers, census[name], hidden) for name in census)
    return Mix(answers, groups, find_distance(numbers, census), expect_distance(answers, census))


def _group(name: str, numbers: Mapping[str, int], answers: int, census: float, hidden: int) -> Group:
    number = numbers[name]
    low, high = find_interval(number, answers, hidden, hidden * (len(numbers) - 1))
    finding: Finding = "alike"
    if answers < ENOUGH:
        finding = "few"
    elif high < census:
        finding = "under"
    elif low > census:
        finding = "over"
    share = number / answers if number else None
    return Group(name, number or None, share, low, high, census, find_ratio(number, answers, census), finding)


def find_interval(number: int, answers: int, own: int, others: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927), widened by what may be hidden.

    At worst all that is hidden belongs to the `others`, or as much as there may be to the group's `own`.
    """
    if answers + others == 0 or answers + own == 0:
        return 0.0, 1.0
    return wilson(number, answers + others)[0], wilson(number + own, answers + own)[1]


def find_ratio(number: int, answers: int, census: float) -> float:
    """Return the share of a group over its share of the census, drawn towards one while there are few answers.

    The share is estimated as (number + √n · census) / (n + √n): a pseudo-Bayes estimate with the census as its prior
    and the weight √n (Bishop, Fienberg and Holland, Discrete Multivariate Analysis, 1975, chapter 12; named from
    memory). A group of which nobody was heard so gets a small figure that falls with each other answer, never nothing
    and never an error; no group's figure depends on that of the emptiest one.
    """
    if answers == 0:
        return 1.0
    weight = math.sqrt(answers)
    return (number + weight * census) / (answers + weight) / census


def find_distance(numbers: Mapping[str, int], census: Mapping[str, float]) -> float:
    """Return the total variation distance, ½ · Σ |share - census|: the share of those heard who would have to be others
    for the mix to match, from 0 (it matches) to 1."""
    answers = sum(numbers.values())
    if answers == 0:
        return 0.0
    return sum(abs(numbers[name] / answers - share) for name, share in census.items()) / 2


def expect_distance(answers: int, census: Mapping[str, float]) -> float:
    """Return about what distance chance alone brings where everyone is as likely to be heard.

    Each share is then nearly normal around that of the census, and its mean absolute deviation is √(2p(1 - p) / πn).
    """
    if answers == 0:
        return 0.0
    return sum(math.sqrt(2 * share * (1 - share) / (math.pi * answers)) for share in census.values()) / 2
