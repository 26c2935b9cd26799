"""Work to be done later: rows that are added with their cause, leased, carried out and marked, in any process."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Job

Handler = Callable[[Session, int, datetime], None]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Errand:
    """Work that waits for others, such as a mail server: it is done outside any transaction, and opens its own."""

    run: Callable[[SessionFactory, int, datetime], None]


Work = Handler | Errand

LOG = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8


def add_job(session: Session, kind: str, subject_id: int, now: datetime) -> int:
    """Add a job in the caller's transaction and return its id."""
    job = Job(kind=kind, subject_id=subject_id, state="due", attempts=0, due_at=now)
    session.add(job)
    session.flush()
    return job.id


def due_jobs(
    session: Session, now: datetime, limit: int = 100, kinds: Collection[str] | None = None
) -> tuple[int, ...]:
    """Return ids of jobs to be done now, oldest first: due ones, and ones whose holder let the lease run out.

    Only those of *kinds*, where these are given.
    """
    wanted = select(Job.id).where(_is_due(now))
    if kinds is not None:
        wanted = wanted.where(Job.kind.in_(kinds))
    return tuple(session.scalars(wanted.order_by(Job.due_at, Job.id).limit(limit)))


def run_job(factory: SessionFactory, job_id: int, handlers: Mapping[str, Work], clock: Clock) -> bool:
    """Carry one job out, in a transaction of its own, and return whether this call did it.

    The work and its mark are committed together (an errand's apart). A kind that *handlers* do not know waits for
    somebody who does. An error leaves the job due again, later each time; after
    `MOST_ATTEMPTS` it waits for a person as failed.
    """
    with transaction(factory) as session:
        leased = _lease(session, job_id, handlers.keys(), clock())
    if leased is None:
        return False
    kind, subject_id = leased
    try:
        _do(factory, handlers[kind], job_id, subject_id, clock)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the job must not be lost
        with transaction(factory) as session:
            _put_back(session.get_one(Job, job_id), error, clock())
        return False
    return True


def _do(factory: SessionFactory, work: Work, job_id: int, subject_id: int, clock: Clock) -> None:
    """Carry out what was leased, and mark it."""
    if isinstance(work, Errand):
        work.run(factory, subject_id, clock())
    with transaction(factory) as session:
        if not isinstance(work, Errand):
            work(session, subject_id, clock())
        mark_done(session, job_id, clock())


def mark_done(session: Session, job_id: int, now: datetime) -> None:
    """Mark a job as carried out, in the transaction of its work."""
    job = session.get_one(Job, job_id)
    job.state, job.finished_at, job.lease_ends_at = "done", now, None


def run_due_jobs(
    factory: SessionFactory, handlers: Mapping[str, Work], clock: Clock, limit: int = 100
) -> int:
    """Carry out what is due now, at most *limit* jobs, and return how many were done."""
    with factory() as session:
        ids = due_jobs(session, clock(), limit, handlers.keys())
    return sum(run_job(factory, job_id, handlers, clock) for job_id in ids)


def work_until(stopped: Callable[[], bool], wait: Callable[[], object], step: Callable[[], int]) -> None:
    """Take *step* (which returns how much it did) again and again until *stopped*; *wait* when there was nothing.

    A step that fails because the database is away is tried again after a wait: nothing is lost, the rows stay.
    """
    while not stopped():
        try:
            done = step()
        except SQLAlchemyError as error:
            LOG.warning("The database did not answer (%s); trying again.", type(error).__name__)
            done = 0
        if not done:
            wait()


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a job waits for someone."""
    return or_(
        (Job.state == "due") & (Job.due_at <= now),
        (Job.state == "leased") & (Job.lease_ends_at <= now),
    )


def _lease(session: Session, job_id: int, kinds: Collection[str], now: datetime) -> tuple[str, int] | None:
    """Take the job for a while, and return its kind and subject; None if it is done, not ours, or another's."""
    wanted = select(Job).where(Job.id == job_id, Job.kind.in_(kinds), _is_due(now))
    job = session.scalar(wanted.with_for_update(skip_locked=True))
    if job is None:
        return None
    job.state, job.lease_ends_at, job.attempts = "leased", now + LEASE, job.attempts + 1
    return job.kind, job.subject_id


def _put_back(job: Job, error: Exception, now: datetime) -> None:
    """Make the job due again, or failed when it was tried often enough. Only the kind of error is kept."""
    job.state = "failed" if job.attempts >= MOST_ATTEMPTS else "due"
    job.last_error, job.lease_ends_at = type(error).__name__, None
    job.due_at = now + timedelta(seconds=2**job.attempts)
