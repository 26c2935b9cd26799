"""The tile map: a square for each local authority area, about where it lies, with its stories for its people."""

from collections.abc import Sequence
from dataclasses import dataclass

from involve.services.pictures.by_area import AreaStories, Rate
from involve.vocabulary.areas import find_area
from involve.web.pictures.marks import WIDTH, Drawing, Mark, circle, line, rect, words

_COLUMNS = 6
STEP = WIDTH / _COLUMNS
_SIDE = STEP - 3
# Shades of a tile, the lightest first.
SHADES = 5
_INSET = 6.0


@dataclass(frozen=True, slots=True)
class Tile:
    """What stands in a tile: a short name and a number in words; `area` is what is counted."""

    area: AreaStories
    label: str
    figure: str


def draw_tiles(tiles: Sequence[Tile], everywhere: Rate | None) -> Drawing:
    """Draw the map. In each tile of which a rate can be said a line shows its interval, and another the rate of all."""
    highest = max((tile.area.rate.high for tile in tiles if tile.area.rate), default=1.0)
    marks: list[Mark] = []
    rows = 0
    for tile in tiles:
        place = find_area(tile.area.gss).tile
        rows = max(rows, place.row + 1)
        marks += _tile(tile, place.column * STEP + 1, place.row * STEP + 1, highest, everywhere)
    return Drawing(rows * STEP, tuple(marks))


def shade_of(rate: float, highest: float) -> int:
    """Return the shade of a rate, from 0 for the lowest to `SHADES` - 1 for the highest."""
    return min(int(SHADES * rate / highest), SHADES - 1) if highest else 0


def _tile(tile: Tile, x: float, y: float, highest: float, everywhere: Rate | None) -> list[Mark]:
    rate = tile.area.rate
    middle = x + _SIDE / 2
    if rate is None:
        return [
            rect(x, y, _SIDE, _SIDE, "tile tile--few", 6),
            words(middle, y + 20, tile.label, "strong", "middle"),
            words(middle, y + 38, tile.figure, "soft", "middle"),
        ]
    shade = shade_of(rate.value, highest)
    dark = " on-dark" if shade > 2 else ""
    marks = [
        rect(x, y, _SIDE, _SIDE, f"tile shade--{shade}", 6),
        words(middle, y + 18, tile.label, f"strong{dark}", "middle"),
        words(middle, y + 35, tile.figure, f"figure{dark}", "middle"),
    ]
    return [*marks, *_interval(rate, x, y + _SIDE - 10, highest, everywhere, dark)]


def _interval(
    rate: Rate, x: float, y: float, highest: float, everywhere: Rate | None, dark: str
) -> list[Mark]:
    """Return a line from the lower to the upper end with a dot at the rate, and a tick at the rate of all Wales."""

    def along(value: float) -> float:
        return x + _INSET + (_SIDE - 2 * _INSET) * value / highest

    marks = [line(along(rate.low), y, along(rate.high), y, f"whisker{dark}")]
    if everywhere:
        marks.append(line(along(everywhere.value), y - 5, along(everywhere.value), y + 5, f"tick{dark}"))
    return [*marks, circle(along(rate.value), y, 3, f"dot{dark}")]
