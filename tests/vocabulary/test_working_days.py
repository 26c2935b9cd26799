"""Working days: weekends and the bank holidays of Wales do not count, and what is late follows from them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from involve.vocabulary.days import day_of
from involve.vocabulary.working_days import add_working_days, bank_holidays, easter_day, late_before, read_by


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_falls_where_the_almanac_says(year: int, easter: date) -> None:
    assert easter_day(year) == easter


def test_bank_holidays_are_those_that_were_published() -> None:
    assert sorted(bank_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 28),
    ]
    # Christmas at a weekend: both days move on.
    assert {date(2027, 12, 27), date(2027, 12, 28)} <= bank_holidays(2027)


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2026, 3, 2), 5, date(2026, 3, 9)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
        (date(2026, 4, 2), 5, date(2026, 4, 13)),
        (date(2026, 12, 24), 2, date(2026, 12, 30)),
    ],
)
def test_days_are_counted_past_weekends_and_holidays(day: date, count: int, then: date) -> None:
    assert add_working_days(day, count) == then


def test_a_story_is_late_exactly_from_the_day_after_its_own() -> None:
    told = datetime(2026, 3, 20, 9, tzinfo=UTC)
    for hours in range(0, 24 * 30, 5):
        received = told + timedelta(hours=hours)
        for days in range(25):
            today = day_of(received) + timedelta(days=days)
            assert (received < late_before(today)) == (read_by(received) < today)
