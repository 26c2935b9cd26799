"""The pictures of some evidence in the page's language: what was counted, its words, and where everything stands."""

from dataclasses import dataclass
from typing import Any

from involve.i18n import format_date, format_number, gettext, page_language
from involve.services.evidence.filters import EvidenceFilter
from involve.services.pictures.by_area import ByArea
from involve.services.pictures.by_goal import GoalStances
from involve.services.pictures.over_time import OverTime
from involve.services.pictures.pictures import Pictures
from involve.services.pictures.rising import Rising
from involve.services.pictures.timeline import Timeline
from involve.services.pictures.together import Row, Together
from involve.services.pictures.words import RisingWord
from involve.vocabulary.area_labels import AREA_LABELS
from involve.vocabulary.stages import find_stage
from involve.vocabulary.states import STANCES
from involve.web.labels import facet_label
from involve.web.pictures.columns import Series, draw_columns
from involve.web.pictures.lanes import Words, draw_lanes
from involve.web.pictures.links import link_stories
from involve.web.pictures.marks import Drawing
from involve.web.pictures.matrix import Part, draw_matrix
from involve.web.pictures.periods import shorten_periods
from involve.web.pictures.slopes import Rise, draw_rises
from involve.web.pictures.tiles import Tile, draw_tiles
from involve.web.pictures.wheel import draw_wheel

MOST_RISES = 8


@dataclass(frozen=True, slots=True)
class Drawings:
    """Each picture; None where there is nothing to draw."""

    goals: Drawing
    over_time: Drawing
    areas: Drawing
    together: Drawing
    rising: Drawing | None
    words: Drawing | None
    timeline: Drawing | None


def draw(pictures: Pictures) -> Drawings:
    """Draw all pictures of evidence that holds at least one story."""
    return Drawings(
        draw_goals(pictures.goals),
        _over_time(pictures.over_time, pictures.total),
        draw_areas(pictures.areas),
        _together(pictures.together),
        _rising(pictures.rising) if pictures.rising.clear else None,
        _words(pictures.words.words) if pictures.words.words else None,
        _timeline(pictures.timeline) if pictures.timeline else None,
    )


def draw_goals(goals: tuple[GoalStances, ...]) -> Drawing:
    """Draw the wheel of the goals."""
    names = [facet_label("goal", each.goal) for each in goals]
    return draw_wheel(goals, names, [format_number(each.stories) for each in goals])


def wheel_values(goals: tuple[GoalStances, ...], wanted: EvidenceFilter) -> dict[str, Any]:
    """Return what the template of the wheel needs, for a page that shows it alone."""
    return {
        "pictures": {"goals": goals},
        "drawings": {"goals": draw_goals(goals)},
        "stances": [stance.id for stance in STANCES],
        "link": link_stories(wanted),
    }


def draw_areas(areas: ByArea) -> Drawing:
    """Draw the map of the areas."""
    tiles = [
        Tile(
            each,
            AREA_LABELS[each.gss].in_language(page_language()),
            format_rate(each.rate.value) if each.rate else f"({format_number(each.stories)})",
        )
        for each in areas.areas
    ]
    return draw_tiles(tiles, areas.everywhere)


def format_rate(rate: float) -> str:
    """Return a rate, which both languages write alike: the smaller, the more exact."""
    return f"{rate:.2f}" if rate < 1 else f"{rate:.1f}"


def part_names() -> dict[str, str]:
    """Return the headings of what stands together with goals."""
    return {"goal": gettext("Goals"), "way": gettext("Ways of working"), "topic": gettext("Topics")}


def _over_time(over_time: OverTime, total: int) -> Drawing:
    rows = [
        Series("", _titled(gettext("All stories"), total), tuple(each.stories for each in over_time.periods))
    ]
    for stance in STANCES:
        numbers = tuple(each.stances[stance.id] for each in over_time.periods)
        rows.append(Series(stance.id, _titled(facet_label("stance", stance.id), sum(numbers)), numbers))
    written = [format_number(max(row.numbers)) for row in rows]
    return draw_columns(rows, shorten_periods(over_time), written)


def _titled(name: str, number: int) -> str:
    """Return what a row counts, and how many there are in all."""
    return f"{name}: {format_number(number)}"


def _together(together: Together) -> Drawing:
    def part(scheme: str, heading: str) -> Part:
        rows: tuple[Row, ...] = tuple(row for row in together.rows if row.scheme == scheme)
        return Part(heading, rows, tuple(_row_name(place, row) for place, row in enumerate(rows, start=1)))

    parts = [part(scheme, heading) for scheme, heading in part_names().items()]
    return draw_matrix(together, [each for each in parts if each.rows])


def _row_name(place: int, row: Row) -> str:
    """Return the name of a row; that of a goal begins with its number, under which its column stands."""
    name = facet_label(row.scheme, row.concept)
    return f"{place} {name}" if row.scheme == "goal" else name


def _rising(rising: Rising) -> Drawing:
    return draw_rises(
        [
            _rise(facet_label("topic", each.topic), (each.before, rising.before), (each.now, rising.now))
            for each in rising.clear[:MOST_RISES]
        ]
    )


def _words(words: tuple[RisingWord, ...]) -> Drawing:
    return draw_rises(
        [
            _rise(
                f"{each.word} · {facet_label('language', each.language)}",
                (each.before, each.of_before),
                (each.now, each.of_now),
            )
            for each in words
        ]
    )


def _rise(name: str, before: tuple[int, int], now: tuple[int, int]) -> Rise:
    """Return a line from one share to another, each as how many out of how many."""
    return Rise(name, before[0] / before[1], now[0] / now[1], f"{percent(*before)} → {percent(*now)}")


def percent(part: int, whole: int) -> str:
    """Return a share in per cent, exact to one place where it is small."""
    share = 100 * part / whole
    return gettext("%(percent)s%%", percent=format_number(round(share, 1) if share < 9.95 else round(share)))


def _timeline(timeline: Timeline) -> Drawing:
    language = page_language()
    said = Words(
        gettext("Asked"),
        gettext("Said"),
        gettext("Done"),
        gettext("Today"),
        tuple(find_stage(each.kind).name.in_language(language) for each in timeline.asked),
        format_date,
    )
    return draw_lanes(timeline, said)
