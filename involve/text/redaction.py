"""Hides personal details behind a bilingual mark of their kind, and lets passages follow into the redacted text."""

from collections.abc import Iterable
from dataclasses import dataclass

from involve.text.types import Passage, PersonalDetail, PersonalKind
from involve.vocabulary.personal_kinds import find_personal_kind


@dataclass(frozen=True, slots=True)
class Move:
    """A span [start, end) of the original text and the mark [new_start, new_end) that stands in its place."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text with its personal details hidden, and the moves that led there, in order and apart from each other."""

    text: str
    moves: tuple[Move, ...]

    def follow(self, passage: Passage) -> Passage | None:
        """Return *passage* of the original text where it now stands, or None when no letter of it can be seen.

        A mark that hides part of the passage belongs to it whole, so that no passage begins inside a mark.
        """
        start, end = self._place(passage.start, is_end=False), self._place(passage.end, is_end=True)
        seen, at = "", start
        for move in self.moves:
            if start <= move.new_start < end:
                seen, at = seen + self.text[at : move.new_start], move.new_end
        if not any(character.isalnum() for character in seen + self.text[at:end]):
            return None
        return Passage(start, end, self.text[start:end])

    def _place(self, position: int, *, is_end: bool) -> int:
        shift = 0
        for move in self.moves:
            if move.start < position < move.end:
                return move.new_end if is_end else move.new_start
            if position >= move.end:
                shift = move.new_end - move.end
        return position + shift


def mark_of(kind: PersonalKind) -> str:
    """Return the mark that stands for a hidden detail of *kind*, Welsh first: `[ffôn · phone]`."""
    name = find_personal_kind(kind).name
    return f"[{name.cy} · {name.en}]"


def redact(text: str, details: Iterable[PersonalDetail]) -> Redacted:
    """Return *text* with each of *details* replaced by the mark of its kind.

    Details that overlap are hidden together, under the kind of the longest of them. Spans
    outside the text are cut to it; empty ones are left out.
    """
    pieces: list[str] = []
    moves: list[Move] = []
    read = written = 0
    for start, end, kind in _merge(details, len(text)):
        mark = mark_of(kind)
        written += start - read
        pieces += (text[read:start], mark)
        moves.append(Move(start, end, written, written + len(mark)))
        read, written = end, written + len(mark)
    return Redacted("".join(pieces) + text[read:], tuple(moves))


def _merge(details: Iterable[PersonalDetail], length: int) -> list[tuple[int, int, PersonalKind]]:
    merged: list[tuple[int, int, PersonalKind]] = []
    longest = 0
    for detail in sorted(details, key=lambda each: (each.start, -each.end)):
        start, end = max(0, detail.start), min(length, detail.end)
        if start >= end:
            continue
        if merged and start < merged[-1][1]:
            kept = detail.kind if end - start > longest else merged[-1][2]
            longest = max(longest, end - start)
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), kept)
        else:
            merged.append((start, end, detail.kind))
            longest = end - start
    return merged
