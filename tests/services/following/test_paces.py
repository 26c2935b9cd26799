"""The pace of letters: from the last one alone, on the calendar of Wales, whatever its days and months are like."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involve.services.following.paces import may_write
from involve.vocabulary.days import day_of, in_wales
from involve.vocabulary.following import PACES


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("pace", "last", "now", "may"),
    [
        ("at_once", "2026-04-02T10:30", "2026-04-02T11:29", False),
        ("at_once", "2026-04-02T10:30", "2026-04-02T11:30", True),
        ("at_once", "2026-04-02T01:30", "2026-04-02T03:30", True),
        ("daily", "2026-04-02T10:30", "2026-04-02T22:59", False),
        ("daily", "2026-04-02T10:30", "2026-04-03T06:59", False),
        ("daily", "2026-04-02T10:30", "2026-04-03T07:00", True),
        # In the evening in UTC, and the next day already in Wales in summer.
        ("daily", "2026-06-01T23:30", "2026-06-02T07:00", False),
        # Summer time begins on 29 March: that day has 23 hours and still is one day.
        ("daily", "2026-03-28T08:00", "2026-03-29T06:59", False),
        ("daily", "2026-03-28T08:00", "2026-03-29T07:00", True),
        # It ends on 25 October, after which eight o'clock is eight in UTC.
        ("daily", "2026-10-24T07:00", "2026-10-25T07:59", False),
        ("daily", "2026-10-24T07:00", "2026-10-25T08:00", True),
        ("weekly", "2026-03-25T09:00", "2026-03-31T20:00", False),
        ("weekly", "2026-03-25T09:00", "2026-04-01T07:00", True),
        ("monthly", "2026-01-31T09:00", "2026-02-27T12:00", False),
        ("monthly", "2026-01-31T09:00", "2026-02-28T08:00", True),
        ("monthly", "2028-01-31T09:00", "2028-02-28T12:00", False),
        ("monthly", "2028-01-31T09:00", "2028-02-29T08:00", True),
        ("monthly", "2026-12-31T09:00", "2027-01-30T12:00", False),
        ("monthly", "2026-12-31T09:00", "2027-01-31T08:00", True),
        ("monthly", "2026-02-28T09:00", "2026-03-28T08:00", True),
    ],
)
def test_the_next_letter_may_come(pace: str, last: str, now: str, may: bool) -> None:
    assert may_write(pace, at(last), at(now)) is may


def test_the_first_letter_waits_for_no_pace_but_for_the_morning() -> None:
    assert may_write("at_once", None, at("2026-04-02T01:00"))
    for pace in ("daily", "weekly", "monthly"):
        assert not may_write(pace, None, at("2026-04-02T01:00"))
        assert may_write(pace, None, at("2026-04-02T07:00"))


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)).map(lambda each: each.replace(tzinfo=UTC))


@given(st.sampled_from([pace.id for pace in PACES]), MOMENTS, st.lists(st.integers(1, 500), max_size=40))
def test_no_two_letters_are_closer_than_the_pace_and_none_waits_for_ever(
    pace: str, start: datetime, hours: list[int]
) -> None:
    now, letters = start, []
    for step in hours:
        now += timedelta(hours=step)
        if may_write(pace, letters[-1] if letters else None, now):
            letters.append(now)
    least = {"at_once": 0, "daily": 1, "weekly": 7, "monthly": 28}[pace]
    for before, after in pairwise(letters):
        assert (day_of(after) - day_of(before)).days >= least
    last = letters[-1] if letters else None
    noon = (in_wales(now) + timedelta(days=32)).replace(hour=12)
    assert may_write(pace, last, noon.astimezone(UTC))
