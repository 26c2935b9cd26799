"""What stands together: a row for each goal, way and topic, a column for each goal, in each cell how many stories."""

from collections.abc import Sequence
from dataclasses import dataclass

from involve.services.pictures.together import Cell, Together
from involve.services.pictures.together import Row as Counted
from involve.web.pictures.marks import WIDTH, Drawing, Mark, circle, path, rect, words, wrap
from involve.web.pictures.tiles import shade_of

_NAMES = 126.0
STEP = (WIDTH - _NAMES) / 7
_SIDE = STEP - 2
_ROW, _HEADING = 32.0, 30.0
# Letters in a line of a name.
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind under a heading; `names` are those of the rows."""

    heading: str
    rows: tuple[Counted, ...]
    names: tuple[str, ...]


def draw_matrix(together: Together, parts: Sequence[Part]) -> Drawing:
    """Draw the parts one under the other; columns are the goals by their numbers in the Act."""
    marks: list[Mark] = []
    top = 0.0
    for part in parts:
        marks += _heading(part.heading, top, [cell.goal for cell in part.rows[0].cells])
        top += _HEADING
        for row, name in zip(part.rows, part.names, strict=True):
            marks += _row(row, name, top, together.most)
            top += _ROW
        top += 8
    return Drawing(top, tuple(marks))


def _heading(heading: str, top: float, goals: Sequence[str]) -> list[Mark]:
    marks = [words(0, top + 20, heading, "strong")]
    for place, goal in enumerate(goals):
        x = _NAMES + (place + 0.5) * STEP
        marks.append(circle(x, top + 16, 9.5, f"goal-ring stroke--{goal}"))
        marks.append(words(x, top + 20.5, str(place + 1), "small strong", "middle"))
    return marks


def _row(row: Counted, name: str, top: float, most: int) -> list[Mark]:
    lines = wrap(name, _LONGEST)[:2]
    first = top + _ROW / 2 + 4 - 6.5 * (len(lines) - 1)
    marks = [words(0, first + 13 * at, each) for at, each in enumerate(lines)]
    for place, cell in enumerate(row.cells):
        marks += _cell(cell, cell.goal == row.concept, _NAMES + place * STEP + 1, top + 1, most)
    return marks


def _cell(cell: Cell, own: bool, x: float, y: float, most: int) -> list[Mark]:
    """Return a cell: of a goal with itself only the outline; a corner is marked where there is more than by chance."""
    height, middle = _ROW - 2, x + _SIDE / 2
    base = y + height / 2 + 4.5
    if own:
        return [
            rect(x, y, _SIDE, height, "cell cell--own", 3),
            words(middle, base, str(cell.stories), "soft", "middle"),
        ]
    if not cell.stories:
        return [rect(x, y, _SIDE, height, "cell", 3), words(middle, base, "0", "soft", "middle")]
    shade = shade_of(cell.stories, most)
    dark = " on-dark" if shade > 2 else ""
    marks = [
        rect(x, y, _SIDE, height, f"cell shade--{shade}", 3),
        words(middle, base, str(cell.stories), f"strong{dark}".strip(), "middle"),
    ]
    if cell.often:
        marks.append(path(f"M{x + _SIDE - 10:.1f} {y:.1f}h10v10z", f"often{dark}"))
    return marks
