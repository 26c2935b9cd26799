"""A text cut into plain and marked pieces, so that a template can show a person their own words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters; `marked` where some passage covers it, `risk` where one that says someone may be at risk."""

    text: str
    marked: bool
    risk: bool = False


def mark_passages(text: str, passages: Iterable[Place], risk: Iterable[Place] = ()) -> tuple[Piece, ...]:
    """Cut *text* at the *passages* and those of *risk* (start, end; code points); overlapping ones run together."""
    marked, at_risk = _clip(text, passages), _clip(text, risk)
    cuts = sorted({0, len(text), *(at for place in marked + at_risk for at in place)})
    spans = zip(pairwise(cuts), _covered(cuts, marked), _covered(cuts, at_risk), strict=True)
    looks = groupby(spans, key=lambda span: (span[1] or span[2], span[2]))
    return tuple(Piece("".join(text[start:end] for (start, end), _, _ in run), *look) for look, run in looks)


def spans(details: Iterable[tuple[int, int, str]]) -> list[Place]:
    """Return where *details* (start, end, kind) stand, without their kinds."""
    return [(start, end) for start, end, _kind in details]


def _clip(text: str, places: Iterable[Place]) -> list[Place]:
    """Return the places as far as they lie in *text*, in order."""
    clipped = ((max(start, 0), min(end, len(text))) for start, end in places)
    return sorted((start, end) for start, end in clipped if start < end)


def _covered(cuts: list[int], places: list[Place]) -> Iterator[bool]:
    """Yield for each run between two cuts whether some place covers it."""
    at, reach = 0, 0
    for start in cuts[:-1]:
        while at < len(places) and places[at][0] <= start:
            reach = max(reach, places[at][1])
            at += 1
        yield start < reach
