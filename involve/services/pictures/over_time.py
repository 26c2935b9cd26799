"""Stories over time: how many were published in each week, month, quarter or year, and in which stance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pyroaring import BitMap

from involve.services.evidence.facet_index import FacetIndex
from involve.vocabulary.days import add_months
from involve.vocabulary.states import STANCES

Step = Literal["week", "month", "quarter", "year"]
# The shortest steps of which there are no more than these are taken, so that each can be told from the next.
_MOST_WEEKS, _MOST_MONTHS, _MOST_QUARTERS = 12, 24, 24
_MONTHS: Mapping[Step, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """The stories of the days from `first` to `last`. One that tells of a strength and a concern is in both stances."""

    first: date
    last: date
    stories: int
    stances: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OverTime:
    """All periods from the first story to the last, those without a story too."""

    step: Step
    periods: tuple[Period, ...]


def count_over_time(index: FacetIndex, fitting: BitMap) -> OverTime:
    """Count the *fitting* publications by the day on which they were published (in UTC, as the filters do)."""
    days = days_of(index, fitting)
    if not days:
        return OverTime("month", ())
    step, spans = split_days(min(days), max(days))
    stances = {each.id: index.bearing("stance", each.id) for each in STANCES}
    periods = []
    for first, last in spans:
        own = BitMap().union(*(numbers for day, numbers in days.items() if first <= day <= last))
        counts = {name: own.intersection_cardinality(numbers) for name, numbers in stances.items()}
        periods.append(Period(first, last, len(own), counts))
    return OverTime(step, tuple(periods))


def days_of(index: FacetIndex, fitting: BitMap) -> dict[date, BitMap]:
    """Return the *fitting* publications of each day that has any."""
    found = ((date.fromisoformat(day), numbers & fitting) for day, numbers in index.choices("day"))
    return {day: numbers for day, numbers in found if numbers}


def split_days(first: date, last: date) -> tuple[Step, tuple[tuple[date, date], ...]]:
    """Return the step that suits the days from *first* to *last*, and the first and last day of each period."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step: Step = "year"
    if (last - first).days < 7 * (_MOST_WEEKS - 1):
        step = "week"
    elif months <= _MOST_MONTHS:
        step = "month"
    elif months <= 3 * (_MOST_QUARTERS - 1):
        step = "quarter"
    return step, tuple(_spans(first, last, step))


def _spans(first: date, last: date, step: Step) -> Iterator[tuple[date, date]]:
    """Yield periods that begin on Mondays, or with the month, quarter or year, as far as the one with *last*."""
    start = _start(first, step)
    while start <= last:
        following = start + timedelta(days=7) if step == "week" else add_months(start, _MONTHS[step])
        yield start, following - timedelta(days=1)
        start = following


def _start(day: date, step: Step) -> date:
    if step == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[step]
    return date(day.year, (day.month - 1) // months * months + 1, 1)
