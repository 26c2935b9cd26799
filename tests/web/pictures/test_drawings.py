"""Shapes and their places: areas mean what they say, words stay in the picture, and no mark covers another."""

import re
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest

from involve.services.pictures.by_area import AreaStories, find_rate
from involve.services.pictures.by_goal import GoalStances
from involve.vocabulary.area_labels import AREA_LABELS
from involve.vocabulary.areas import AREAS
from involve.vocabulary.goals import GOALS
from involve.vocabulary.states import STANCES
from involve.web.pictures.columns import Series, draw_columns
from involve.web.pictures.lanes import place_steps
from involve.web.pictures.marks import LETTER, WIDTH, Drawing
from involve.web.pictures.tiles import Tile, draw_tiles
from involve.web.pictures.wheel import HUB, RIM, draw_wheel, place_petals

NUMBERS = [
    GoalStances(goal.id, {s.id: at * 3 + place for place, s in enumerate(STANCES)})
    for at, goal in enumerate(GOALS)
]


def outside(drawing: Drawing) -> list[str]:
    """Return the words of a picture that would not be in it whole."""
    found = []
    for mark in drawing.marks:
        values = dict(mark.attributes)
        width = len(mark.words) * LETTER * 0.95
        left = float(values.get("x", 0)) - width * {"middle": 0.5, "end": 1}.get(
            values.get("text-anchor", ""), 0
        )
        inside = left >= -1 and left + width <= WIDTH + 1 and 8 <= float(values.get("y", 9)) <= drawing.height
        if mark.tag == "text" and not inside:
            found.append(mark.words)
    return found


def test_the_area_of_a_petal_is_as_the_number_of_its_stories() -> None:
    petals = place_petals(NUMBERS)
    assert len(petals) == 7 * 4
    most = max(petal.stories for petal in petals)
    for petal in petals:
        share = (petal.radius**2 - HUB**2) / (RIM**2 - HUB**2)
        assert share == pytest.approx(petal.stories / most)
    for one, other in pairwise(petals):
        assert one.end <= other.begin + 1e-9


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_names_of_the_goals_stay_in_the_picture_in_both_languages(language: str) -> None:
    names = [goal.short.in_language(language) for goal in GOALS]
    drawing = draw_wheel(NUMBERS, names, ["1,234,567"] * 7)
    assert outside(drawing) == []
    said = " ".join(mark.words for mark in drawing.marks)
    assert all(word in said for name in names for word in name.split())


def test_a_wheel_without_stories_is_drawn_without_petals() -> None:
    empty = [GoalStances(goal.id, {stance.id: 0 for stance in STANCES}) for goal in GOALS]
    drawing = draw_wheel(empty, ["x"] * 7, ["0"] * 7)
    assert not any("petal" in dict(mark.attributes).get("class", "") for mark in drawing.marks)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_each_area_has_a_tile_and_a_name_of_its_own(language: str) -> None:
    assert set(AREA_LABELS) == {area.gss for area in AREAS}
    labels = [each.in_language(language) for each in AREA_LABELS.values()]
    assert len(set(labels)) == len(labels)
    tiles = [
        Tile(
            AreaStories(area.gss, at * 7, area.population_2021, find_rate(at * 7, area.population_2021)),
            label,
            "1,234",
        )
        for at, (area, label) in enumerate(zip(AREAS, labels, strict=True))
    ]
    drawing = draw_tiles(tiles, find_rate(1000, 3_000_000))
    boxes = [dict(mark.attributes) for mark in drawing.marks if mark.tag == "rect"]
    assert len({(box["x"], box["y"]) for box in boxes}) == 22
    assert outside(drawing) == []
    assert sum("tile--few" in box["class"] for box in boxes) == 2


def test_columns_are_as_high_as_their_numbers_and_what_is_nothing_has_none() -> None:
    drawing = draw_columns(
        [Series("", "All", (0, 5, 10)), Series("idea", "Idea", (0, 0, 5))], ["January 2026"] * 3, ["10", "5"]
    )
    heights = [float(dict(mark.attributes)["height"]) for mark in drawing.marks if mark.tag == "rect"]
    # Each column has its texture over it.
    assert heights == [22, 22, 44, 44, 22, 22]
    assert outside(drawing) == []


def test_steps_of_the_same_days_stand_one_under_the_other() -> None:
    first = date(2026, 1, 1)
    days = sorted(first + timedelta(days=at // 3) for at in range(12))
    placed = place_steps(days, lambda day: float((day - first).days * 9))
    assert all(abs(x - other) > 20 for (x, row), (other, below) in combinations(placed, 2) if row == below)


def test_no_class_of_a_picture_is_unknown_to_the_style_sheet() -> None:
    from involve.paths import PACKAGE

    style = "".join(path.read_text() for path in (PACKAGE / "web" / "assets" / "scss").glob("_*.scss"))
    drawing = draw_wheel(NUMBERS, ["x"] * 7, ["0"] * 7)
    looks = {look for mark in drawing.marks for look in dict(mark.attributes).get("class", "").split()}
    plain = {look for look in looks if not re.match(r"(fill|stroke|is|cut)--", look)}
    assert {look for look in plain if f".{look}" not in style} == set()
