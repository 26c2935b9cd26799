"""The geometry of the pictures of meaning: a triangle’s cells and spots, and the table beside each."""

from collections import Counter
from dataclasses import dataclass
from itertools import product

from involve.i18n import gettext, page_language
from involve.services.projects.meanings import ROWS, Meaning
from involve.services.projects.signifiers import SignifierView

# Corners of the drawing, in its own units.
CORNERS = ((100.0, 16.0), (12.0, 168.0), (188.0, 168.0))
PALE, STRONG = 0.12, 0.75
ZONES = ("zone-a", "zone-b", "zone-c", "zone-ab", "zone-ac", "zone-bc", "zone-abc")


@dataclass(frozen=True, slots=True)
class Cell:
    """A small triangle: its outline, how many answers lie in it, and how strongly it is coloured (0 to 1)."""

    place: str
    outline: str
    answers: int
    strength: float


@dataclass(frozen=True, slots=True)
class Spot:
    """An answer in a triangle: whose story it belongs to, and where it stands."""

    reference: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn of the answers to a question. `table` is its twin: (place, name, answers)."""

    cells: tuple[Cell, ...]
    spots: tuple[Spot, ...]
    table: tuple[tuple[str, str, int], ...]


def draw_meaning(meaning: Meaning) -> Picture:
    """Return the picture of the answers of a group to a question, in the page's language."""
    counts = meaning.count()
    table = tuple((place, name, counts[place]) for place, name in _places(meaning.signifier))
    if meaning.signifier.kind != "triad":
        return Picture((), (), table)
    spots = tuple(
        Spot(each.reference, *_stand([share / 100 for share in each.said.triad]))
        for each in meaning.meant
        if each.said.triad
    )
    return Picture(_cells(counts), spots, table)


def _places(signifier: SignifierView) -> list[tuple[str, str]]:
    """Return the places of an answer that the table names, each with its name."""
    names = [label.name.in_language(page_language()) for label in signifier.labels]
    if signifier.kind == "triad":
        return [(zone, _zone_name(zone, names)) for zone in ZONES]
    if signifier.kind == "scale":
        ends = {0: names[0], 10: names[1]}
        return [(f"tenth-{at}", f"{at} ({ends[at]})" if at in ends else str(at)) for at in range(11)]
    return [(f"answer-{label.id}", name) for label, name in zip(signifier.labels, names, strict=True)]


def _zone_name(zone: str, names: list[str]) -> str:
    letters = zone.removeprefix("zone-")
    near = [name for letter, name in zip("abc", names, strict=True) if letter in letters]
    if len(near) == 1:
        return gettext("Mostly: %(label)s", label=near[0])
    if len(near) == 2:
        return gettext("Between: %(first)s / %(second)s", first=near[0], second=near[1])
    return gettext("All three together")


def _cells(counts: Counter[str]) -> tuple[Cell, ...]:
    """Return every small triangle that an answer lies in."""
    found = []
    for steps in product(range(ROWS), repeat=3):
        upwards = sum(steps) == ROWS - 1
        if not upwards and sum(steps) != ROWS - 2:
            continue
        place = "cell-" + "-".join(map(str, steps))
        if answers := counts[place]:
            found.append((place, _outline(steps, upwards), answers))
    most = max((answers for *_, answers in found), default=1)
    return tuple(
        Cell(place, outline, answers, round(PALE + (STRONG - PALE) * answers / most, 2))
        for place, outline, answers in found
    )


def _outline(steps: tuple[int, ...], upwards: bool) -> str:
    """Return the path of a small triangle."""
    points = []
    for corner in range(3):
        shares = [step + ((at == corner) if upwards else (at != corner)) for at, step in enumerate(steps)]
        x, y = _stand([share / ROWS for share in shares])
        points.append(f"{x:.1f} {y:.1f}")
    return "M" + "L".join(points) + "z"


def _stand(shares: list[float]) -> tuple[float, float]:
    """Return where the shares of the three corners lie in the drawing."""
    x, y = (
        sum(share * corner[axis] for share, corner in zip(shares, CORNERS, strict=True)) for axis in (0, 1)
    )
    return round(x, 1), round(y, 1)
