"""Topics or words that rose: for each a line from the share of stories before to the share now."""

from collections.abc import Sequence
from dataclasses import dataclass

from involve.web.pictures.marks import WIDTH, Drawing, Mark, circle, line, path, words

_LEFT, _RIGHT = 10.0, WIDTH - 10
_ROW = 46.0


@dataclass(frozen=True, slots=True)
class Rise:
    """A topic or word with its shares (0 to 1) before and now, and the words beside them."""

    name: str
    before: float
    now: float
    written: str


def draw_rises(rises: Sequence[Rise]) -> Drawing:
    """Draw the lines, all to one scale that begins at nothing."""
    most = max(rise.now for rise in rises)
    marks: list[Mark] = []
    for place, rise in enumerate(rises):
        marks += _rise(rise, place * _ROW, most)
    return Drawing(len(rises) * _ROW, tuple(marks))


def _rise(rise: Rise, top: float, most: float) -> list[Mark]:
    y = top + 32
    before, now = (_LEFT + (_RIGHT - _LEFT) * share / most for share in (rise.before, rise.now))
    return [
        words(0, top + 16, rise.name, "strong"),
        words(WIDTH, top + 16, rise.written, "", "end"),
        line(_LEFT, y, _RIGHT, y, "guide"),
        line(before, y, now, y, "rise"),
        circle(before, y, 5, "before"),
        path(f"M{now - 5:.1f} {y - 7:.1f}l10 7l-10 7z", "now"),
    ]
