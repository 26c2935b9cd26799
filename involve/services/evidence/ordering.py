"""The order in which stories are read: ranks one after another, and the newest first within each.

A place in the order is the rank and the number of a story, so it stays right when stories come or go before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pyroaring import BitMap

from involve.errors import BadInput
from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.typicality import HIGHEST_SCORE, rank_by_typicality
from involve.services.projects.projects import LARGEST_ID

SORTS = ("newest", "match", "typical", "unlike")
# Why a story answers a search, by its rank: the words as typed, other forms of them, a topic that they name.
MATCHES = {2: "exact", 1: "form", 0: "topic"}
_HIGHEST_RANK = HIGHEST_SCORE + 1


@dataclass(frozen=True, slots=True)
class Rank:
    """The publications of one rank; the higher, the sooner."""

    rank: int
    numbers: BitMap


@dataclass(frozen=True, slots=True)
class Slice:
    """Some publications in order, with the rank of each, and the cursor after the last, None at the end."""

    places: tuple[tuple[int, int], ...]
    next: str | None


def rank_stories(choosing: Choosing, wanted: EvidenceFilter, sort: str) -> tuple[int, Sequence[Rank]]:
    """Return how many publications fit, and these by rank, the highest first.

    'match' puts those first that hold the words as they were typed, then those with other forms of them, then those on
    a topic that they name; without words it is 'newest'. 'typical' and 'unlike' go by `rank_by_typicality`.

    Raises:
        BadInput: there is no such order.
    """
    if sort not in SORTS:
        raise BadInput("sort")
    numbers = choosing.fitting(wanted)
    if sort in ("typical", "unlike"):
        ranked = rank_by_typicality(choosing.index, numbers)
        places = [
            Rank(1 + (score if sort == "typical" else HIGHEST_SCORE - score), each)
            for score, each in ranked.items()
        ]
        places.sort(key=lambda each: -each.rank)
        return len(numbers), [*places, Rank(0, numbers.difference(*ranked.values()) if ranked else numbers)]
    if sort == "match" and wanted.words.strip():
        found = choosing.holding(wanted.words)
        exact, formed = numbers & found.exact, numbers & found.formed
        return len(numbers), [Rank(2, exact), Rank(1, formed - exact), Rank(0, numbers - formed)]
    return len(numbers), [Rank(0, numbers)]


def take_slice(ranks: Sequence[Rank], limit: int, after: str | None) -> Slice:
    """Return at most *limit* publications that come after a cursor.

    Raises:
        BadInput: the cursor is not one of ours.
    """
    start_rank, start = (_HIGHEST_RANK, LARGEST_ID + 1) if after is None else read_cursor(after)
    places: list[tuple[int, int]] = []
    for each in ranks:
        if each.rank <= start_rank:
            older = (
                each.numbers.rank(max(start - 1, 0))
                if each.rank == start_rank and after
                else len(each.numbers)
            )
            # One more than is shown says whether there are more.
            first = max(older - (limit + 1 - len(places)), 0)
            places += [(each.rank, number) for number in reversed(each.numbers[first:older])]
        if len(places) > limit:
            break
    shown = tuple(places[:limit])
    return Slice(shown, _write_cursor(*shown[-1]) if len(places) > limit else None)


def read_cursor(cursor: str) -> tuple[int, int]:
    """Return the rank and the number that a cursor names.

    Raises:
        BadInput: it is not one of ours.
    """
    number, dot, rank = cursor.partition("-")
    found = read_number(rank) if dot else 0
    if found > _HIGHEST_RANK:
        raise BadInput("cursor")
    return found, read_number(number)


def read_number(cursor: str) -> int:
    """Return the number that a cursor without ranks names.

    Raises:
        BadInput: it is not one of ours.
    """
    whole = cursor.isascii() and cursor.isdigit() and len(cursor) <= len(str(LARGEST_ID))
    if not whole or int(cursor) > LARGEST_ID:
        raise BadInput("cursor")
    return int(cursor)


def _write_cursor(rank: int, number: int) -> str:
    return f"{number}-{rank}" if rank else str(number)
