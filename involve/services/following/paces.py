"""How often a follower is written to: from the moment of the last letter alone, on the calendar of Wales."""

from datetime import datetime, timedelta

from involve.vocabulary.days import add_months, day_of, in_wales

# As it happens, and yet not a letter for each of several things that are published one after the other.
APART = timedelta(hours=1)
WEEK = timedelta(days=7)
# Letters that gather a day or more come from this hour on, and not in the night.
MORNING = 8


def may_write(pace: str, last: datetime | None, now: datetime) -> bool:
    """Say whether a letter may be written now to somebody at *pace* (an id of vocabulary.following.PACES).

    *last* is when the last letter went, None where there was none. A day is one in Wales, however many hours it has; a
    month after its last day comes the last day of the next month, where that is shorter.
    """
    if pace == "at_once":
        return last is None or now >= last + APART
    if in_wales(now).hour < MORNING:
        return False
    if last is None:
        return True
    before, today = day_of(last), day_of(now)
    if pace == "daily":
        return today > before
    return today >= (before + WEEK if pace == "weekly" else add_months(before, 1))
