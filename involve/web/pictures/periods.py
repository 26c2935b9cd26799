"""What periods are called: in full in sentences and tables, short under a column."""

from involve.i18n import format_date, format_month, format_short_day, format_short_month, gettext
from involve.services.pictures.over_time import OverTime, Period


def name_periods(over_time: OverTime) -> tuple[str, ...]:
    """Return the name of each period."""
    return tuple(_name(over_time.step, period) for period in over_time.periods)


def shorten_periods(over_time: OverTime) -> tuple[str, ...]:
    """Return for each period what stands under its column."""
    return tuple(_shorten(over_time.step, period) for period in over_time.periods)


def _name(step: str, period: Period) -> str:
    if step == "week":
        return gettext("The week from %(date)s", date=format_date(period.first))
    if step == "month":
        return format_month(period.first)
    if step == "quarter":
        return gettext("Quarter %(quarter)s of %(year)s", quarter=_quarter(period), year=period.first.year)
    return str(period.first.year)


def _shorten(step: str, period: Period) -> str:
    if step == "week":
        return format_short_day(period.first)
    if step == "month":
        return format_short_month(period.first)
    if step == "quarter":
        # Translators: the quarter of a year, as short as it can be.
        return gettext("Q%(quarter)s %(year)s", quarter=_quarter(period), year=period.first.year)
    return str(period.first.year)


def _quarter(period: Period) -> int:
    return (period.first.month + 2) // 3
