"""A text cut into plain and marked pieces, so that a template can show a person their own words."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters; `marked` where some passage covers it."""

    text: str
    marked: bool


def mark_passages(text: str, passages: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """Cut *text* at the *passages* (start, end; code points); overlapping ones run together."""
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted(passages):
        start = max(start, at)
        if start >= min(end, len(text)):
            continue
        if start > at:
            pieces.append(Piece(text[at:start], False))
        if pieces and pieces[-1].marked:
            pieces[-1] = Piece(pieces[-1].text + text[start:end], True)
        else:
            pieces.append(Piece(text[start:end], True))
        at = min(end, len(text))
    if at < len(text):
        pieces.append(Piece(text[at:], False))
    return tuple(pieces)


def spans(details: Iterable[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Return where *details* (start, end, kind) stand, without their kinds."""
    return [(start, end) for start, end, _kind in details]
