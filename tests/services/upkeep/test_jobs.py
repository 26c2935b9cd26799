"""Jobs: the row is the truth, so whatever dies, the job is done later; its work and its mark stand or fall together."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Body, Job
from involve.services.upkeep.health import check_jobs
from involve.services.upkeep.jobs import (
    LEASE,
    MOST_ATTEMPTS,
    Handler,
    add_job,
    due_jobs,
    run_due_jobs,
    run_job,
    work_until,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def write_body(session: Session, subject_id: int, now: datetime) -> None:
    session.add(Body(slug=f"corff-{subject_id}", name_cy="Corff", name_en="Body"))


def fail(session: Session, subject_id: int, now: datetime) -> None:
    write_body(session, subject_id, now)
    session.flush()
    raise ValueError("someone's own words")


HANDLERS: Mapping[str, Handler] = {"write": write_body, "fail": fail}


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def add(factory: SessionFactory, kind: str = "write", subject_id: int = 1) -> int:
    with transaction(factory) as session:
        return add_job(session, kind, subject_id, NOW)


def job(factory: SessionFactory) -> Job:
    with factory() as session:
        return session.scalars(select(Job)).one()


def bodies(factory: SessionFactory) -> list[str]:
    with factory() as session:
        return sorted(session.scalars(select(Body.slug)))


def test_a_job_is_done_once(factory: SessionFactory) -> None:
    job_id = add(factory)
    assert run_job(factory, job_id, HANDLERS, at(NOW))
    assert not run_job(factory, job_id, HANDLERS, at(NOW + LEASE * 2))
    assert (job(factory).state, job(factory).attempts, bodies(factory)) == ("done", 1, ["corff-1"])


def test_a_job_that_is_rolled_back_with_its_cause_never_was(factory: SessionFactory) -> None:
    def start() -> None:
        with transaction(factory) as session:
            add_job(session, "write", 1, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        start()
    with factory() as session:
        assert due_jobs(session, NOW) == ()


def test_what_a_failing_job_wrote_is_gone_and_it_is_due_again_later(factory: SessionFactory) -> None:
    job_id = add(factory, "fail")
    assert not run_job(factory, job_id, HANDLERS, at(NOW))
    assert bodies(factory) == []
    with factory() as session:
        assert due_jobs(session, NOW) == ()
        assert due_jobs(session, NOW + timedelta(seconds=2)) == (job_id,)


def test_the_words_of_an_error_are_not_kept(factory: SessionFactory) -> None:
    run_job(factory, add(factory, "fail"), HANDLERS, at(NOW))
    assert job(factory).last_error == "ValueError"


def test_a_job_that_fails_too_often_waits_for_a_person(factory: SessionFactory) -> None:
    job_id, moment = add(factory, "fail"), NOW
    for _ in range(MOST_ATTEMPTS):
        run_job(factory, job_id, HANDLERS, at(moment))
        moment += timedelta(hours=1)
    assert (job(factory).state, job(factory).attempts) == ("failed", MOST_ATTEMPTS)
    with factory() as session:
        assert due_jobs(session, moment) == ()
        assert check_jobs(session, moment).failed == 1


def test_a_leased_job_is_due_again_when_its_holder_let_the_lease_run_out(factory: SessionFactory) -> None:
    job_id = add(factory)
    with transaction(factory) as session:
        held = session.get_one(Job, job_id)
        held.state, held.lease_ends_at, held.attempts = "leased", NOW + LEASE, 1
    assert not run_job(factory, job_id, HANDLERS, at(NOW + LEASE - timedelta(seconds=1)))
    assert run_job(factory, job_id, HANDLERS, at(NOW + LEASE))
    assert job(factory).attempts == 2


def test_two_workers_at_the_same_moment_do_a_job_once(factory: SessionFactory) -> None:
    job_id, start, done = add(factory), Barrier(4), []

    def work() -> None:
        start.wait()
        done.append(run_job(factory, job_id, HANDLERS, at(NOW)))

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, False, False, True]
    assert bodies(factory) == ["corff-1"]


def test_due_jobs_are_done_oldest_first_and_no_more_than_asked_for(factory: SessionFactory) -> None:
    for subject_id in (3, 1, 2):
        add(factory, subject_id=subject_id)
    assert run_due_jobs(factory, HANDLERS, at(NOW), limit=2) == 2
    assert bodies(factory) == ["corff-1", "corff-3"]


def test_a_job_that_waits_for_long_is_noticed(factory: SessionFactory) -> None:
    add(factory)
    with factory() as session:
        assert check_jobs(session, NOW + timedelta(minutes=14)).late == 0
        assert check_jobs(session, NOW + timedelta(minutes=16)).late == 1


def test_the_loop_waits_only_when_there_was_nothing_to_do() -> None:
    done, waits = iter([2, 1, 0]), []
    work_until(stopped=lambda: bool(waits), wait=lambda: waits.append(1), step=lambda: next(done))
    assert waits == [1]
    assert next(done, None) is None


def test_the_loop_outlives_a_database_that_is_away() -> None:
    waits: list[int] = []

    def step() -> int:
        raise OperationalError("select", {}, OSError("gone"))

    work_until(stopped=lambda: len(waits) == 2, wait=lambda: waits.append(1), step=step)
    assert len(waits) == 2
