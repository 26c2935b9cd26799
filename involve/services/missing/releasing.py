"""Which numbers of people may be added to what is public, so that no small one can be found. Without a database.

Each answer waits until it is in a number of five or more of its project and group, and is counted there once. Whoever
compares two snapshots finds five more, or nothing. They may also know how many stories a project was told between two
of its turns, and every number that was ever shown: of each group and turn at least four values must be possible to
them, unless it is five or more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from involve.services.account.suppression import FEWEST, WIDTH

# What a group of a project may hold at most that is in no number, where only its size holds it back.
MOST_HIDDEN = FEWEST - 1
# Turns that are looked at one by one; what is older is taken together.
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Turn:
    """How many stories a project was told since its last turn, and the number that was shown of each group then."""

    told: int
    shown: Mapping[str, int]


def choose_shown(past: Sequence[Turn], waiting: Mapping[str, int], told: int) -> frozenset[str]:
    """Return the groups whose waiting answers may be shown in a turn before which `told` stories came.

    `waiting` holds every group of one question. The smallest number is held back first, until none gives another away.
    """
    turns = _take_together(past)
    shown = {name for name, number in waiting.items() if number >= FEWEST}
    while shown and _gives_away([*turns, Turn(told, {name: waiting[name] for name in shown})], waiting):
        shown.remove(min(shown, key=lambda name: (waiting[name], name)))
    return frozenset(shown)


def may_gather(waiting: Sequence[tuple[int, int]]) -> bool:
    """Say whether what waits of one group in several projects may be shown as one number, without their names.

    `waiting` holds for each project how many answers wait, from one to four, and how many tellers it has. They may when
    they are five or more and each project might as well have none of them: the others alone could make them up. So
    the number says nothing of any project that was not known before.
    """
    total = sum(number for number, _tellers in waiting)
    most = [min(MOST_HIDDEN, tellers) for _number, tellers in waiting]
    return total >= FEWEST and all(sum(most) - each >= total for each in most)


def _take_together(past: Sequence[Turn]) -> list[Turn]:
    """Return the latest turns, and before them all older ones as one, without what they showed."""
    older, latest = past[:-_LONGEST], past[-_LONGEST:]
    if not older:
        return list(latest)
    left = sum(turn.told - sum(turn.shown.values()) for turn in older)
    return [Turn(left, {}), *latest]


def _gives_away(turns: Sequence[Turn], groups: Iterable[str]) -> bool:
    """Whether somebody who knows all turns can tell too closely how few of a group there were in one of them.

    What is possible is worked out exactly. A number that was shown is spread over the turns since the one shown before
    it, and each turn has room for as many as were told; so it is a flow, and by the theorem of Hall what some set of
    turns has room for, less what must lie within it, bounds every part of it (Hall 1935, for capacities).
    """
    spans = _spans(turns, groups)
    room = _room(turns, spans)
    return any(
        high - low < min(WIDTH, turns[turn].told) and low < FEWEST
        for span, amount in [*spans, *_open_spans(turns, groups)]
        for turn in range(len(turns))
        if span >> turn & 1
        for low, high in [_bounds(turn, span, amount, room)]
    )


def _spans(turns: Sequence[Turn], groups: Iterable[str]) -> list[tuple[int, int | None]]:
    """Return each number that was shown with the turns over which it may be spread, as bits."""
    spans: list[tuple[int, int | None]] = []
    for name in groups:
        since = 0
        for number, turn in enumerate(turns):
            since |= 1 << number
            if name in turn.shown:
                spans.append((since, turn.shown[name]))
                since = 0
    return spans


def _open_spans(turns: Sequence[Turn], groups: Iterable[str]) -> list[tuple[int, int | None]]:
    """Return the turns of which nothing was shown yet of some group; how many it holds nobody knows."""
    everything, found = (1 << len(turns)) - 1, set()
    for name in groups:
        last = max((number for number, turn in enumerate(turns) if name in turn.shown), default=-1)
        found.add(everything & ~((1 << (last + 1)) - 1))
    return [(span, None) for span in sorted(found)]


def _room(turns: Sequence[Turn], spans: Sequence[tuple[int, int | None]]) -> list[int]:
    """Return for each set of turns, as bits, how many were told in it less those that must be of what was shown."""
    return [
        sum(turn.told for number, turn in enumerate(turns) if chosen >> number & 1)
        - sum(amount or 0 for span, amount in spans if not span & ~chosen)
        for chosen in range(1 << len(turns))
    ]


def _bounds(turn: int, span: int, amount: int | None, room: Sequence[int]) -> tuple[int, int]:
    """Return how few and how many of an amount may lie in one turn; of an unknown amount there may be none."""
    bit = 1 << turn
    if amount is None:
        return 0, min(left for chosen, left in enumerate(room) if chosen & bit)
    rest = span & ~bit
    most = [left for chosen, left in enumerate(room) if chosen & bit and span & ~chosen]
    low = max(amount - left for chosen, left in enumerate(room) if not chosen & bit and not rest & ~chosen)
    return max(0, low), min([amount, *most])
