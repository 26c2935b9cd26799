"""Stories over time: a row of columns for all stories and one for each stance, all to one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from involve.web.pictures.marks import LETTER, WIDTH, Drawing, Mark, line, rect, words

TALLEST = 44.0
_LEFT, _RIGHT = 4.0, WIDTH - 4
# Above the columns: the title of the row, and the number on the tallest of them.
_TITLE, _WRITTEN, _GAP = 14.0, 12.0, 10.0


@dataclass(frozen=True, slots=True)
class Series:
    """A row: what it counts, in words with its total, and the number of each period. `stance` is "" for all stories."""

    stance: str
    title: str
    numbers: tuple[int, ...]


def draw_columns(rows: Sequence[Series], periods: Sequence[str], written: Sequence[str]) -> Drawing:
    """Draw the rows; *periods* are the words under the columns, *written* the tallest number of each row."""
    most = max((number for row in rows for number in row.numbers), default=0) or 1
    marks: list[Mark] = []
    top = 0.0
    for row, tallest in zip(rows, written, strict=True):
        marks += _row(row, top, most, tallest)
        top += _TITLE + _WRITTEN + TALLEST + _GAP
    marks += _axis(periods, top + 4)
    return Drawing(top + 8, tuple(marks))


def _row(row: Series, top: float, most: int, tallest: str) -> list[Mark]:
    ground = top + _TITLE + _WRITTEN + TALLEST
    marks = [words(_LEFT, top + 13, row.title, "strong"), line(_LEFT, ground, _RIGHT, ground, "axis")]
    step = (_RIGHT - _LEFT) / len(row.numbers)
    width = min(step * 0.78, 34.0)
    for place, number in enumerate(row.numbers):
        if number:
            height = TALLEST * number / most
            box = (_LEFT + place * step + (step - width) / 2, ground - height, width, height)
            marks.append(rect(*box, f"petal fill--theme is--{row.stance or 'all'}"))
            marks.append(rect(*box, f"cut cut--{row.stance or 'all'}"))
    highest = max(row.numbers)
    if highest:
        x = _LEFT + (row.numbers.index(highest) + 0.5) * step
        y = ground - TALLEST * highest / most - 3
        marks.append(words(_inside(x, tallest), y, tallest, "small", "middle"))
    return marks


def _axis(periods: Sequence[str], top: float) -> list[Mark]:
    """Return the words under the columns: the first, and each further one for which there is room."""
    step = (_RIGHT - _LEFT) / len(periods)
    marks: list[Mark] = []
    free = 0.0
    for place, said in enumerate(periods):
        middle, half = _inside(_LEFT + (place + 0.5) * step, said), len(said) * LETTER / 2
        if middle - half >= free:
            marks.append(words(middle, top, said, "small", "middle"))
            free = middle + half + 16
    return marks


def _inside(x: float, said: str) -> float:
    """Return where the middle of some words can be so that all of them are in the picture."""
    half = len(said) * LETTER / 2
    return min(max(x, half), WIDTH - half)
