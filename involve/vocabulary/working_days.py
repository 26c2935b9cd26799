"""Working days in Wales, and the promise that is counted in them: by when somebody reads a story."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from involve.vocabulary.days import day_of

# Every project promises it: within so many working days after it came, a person has read a story and said what becomes
# of it. Our own figure.
READ_WITHIN = 5

_WALES = ZoneInfo("Europe/London")
_DAY = timedelta(days=1)
_MONDAY = 0


def read_by(received_at: datetime) -> date:
    """Return the day by whose end a story that came at that moment should be read."""
    return add_working_days(day_of(received_at), READ_WITHIN)


def late_before(today: date) -> datetime:
    """Return the moment such that stories from before it, and only these, should have been read before *today*."""
    day = today
    while add_working_days(day, READ_WITHIN) >= today:
        day -= _DAY
    return datetime.combine(day + _DAY, time(), _WALES)


def add_working_days(day: date, count: int) -> date:
    """Return the working day that is so many (1 or more) after *day*."""
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether *day* is neither at a weekend nor a bank holiday in Wales; extra ones of a single year are not known."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def bank_holidays(year: int) -> frozenset[date]:
    """Return the regular bank holidays of England and Wales (Banking and Financial Dealings Act 1971)."""
    easter = easter_day(year)
    days = {easter - 2 * _DAY, easter + _DAY}
    days |= {_first_monday(year, 5), _last_monday(year, 5), _last_monday(year, 8)}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        # At a weekend the next free weekday takes its place.
        while fixed.weekday() >= 5 or fixed in days:
            fixed += _DAY
        days.add(fixed)
    return frozenset(days)


def easter_day(year: int) -> date:
    """Return Easter Sunday by the Gregorian reckoning (the anonymous method printed in *Nature*, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(_MONDAY - first.weekday()) % 7)


def _last_monday(year: int, month: int) -> date:
    """Return the last Monday of a month of 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())
