"""What whoever looks for work does besides jobs: what is due is computed from rows, never from a time window."""

from datetime import datetime

from involve.database import SessionFactory
from involve.services.account.counting import count_where_due
from involve.services.promises.reminders import remind_where_due
from involve.services.safeguarding.alerts import tell_where_due


def go_round(factory: SessionFactory, now: datetime) -> int:
    """Tell of concerns, count finished months and remind staff, as far as that is due; return how much was done."""
    return sum(do(factory, now) for do in (tell_where_due, count_where_due, remind_where_due))
