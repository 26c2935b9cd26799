"""What whoever looks for work does besides jobs: what is due is computed from rows, never from a time window."""

from datetime import datetime
from pathlib import Path

from involve.database import SessionFactory
from involve.services.account.counting import count_where_due
from involve.services.codebook.retagging import retag_where_due
from involve.services.evidence.making import tidy_exports
from involve.services.following.follows import forget_where_due
from involve.services.following.telling import tell_followers_where_due
from involve.services.importing.uploads import tidy_imports
from involve.services.missing.snapshots import snapshot_where_due
from involve.services.promises.reminders import remind_where_due
from involve.services.safeguarding.alerts import tell_where_due
from involve.services.snapshots.due import take_where_due

ROUND = (
    tell_where_due,
    count_where_due,
    snapshot_where_due,
    take_where_due,
    remind_where_due,
    tell_followers_where_due,
    forget_where_due,
    retag_where_due,
)


def go_round(
    factory: SessionFactory, now: datetime, exports: Path | None = None, imports: Path | None = None
) -> int:
    """Tell of concerns, count, remind staff, tell followers and tag by newer codebooks, as far as that is due.

    *exports* and *imports* are where files of stories are, which are tidied away. Returns how much was done.
    """
    tidied = tidy_exports(factory, exports, now) if exports else 0
    tidied += tidy_imports(factory, imports, now) if imports else 0
    return tidied + sum(do(factory, now) for do in ROUND)
