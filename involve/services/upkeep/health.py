"""How the installation's own rows are doing: jobs that wait or failed, and facts that nobody checked for long."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from involve.models import Job, Signpost
from involve.services.upkeep.letters import ASK_DELIVERY, SEND_LETTER

# A job that waited this long was seen by no worker.
PATIENCE = timedelta(minutes=15)
# Numbers to ring change; a year is long enough to trust one.
FRESH_FOR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class JobHealth:
    """Jobs that nobody carried out although they are due for long, and jobs that were given up."""

    late: int
    failed: int


def check_jobs(session: Session, now: datetime) -> JobHealth:
    """Return how many jobs need somebody's attention."""
    # Letters wait for their own reasons, and are counted by themselves.
    ours = Job.kind.not_in((SEND_LETTER, ASK_DELIVERY))
    late = (Job.state == "due") & (Job.due_at <= now - PATIENCE) | (Job.state == "leased") & (
        Job.lease_ends_at <= now - PATIENCE
    )
    count = select(func.count()).select_from(Job)
    return JobHealth(
        session.scalar(count.where(late, ours)) or 0, session.scalar(count.where(Job.state == "failed")) or 0
    )


def stale_signposts(session: Session, now: datetime) -> tuple[str, ...]:
    """Return the slugs of services to turn to that are shown but were not checked within a year."""
    old = or_(Signpost.checked_on.is_(None), Signpost.checked_on < (now - FRESH_FOR).date())
    return tuple(
        session.scalars(select(Signpost.slug).where(Signpost.verified, old).order_by(Signpost.position))
    )
