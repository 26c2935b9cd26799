"""The calendar of the people who are promised something: a day begins and ends in Wales, summer time included."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_WALES = ZoneInfo("Europe/London")


def day_of(moment: datetime) -> date:
    """Return the day on which *moment* (with its zone) falls in Wales."""
    return moment.astimezone(_WALES).date()
