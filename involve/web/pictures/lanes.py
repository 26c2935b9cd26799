"""The time of a project: lanes for what was asked, for the stories that were published, and for what was done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from involve.services.pictures.timeline import Asked, Step, Timeline
from involve.web.pictures.marks import LETTER, WIDTH, Drawing, Mark, circle, line, path, rect, words

_LEFT, _RIGHT = 8.0, WIDTH - 8
_STAGE, _COLUMN, _STEP = 36.0, 40.0, 24.0
_RADIUS = 10.0


@dataclass(frozen=True, slots=True)
class Words:
    """What the lanes are called, the names of the stages in their order, and of some days beneath."""

    asked: str
    said: str
    done: str
    today: str
    stages: tuple[str, ...]
    write_day: Callable[[date], str]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where each day from `first` to `last` stands."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return the place of a day; what lies outside stands at the end."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return _LEFT + (_RIGHT - _LEFT) * min(max(share, 0), 1)


def span_of(timeline: Timeline) -> tuple[date, date]:
    """Return the first and the last day of a project's time, today among them."""
    days = [timeline.today, *(step.on_day for step in timeline.done)]
    days += [stage.opens_on for stage in timeline.asked]
    days += [stage.closes_on for stage in timeline.asked if stage.closes_on]
    days += [day for period in timeline.said.periods if period.stories for day in (period.first, period.last)]
    return min(days), max(days)


def draw_lanes(timeline: Timeline, said: Words) -> Drawing:
    """Draw the lanes one under the other. What was done is numbered in the order of its days, as in the table."""
    scale = _Scale(*span_of(timeline))
    marks: list[Mark] = [words(0, 13, said.asked, "strong")]
    top = 20.0
    for stage, name in zip(timeline.asked, said.stages, strict=True):
        marks += _stage(stage, name, top, scale)
        top += _STAGE
    marks.append(words(0, top + 17, said.said, "strong"))
    top += 24
    marks += _columns(timeline, top, scale)
    top += _COLUMN + 8
    marks.append(words(0, top + 17, said.done, "strong"))
    top += 24
    steps, top = _steps(timeline.done, top, scale)
    now = scale.at(timeline.today)
    axis = [line(_LEFT, top, _RIGHT, top, "axis"), *_days(said, scale, top + 16)]
    # Behind everything else.
    return Drawing(
        top + 38, (line(now, 20, now, top, "today"), *marks, *steps, *axis, _today(said, now, top + 32))
    )


def place_steps(days: Sequence[date], scale: Callable[[date], float]) -> tuple[tuple[float, int], ...]:
    """Return the place of each step and its row, so that none covers another."""
    ends: list[float] = []
    placed = []
    for day in days:
        x = scale(day)
        row = next((at for at, end in enumerate(ends) if x - _RADIUS - 1 >= end), len(ends))
        ends[row : row + 1] = [x + _RADIUS]
        placed.append((x, row))
    return tuple(placed)


def _stage(stage: Asked, name: str, top: float, scale: _Scale) -> list[Mark]:
    begin = scale.at(stage.opens_on)
    end = scale.at(stage.closes_on) if stage.closes_on else _RIGHT
    x = min(begin, WIDTH - len(name) * LETTER - 4)
    bar = rect(begin, top + 17, max(end - begin, 4), 9, "stage-bar", 4)
    # What stays open has an arrow at its end.
    arrow = [] if stage.closes_on else [path(f"M{end:.1f} {top + 14:.1f}l8 7.5l-8 7.5z", "stage-bar")]
    return [words(max(x, 0), top + 12, name, "halo"), bar, *arrow]


def _columns(timeline: Timeline, top: float, scale: _Scale) -> list[Mark]:
    most = max((period.stories for period in timeline.said.periods), default=0) or 1
    ground = top + _COLUMN
    marks = [line(_LEFT, ground, _RIGHT, ground, "axis")]
    for period in timeline.said.periods:
        begin, end = scale.at(period.first), scale.at(period.last)
        height = (_COLUMN - 12) * period.stories / most
        if height:
            marks.append(rect(begin, ground - height, max(end - begin - 1, 2), height, "petal fill--theme"))
    return marks


def _steps(done: Sequence[Step], top: float, scale: _Scale) -> tuple[list[Mark], float]:
    """Return the marks of what was done, each in a shape of its kind, and where they end."""
    placed = place_steps([step.on_day for step in done], scale.at)
    marks: list[Mark] = []
    for place, (step, (x, row)) in enumerate(zip(done, placed, strict=True), start=1):
        y = top + row * _STEP + 12
        marks += [_shape(step.kind, x, y), words(x, y + 4, str(place), "small strong on-dark", "middle")]
    rows = max((row for _, row in placed), default=0) + 1
    return marks, top + rows * _STEP + 4


def _shape(kind: str, x: float, y: float) -> Mark:
    if kind == "decision":
        return path(f"M{x:.1f} {y - 12:.1f}l12 12l-12 12l-12-12z", "step")
    if kind == "outcome":
        return rect(x - 9, y - 9, 18, 18, "step", 2)
    return circle(x, y, _RADIUS, "step")


def _days(said: Words, scale: _Scale, y: float) -> list[Mark]:
    first, last = said.write_day(scale.first), said.write_day(scale.last)
    return [words(0, y, first, "small"), words(WIDTH, y, last, "small", "end")]


def _today(said: Words, x: float, y: float) -> Mark:
    half = len(said.today) * LETTER / 2
    return words(min(max(x, half), WIDTH - half), y, said.today, "small strong", "middle")
