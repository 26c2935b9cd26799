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


@dataclass(frozen=True, slots=True)
class _Span:
    """A number that was shown: `free` of it may lie in any of the turns (as bits), `fixed` are in the last of them."""

    turns: int
    free: int
    fixed: int
    last: int


def _gives_away(turns: Sequence[Turn], groups: Iterable[str]) -> bool:
    """Whether somebody who knows all turns can tell too closely how few of a group there were in one of them.

    What is possible is worked out exactly. A number that was shown is spread over the turns since the one shown before
    it, and each turn has room for as many as were told; so it is a flow, and by the theorem of Hall what some set of
    turns has room for, less what must lie within it, bounds every part of it (Hall 1935, for capacities). That a number
    was not shown before may say that it was below five then: more than four must be of the last turn.
    """
    spans = _spans(turns, groups)
    room = _room(turns, spans)
    closed = any(
        high - low < min(WIDTH, turns[turn].told) and low < FEWEST
        for span in spans
        for turn in range(len(turns))
        if span.turns >> turn & 1
        for low, high in [_bounds(turn, span, room)]
    )
    return closed or any(
        min(left for chosen, left in enumerate(room) if chosen >> turn & 1) < min(WIDTH, turns[turn].told)
        for turn in _open_turns(turns, groups)
    )


def _spans(turns: Sequence[Turn], groups: Iterable[str]) -> list[_Span]:
    """Return each number that was shown with the turns over which it may be spread."""
    spans: list[_Span] = []
    for name in groups:
        since = 0
        for number, turn in enumerate(turns):
            since |= 1 << number
            if name in turn.shown:
                amount = turn.shown[name]
                free = amount if since == 1 << number else min(amount, MOST_HIDDEN)
                spans.append(_Span(since, free, amount - free, number))
                since = 0
    return spans


def _open_turns(turns: Sequence[Turn], groups: Iterable[str]) -> list[int]:
    """Return the turns of which nothing was shown yet of some group; how many of it there were nobody knows."""
    latest = [
        max((number for number, turn in enumerate(turns) if name in turn.shown), default=-1)
        for name in groups
    ]
    return list(range(min(latest, default=-1) + 1, len(turns)))


def _room(turns: Sequence[Turn], spans: Sequence[_Span]) -> list[int]:
    """Return for each set of turns, as bits, how many were told in it less those that must be of what was shown."""
    return [
        sum(turn.told for number, turn in enumerate(turns) if chosen >> number & 1)
        - sum(
            (0 if span.turns & ~chosen else span.free) + (span.fixed if chosen >> span.last & 1 else 0)
            for span in spans
        )
        for chosen in range(1 << len(turns))
    ]


def _bounds(turn: int, span: _Span, room: Sequence[int]) -> tuple[int, int]:
    """Return how few and how many of a number that was shown may lie in one turn."""
    bit = 1 << turn
    rest, fixed = span.turns & ~bit, span.fixed if turn == span.last else 0
    most = [left for chosen, left in enumerate(room) if chosen & bit and span.turns & ~chosen]
    low = max(span.free - left for chosen, left in enumerate(room) if not chosen & bit and not rest & ~chosen)
    return fixed + max(0, low), fixed + min([span.free, *most])
