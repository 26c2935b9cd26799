"""Which numbers of connected tables may be shown, without a database or chance: small ones are hidden, and with them as
many others as it takes that nobody finds a small one by adding and subtracting.

Numbers are tied to each other by sums (a total and its parts). Whoever subtracts knows every number that is shown,
and every sum; they also know that no number is below nothing. For each hidden
number they are left with a range. It must hold at least `WIDTH` + 1 numbers, so that it tells of nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

# Numbers below it are hidden, nothing at all among them: "fewer than five" then says neither that there was one nor
# that there was none.
FEWEST = 5
WIDTH = 3
_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Sum:
    """That one number is the sum of others, all named."""

    total: str
    parts: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


Range = tuple[int, int | None]


def hide(
    values: Mapping[str, int],
    sums: Sequence[Sum],
    last: frozenset[str] = frozenset(),
    nothing: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """Return the names of the numbers that must not be shown.

    Of two that would do, those in *last* stay longest. Of those in *nothing* it may be seen that there is none at all.
    """
    hidden = {name for name, value in values.items() if value < FEWEST and (value or name not in nothing)}
    while exposed := find_exposed(values, sums, hidden):
        more = _next(values, sums, hidden, last, exposed)
        if more is None:
            break
        hidden.add(more)
    return frozenset(hidden)


def find_exposed(values: Mapping[str, int], sums: Sequence[Sum], hidden: Iterable[str]) -> frozenset[str]:
    """Return those of the *hidden* numbers of which too little is left unknown to whoever subtracts."""
    unknown = set(hidden)
    ranges = find_ranges(values, sums, unknown)
    narrow = {name for name, (low, high) in ranges.items() if high is not None and high - low < WIDTH}
    return frozenset(narrow | (_determined(sums, unknown) if _has_ring(sums, unknown) else set()))


def find_ranges(values: Mapping[str, int], sums: Sequence[Sum], unknown: Iterable[str]) -> dict[str, Range]:
    """Return between which bounds each unknown number lies for whoever knows all others; None is no upper bound.

    Exact where the sums hang together as a tree; where they form rings the bounds may be wider than need be, and
    `find_exposed` looks at rings by elimination as well.
    """
    ranges: dict[str, Range] = dict.fromkeys(unknown, (0, None))

    def bounds(name: str) -> Range:
        return ranges.get(name, (values.get(name, 0), values.get(name, 0)))

    for _round in range(_ROUNDS):
        before = dict(ranges)
        for each in sums:
            parts = [bounds(part) for part in each.parts]
            _narrow(ranges, each.total, sum(low for low, _ in parts), _add([high for _, high in parts]))
            total_low, total_high = bounds(each.total)
            for part in each.parts:
                others = [bounds(name) for name in each.parts if name != part]
                others_high = _add([high for _, high in others])
                low = 0 if others_high is None else total_low - others_high
                high = None if total_high is None else total_high - sum(low for low, _ in others)
                _narrow(ranges, part, low, high)
        if ranges == before:
            break
    return ranges


def _narrow(ranges: dict[str, Range], name: str, low: int, high: int | None) -> None:
    """Let a range shrink to what lies between the bounds too."""
    if name not in ranges:
        return
    old_low, old_high = ranges[name]
    ranges[name] = (
        max(old_low, low),
        old_high if high is None else high if old_high is None else min(old_high, high),
    )


def _add(highs: Sequence[int | None]) -> int | None:
    """Return the sum of upper bounds; None where one of them is missing."""
    total = 0
    for high in highs:
        if high is None:
            return None
        total += high
    return total


def _has_ring(sums: Sequence[Sum], unknown: set[str]) -> bool:
    """Whether two unknown numbers are tied in more than one way, so that ranges alone do not tell all."""
    leader = {name: name for name in unknown}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for each in sums:
        tied = [find(name) for name in each.names if name in unknown]
        if len(set(tied)) < len(tied):
            return True
        leader.update((name, tied[0]) for name in tied[1:])
    return False


def _determined(sums: Sequence[Sum], unknown: set[str]) -> set[str]:
    """Return the unknown numbers that elimination finds: those that some combination of the sums leaves alone."""
    rows: list[dict[str, Fraction]] = []
    for each in sums:
        row = {name: Fraction(-1) for name in each.parts if name in unknown}
        if each.total in unknown:
            row[each.total] = Fraction(1)
        _reduce_into(rows, row)
    return {next(iter(row)) for row in rows if len(row) == 1}


def _reduce_into(rows: list[dict[str, Fraction]], row: dict[str, Fraction]) -> None:
    """Add a row to rows of which each has a first name that no other has, and keep them so."""
    for other in rows:
        _subtract(row, other, next(iter(other)))
    if not row:
        return
    pivot = next(iter(row))
    row = {name: value / row[pivot] for name, value in row.items()}
    for other in rows:
        _subtract(other, row, pivot)
    rows.append(row)


def _subtract(row: dict[str, Fraction], other: Mapping[str, Fraction], pivot: str) -> None:
    """Take as much of *other* from *row* as makes *pivot* vanish from it."""
    factor = row.get(pivot)
    if not factor:
        return
    for name, value in other.items():
        left = row.get(name, Fraction(0)) - factor * value
        if left:
            row[name] = left
        else:
            row.pop(name, None)


def _next(
    values: Mapping[str, int],
    sums: Sequence[Sum],
    hidden: set[str],
    last: frozenset[str],
    exposed: frozenset[str],
) -> str | None:
    """Return the number to hide next: the smallest that is tied to an exposed one, by one sum or by several."""
    reached, apart = set(exposed), list(sums)
    while True:
        touching = [each for each in apart if reached & set(each.names)]
        if not touching:
            return None
        names = {name for each in touching for name in each.names}
        if free := names - hidden:
            return min(free, key=lambda name: (name in last, values[name], name))
        reached |= names
        apart = [each for each in apart if each not in touching]
