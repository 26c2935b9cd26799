"""The marks that a picture is made of, as SVG has them: shapes with places and classes, never a colour or a style."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

# A picture is this wide, in units that are pixels on a phone: letters of 12 can be read there.
WIDTH = 350.0
# About how wide a letter of the smallest size is.
LETTER = 6.4


@dataclass(frozen=True, slots=True)
class Mark:
    """One element: its tag, its attributes, and for words what they say."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: how high it is, and its marks, those behind first."""

    height: float
    marks: tuple[Mark, ...]

    @property
    def box(self) -> str:
        """The part of the plane that is shown."""
        return f"0 0 {number(WIDTH)} {number(self.height)}"


def number(value: float) -> str:
    """Return a coordinate, to a tenth."""
    # Adding nothing makes -0.0 a plain zero.
    return f"{round(value, 1) + 0:g}"


def path(line: str, look: str) -> Mark:
    """Return a line or an outline; *look* are classes of the style sheet."""
    return Mark("path", (("class", look), ("d", line)))


def rect(x: float, y: float, width: float, height: float, look: str, rounded: float = 0) -> Mark:
    """Return a rectangle by its upper left corner."""
    sides = (("x", x), ("y", y), ("width", max(width, 0)), ("height", max(height, 0)))
    corners = (("rx", number(rounded)),) if rounded else ()
    return Mark("rect", (("class", look), *((name, number(value)) for name, value in sides), *corners))


def circle(x: float, y: float, radius: float, look: str) -> Mark:
    """Return a circle by its centre."""
    return Mark("circle", (("class", look), ("cx", number(x)), ("cy", number(y)), ("r", number(radius))))


def line(x1: float, y1: float, x2: float, y2: float, look: str) -> Mark:
    """Return a straight line."""
    return path(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", look)


def words(x: float, y: float, said: str, look: str = "", anchor: str = "start") -> Mark:
    """Return words whose base line begins, has its middle or ends at a place."""
    placed = (("x", number(x)), ("y", number(y)))
    held = () if anchor == "start" else (("text-anchor", anchor),)
    return Mark("text", (*((("class", look),) if look else ()), *placed, *held), said)


def wrap(said: str, letters: int) -> tuple[str, ...]:
    """Return words in lines of at most so many letters; a longer word has a line for itself."""
    lines: list[str] = []
    for word in said.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return tuple(lines)


def at(centre: tuple[float, float], angle: float, radius: float) -> tuple[float, float]:
    """Return the place at an *angle* (in degrees, clockwise from the top) and a distance from the centre."""
    turned = math.radians(angle)
    return centre[0] + radius * math.sin(turned), centre[1] - radius * math.cos(turned)


def outline(places: Iterable[tuple[float, float]]) -> str:
    """Return the outline through some places."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in places) + "z"
