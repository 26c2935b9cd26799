"""What chance does to counts: intervals and likelihoods beside figures worked out elsewhere."""

from datetime import date, timedelta

import pytest
from pyroaring import BitMap

from involve.services.pictures.chance import find_clear, find_likelihood, find_rate_interval
from involve.services.pictures.over_time import split_days
from involve.services.pictures.rising import find_rising, split_newest
from involve.services.pictures.said import Said

# The exact interval of a Poisson mean, by the chi-squared distribution (Garwood 1936).
EXACT = {10: (4.795, 18.390), 20: (12.217, 30.888), 100: (81.364, 121.627)}


@pytest.mark.parametrize("count", EXACT)
def test_the_interval_of_a_count_is_nearly_the_exact_one(count: int) -> None:
    assert find_rate_interval(count) == pytest.approx(EXACT[count], rel=0.01)


def test_no_story_leaves_room_for_some() -> None:
    low, high = find_rate_interval(0)
    assert low == 0
    assert 3 < high < 4


def test_equal_shares_are_no_surprise_and_unequal_ones_are_as_worked_out_by_hand() -> None:
    assert find_likelihood(10, 100, 20, 200) == pytest.approx(0)
    # 2 · (30 ln(30/20) + 10 ln(10/20) + 70 ln(70/80) + 90 ln(90/80))
    assert find_likelihood(30, 100, 10, 100) == pytest.approx(12.97, abs=0.01)
    assert find_likelihood(0, 0, 0, 0) == 0


def test_the_more_is_looked_at_the_more_it_takes_to_stand_out() -> None:
    noise = {f"noise {at}": 0.5 for at in range(30)}
    assert find_clear({"few": 4.5}) == {"few"}
    assert find_clear({"few": 4.5, **noise}) == frozenset()
    assert find_clear({"few": 4.5, "many": 30.0, **noise}) == {"many"}


@pytest.mark.parametrize(
    ("days", "step", "periods"),
    [
        (1, "week", 1),
        (70, "week", 10),
        (100, "month", 4),
        (700, "month", 24),
        (1_500, "quarter", 17),
        (4_000, "year", 11),
    ],
)
def test_the_steps_suit_the_time_and_leave_no_day_out(days: int, step: str, periods: int) -> None:
    first = date(2026, 1, 5)
    last = first + timedelta(days=days - 1)
    found, spans = split_days(first, last)
    assert (found, len(spans)) == (step, periods)
    assert spans[0][0] <= first
    assert spans[-1][1] >= last
    assert all(spans[at][1] + timedelta(days=1) == spans[at + 1][0] for at in range(len(spans) - 1))


def test_a_topic_rises_only_where_more_people_name_it_than_chance_explains() -> None:
    days = {date(2026, 1, 1) + timedelta(days=at): BitMap(range(10 * at, 10 * at + 10)) for at in range(40)}
    rising = find_rising(
        *split_newest(days),
        (
            Said("flood", BitMap([5, *range(310, 340)])),
            Said("bus", BitMap(range(0, 400, 2))),
            Said("fallen", BitMap(range(100))),
            Said("single", BitMap([399, 398])),
        ),
    )
    assert (rising.since, rising.now, rising.before) == (date(2026, 1, 31), 100, 300)
    assert [(each.topic, each.now, each.before) for each in rising.clear] == [("flood", 30, 1)]
    assert {each.topic for each in rising.changes} <= {"flood"}


def test_too_few_stories_are_not_compared() -> None:
    days = {date(2026, 1, 1): BitMap(range(30)), date(2026, 3, 1): BitMap(range(30, 40))}
    assert find_rising(*split_newest(days), (Said("flood", BitMap(range(30, 40))),)).changes == ()
    assert find_rising(*split_newest({}), ()).since is None
