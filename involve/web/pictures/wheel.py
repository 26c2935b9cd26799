"""The wheel of the seven goals: for each goal a petal for each stance, whose area says how many stories."""

from collections.abc import Sequence
from dataclasses import dataclass

from involve.services.pictures.by_goal import GoalStances
from involve.web.pictures.marks import LETTER, WIDTH, Drawing, Mark, at, circle, number, path, words, wrap

CENTRE = (WIDTH / 2, 142.0)
HUB, RIM = 14.0, 92.0
_HEIGHT = 292.0
# Of the degrees that a goal has, what is left free between it and the next.
_GAP = 7.0
_LINE = 14.0
# Letters in a line at the rim.
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class Petal:
    """A stance of a goal: from one angle to the other (degrees, clockwise from the top), as far out as `radius`."""

    goal: str
    stance: str
    stories: int
    begin: float
    end: float
    radius: float


def place_petals(goals: Sequence[GoalStances]) -> tuple[Petal, ...]:
    """Return the petals; their areas, less the hub, are as the numbers of stories."""
    most = max((number for goal in goals for number in goal.stances.values()), default=0) or 1
    whole = 360 / len(goals)
    petals = []
    for place, goal in enumerate(goals):
        begin = place * whole - whole / 2 + _GAP / 2
        step = (whole - _GAP) / len(goal.stances)
        for at_, (stance, stories) in enumerate(goal.stances.items()):
            radius = (HUB**2 + (RIM**2 - HUB**2) * stories / most) ** 0.5
            petals.append(
                Petal(goal.goal, stance, stories, begin + at_ * step, begin + (at_ + 1) * step, radius)
            )
    return tuple(petals)


def draw_wheel(goals: Sequence[GoalStances], names: Sequence[str], counts: Sequence[str]) -> Drawing:
    """Draw the wheel; *names* and *counts* are the words at the rim for each goal."""
    marks = [circle(*CENTRE, RIM, "guide"), circle(*CENTRE, ((RIM**2 + HUB**2) / 2) ** 0.5, "guide")]
    for place, goal in enumerate(goals):
        marks.append(path(_rim(place * 360 / len(goals), 180 / len(goals) - 1.5), f"rim stroke--{goal.goal}"))
    for petal in place_petals(goals):
        if petal.stories:
            outline = _outline(petal)
            marks.append(path(outline, f"petal fill--{petal.goal} is--{petal.stance}"))
            marks.append(path(outline, f"cut cut--{petal.stance}"))
    for place, (name, count) in enumerate(zip(names, counts, strict=True)):
        marks += _label(place * 360 / len(goals), name, count)
    return Drawing(_HEIGHT, tuple(marks))


def _rim(middle: float, half: float) -> str:
    """Return an arc outside the petals, which holds those of one goal together."""
    (a, b), (c, d) = at(CENTRE, middle - half, RIM + 5), at(CENTRE, middle + half, RIM + 5)
    return f"M{number(a)} {number(b)}A{number(RIM + 5)} {number(RIM + 5)} 0 0 1 {number(c)} {number(d)}"


def _outline(petal: Petal) -> str:
    """Return the outline of a petal: along the hub, out, along its own arc, and back in."""
    places = (
        at(CENTRE, petal.begin, HUB),
        at(CENTRE, petal.begin, petal.radius),
        at(CENTRE, petal.end, petal.radius),
        at(CENTRE, petal.end, HUB),
    )
    one, two, three, four = (f"{number(x)} {number(y)}" for x, y in places)
    out, hub = number(petal.radius), number(HUB)
    return f"M{one}L{two}A{out} {out} 0 0 1 {three}L{four}A{hub} {hub} 0 0 0 {one}z"


def _label(angle: float, name: str, count: str) -> list[Mark]:
    """Return the words at the rim, on the side of the wheel where there is room."""
    x, y = at(CENTRE, angle, RIM + 13)
    side = round((x - CENTRE[0]) / RIM, 2)
    anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
    room = WIDTH if anchor == "middle" else WIDTH - x if anchor == "start" else x
    lines = wrap(name, min(max(int(room / LETTER), 9), _LONGEST))
    # Words above the wheel end where it begins, those below begin where it ends, those beside it are level with it.
    above = (y - CENTRE[1]) / RIM
    top = y - _LINE * (len(lines) + 1) * (1 - (above + 1) / 2) + _LINE * 0.8
    marks = [words(x, top + at_ * _LINE, each, "", anchor) for at_, each in enumerate(lines)]
    return [*marks, words(x, top + len(lines) * _LINE, count, "strong", anchor)]
