"""The calendar of the people who are promised something: a day begins and ends in Wales, summer time included."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

# The closing day of what stays open until somebody ends it.
ENDLESS = date.max

WORKING_HOURS = (9, 17)
SATURDAY = 5

_WALES = ZoneInfo("Europe/London")


def in_wales(moment: datetime) -> datetime:
    """Return *moment* (with its zone) as clocks in Wales show it."""
    return moment.astimezone(_WALES)


def day_of(moment: datetime) -> date:
    """Return the day on which *moment* (with its zone) falls in Wales."""
    return moment.astimezone(_WALES).date()


def start_of(day: date) -> datetime:
    """Return the moment at which *day* begins in Wales."""
    return datetime(day.year, day.month, day.day, tzinfo=_WALES)


def clock_of(moment: datetime) -> str:
    """Return the time of the day that clocks in Wales show at *moment*, which is written alike in both languages."""
    return moment.astimezone(_WALES).strftime("%H:%M")


def hour_of(moment: datetime) -> str:
    """Return the full hour in Wales in which *moment* (with its zone) falls ("14:00")."""
    return f"{moment.astimezone(_WALES):%H}:00"


def period_ends(first: date, months: int, last: date, today: date) -> list[date]:
    """Return the last days of the periods of so many *months* from *first* on, as far as the one that *today* is in.

    The last of all periods ends on *last*.
    """
    ends: list[date] = []
    while not ends or ends[-1] < min(today, last):
        ends.append(min(add_months(first, months * (len(ends) + 1)), last))
    return ends


def add_months(day: date, months: int) -> date:
    """Return the same day of the month so many months later; the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_working_hours(moment: datetime, hours: int) -> datetime:
    """Return the moment when so many working *hours* have passed: Monday to Friday, 9 to 17 in Wales.

    Bank holidays count as working days: where somebody may be at risk, asking again too early is the lesser harm.
    """
    at, left = moment.astimezone(_WALES), timedelta(hours=hours)
    while True:
        opens, closes = (at.replace(hour=hour, minute=0, second=0, microsecond=0) for hour in WORKING_HOURS)
        at = max(at, opens)
        if at.weekday() < SATURDAY and at < closes:
            if left <= closes - at:
                return (at + left).astimezone(UTC)
            left -= closes - at
        at = opens + timedelta(days=1)
