"""Hides personal details behind a bilingual mark of their kind, corrects wordings, and lets passages follow."""

from collections.abc import Iterable
from dataclasses import dataclass

from involve.text.types import Passage, PersonalDetail, PersonalKind
from involve.vocabulary.personal_kinds import find_personal_kind


@dataclass(frozen=True, slots=True)
class Move:
    """A span [start, end) of the original text and what stands in its place, [new_start, new_end).

    That is the mark of what is `hidden`, or a corrected wording, which anyone may read.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    hidden: bool = True


@dataclass(frozen=True, slots=True)
class Wording:
    """Other words for a span [start, end) of a text."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text with details hidden and wordings corrected, and the moves that led there, in order and apart."""

    text: str
    moves: tuple[Move, ...]

    def follow(self, passage: Passage) -> Passage | None:
        """Return *passage* of the original text where it now stands, or None when no letter of it can be seen.

        A mark that hides part of the passage belongs to it whole, so that no passage begins inside a mark.
        """
        start, end = self.place(passage.start, passage.end)
        seen, at = "", start
        for move in self.moves:
            if move.hidden and start <= move.new_start < end:
                seen, at = seen + self.text[at : move.new_start], move.new_end
        if not any(character.isalnum() for character in seen + self.text[at:end]):
            return None
        return Passage(start, end, self.text[start:end])

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where the span [start, end) of the original text now stands, with all that stands for a part of it."""
        return self._place(start, is_end=False), self._place(end, is_end=True)

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


def redact(text: str, details: Iterable[PersonalDetail], wordings: Iterable[Wording] = ()) -> Redacted:
    """Return *text* with each of *details* replaced by the mark of its kind, and each of *wordings* by its words.

    Details that overlap are hidden together, under the kind of the longest of them. Spans outside the text are cut to
    it; empty ones are left out. What is hidden is hidden: a wording of which any part is, is left out, and so is one
    that overlaps another before it.
    """
    hidden = [(start, end, mark_of(kind), True) for start, end, kind in _merge(details, len(text))]
    pieces: list[str] = []
    moves: list[Move] = []
    read = written = 0
    for start, end, words, is_hidden in sorted([*hidden, *_fitting(wordings, hidden, len(text))]):
        written += start - read
        pieces += (text[read:start], words)
        moves.append(Move(start, end, written, written + len(words), is_hidden))
        read, written = end, written + len(words)
    return Redacted("".join(pieces) + text[read:], tuple(moves))


def _fitting(
    wordings: Iterable[Wording], taken: Iterable[tuple[int, int, str, bool]], length: int
) -> list[tuple[int, int, str, bool]]:
    """Return the wordings that lie in the text and overlap neither what is *taken* nor each other."""
    places = [(start, end) for start, end, _words, _hidden in taken]
    kept: list[tuple[int, int, str, bool]] = []
    for each in sorted(wordings, key=lambda wording: wording.start):
        free = all(each.end <= start or each.start >= end for start, end in places)
        if free and 0 <= each.start < each.end <= length:
            places.append((each.start, each.end))
            kept.append((each.start, each.end, each.words, False))
    return kept


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
