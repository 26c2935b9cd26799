"""What whoever looks for work does besides jobs: what is due is computed from rows, never from a time window."""

from datetime import datetime

from involve.database import SessionFactory
from involve.services.account.counting import count_where_due
from involve.services.safeguarding.alerts import tell_where_due


def go_round(factory: SessionFactory, now: datetime) -> int:
    """Tell of concerns and count finished months, as far as that is due; return how much was done."""
    return tell_where_due(factory, now) + count_where_due(factory, now)
