"""Counting votes, without a database, a clock or chance: the same votes always give the same result.

Approval counts marks. Ranking compares each option with each other one and follows the strongest chains of comparisons
(Schulze 2011, by winning votes, then by fewest against). Neither breaks a tie: options that are level share a place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Votes = Sequence[Sequence[int]]
Places = tuple[tuple[int, ...], ...]
# Of a won comparison: how many won it, and less than nothing for each who was against; nothing at all for one not won.
Strength = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """How two options compare: how many put the one before the other, the other way round, and neither."""

    one: int
    other: int
    before: int
    after: int
    level: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A result: `places` from the first on, of which each holds the options that share it; empty where nobody voted.

    `marks` are those of approval by option, `pairs` the comparisons of a ranking; the other one is empty.
    """

    voters: int
    places: Places
    marks: tuple[tuple[int, int], ...] = ()
    pairs: tuple[Pair, ...] = ()


def count_votes(method: str, options: Sequence[int], votes: Votes) -> Tally:
    """Count by the method ('approval' or 'ranked').

    *votes* are lists of options; what is not among *options* counts for nothing.

    Raises:
        ValueError: there is no such method.
    """
    if method == "approval":
        return count_approval(options, votes)
    if method == "ranked":
        return count_ranked(options, votes)
    raise ValueError(f"no method {method!r}")


def count_approval(options: Sequence[int], votes: Votes) -> Tally:
    """Count the marks of each option; a vote marks an option at most once, and may mark none."""
    marks = {option: sum(option in vote for vote in votes) for option in options}
    if not votes:
        return Tally(0, (), tuple(marks.items()))
    levels = sorted(set(marks.values()), reverse=True)
    places = tuple(tuple(option for option in options if marks[option] == level) for level in levels)
    return Tally(len(votes), places, tuple(marks.items()))


def count_ranked(options: Sequence[int], votes: Votes) -> Tally:
    """Compare the options by votes that list them from the best on; those left out of a vote come last, level."""
    before = _count_before(options, votes)
    pairs = tuple(
        Pair(a, b, before[a, b], before[b, a], len(votes) - before[a, b] - before[b, a])
        for a, b in combinations(options, 2)
    )
    if not votes:
        return Tally(0, (), pairs=pairs)
    return Tally(len(votes), _peel(options, _strongest_paths(options, before)), pairs=pairs)


def _count_before(options: Sequence[int], votes: Votes) -> Mapping[tuple[int, int], int]:
    """Return for each two options how many votes put the first before the second."""
    before = {(a, b): 0 for a in options for b in options if a != b}
    for vote in votes:
        rank = {option: place for place, option in enumerate(vote)}
        for a, b in before:
            before[a, b] += a in rank and rank[a] < rank.get(b, len(vote))
    return before


def _strongest_paths(
    options: Sequence[int], before: Mapping[tuple[int, int], int]
) -> Mapping[tuple[int, int], Strength]:
    """Return the strength of the strongest chain from each option to each other one: that of its weakest link."""
    path = {(a, b): (won, -before[b, a]) if won > before[b, a] else (0, 0) for (a, b), won in before.items()}
    for middle in options:
        for a, b in path:
            if middle not in (a, b):
                path[a, b] = max(path[a, b], min(path[a, middle], path[middle, b]))
    return path


def _peel(options: Sequence[int], path: Mapping[tuple[int, int], Strength]) -> Places:
    """Return the places: first whoever no other beats, then whoever none of the rest beats, and so on."""
    rest, places = list(options), []
    while rest:
        top = tuple(a for a in rest if not any(path[b, a] > path[a, b] for b in rest if b != a))
        places.append(top)
        rest = [option for option in rest if option not in top]
    return tuple(places)
