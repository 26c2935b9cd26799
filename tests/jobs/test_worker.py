"""`involve worker`, alone and with a broker: it does what is due, stops when told, and loses nothing when killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from involve.database import SessionFactory, transaction
from involve.jobs.dispatch import make_dispatch
from involve.models import AccountNumber, ConcernAlert, Job, Story, Tag
from involve.services.projects.projects import add_body, add_project
from involve.services.stories.tell import StoryDraft, tell_story
from involve.settings import Settings
from involve.vocabulary.bilingual import Bilingual
from tests.cli.commands import involve, start
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.factories import make_staff, make_story
from tests.services.plans import plan

LEASED, DONE = "leased", "done"
# Celery's own pool without the look for due jobs beside it, so that only the broker can have told it.
POOL = """
from involve.jobs.celery import QUEUE, make_celery
from involve.settings import from_environment
make_celery(from_environment()).worker_main(
    ["--quiet", "worker", "--concurrency=1", "--loglevel=ERROR", f"--queues={QUEUE}"]
)
"""


@pytest.fixture
def site(factory: SessionFactory) -> tuple[str, SessionFactory]:
    """The address of a database with an open project, and sessions on it."""
    today = datetime.now(UTC).date()
    with transaction(factory) as session:
        add_body(session, "corff", Bilingual("Corff", "Body"))
        add_project(session, plan("swn", opens=today, closes=today + timedelta(days=9)), datetime.now(UTC))
    return factory.kw["bind"].url.render_as_string(hide_password=False), factory


def tell(factory: SessionFactory, number: int = 1) -> int:
    """Tell a story and return the id of the job that its arrival caused."""
    text = f"{number}: The last bus leaves at five and I cannot see the doctor after work."
    draft = StoryDraft("swn", text, UUID(int=number), "en", "en", frozenset({"read"}))
    with transaction(factory) as session:
        receipt = tell_story(session, draft, datetime.now(UTC), "c" * 40)
    assert receipt.job_id is not None
    return receipt.job_id


def states(factory: SessionFactory) -> list[str]:
    with factory() as session:
        return list(session.scalars(select(Job.state).order_by(Job.id)))


def wait_for(happened: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@contextmanager
def worker(folder: Path, url: str, broker: str = "") -> Iterator[subprocess.Popen[str]]:
    """A worker in a process group of its own, gone afterwards."""
    extra = {"INVOLVE_DATABASE_URL": url, "INVOLVE_BROKER_URL": broker}
    process = start("worker", "--every", "0.1", "--processes", "1", folder=folder, extra=extra)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def expire_leases(factory: SessionFactory) -> None:
    """Let the time pass that a lease lasts."""
    with transaction(factory) as session:
        for job in session.scalars(select(Job).where(Job.state == LEASED)):
            job.lease_ends_at = datetime.now(UTC) - timedelta(seconds=1)


def kill_in_mid_task(folder: Path, factory: SessionFactory, url: str, broker: str) -> None:
    """Start a worker, wait until it holds the job and cannot finish it, and kill it and all its processes."""
    with factory() as session, session.begin():
        # The job wants to write this story, so it waits for our lock in the middle of its work.
        session.scalars(select(Story).with_for_update()).one()
        with worker(folder, url, broker) as process:
            wait_for(lambda: states(factory) == [LEASED])
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.mark.parametrize("with_broker", [False, True])
@ON_POSTGRESQL
def test_a_job_whose_worker_was_killed_in_the_middle_is_done_later_and_once(
    tmp_path: Path, site: tuple[str, SessionFactory], with_broker: bool, request: pytest.FixtureRequest
) -> None:
    broker = request.getfixturevalue("queue") if with_broker else ""
    url, factory = site
    tell(factory)
    kill_in_mid_task(tmp_path, factory, url, broker)
    assert states(factory) == [LEASED]
    expire_leases(factory)
    with worker(tmp_path, url, broker):
        wait_for(lambda: states(factory) == [DONE])
    with factory() as session:
        assert session.scalars(select(Job.attempts)).one() == 2
        story = session.scalars(select(Story)).one()
        assert story.tagged_at is not None
        concepts = select(func.count()).select_from(Tag).group_by(Tag.scheme, Tag.concept)
        assert set(session.scalars(concepts)) == {1}


@ON_SQLITE
def test_a_worker_does_what_waits_and_what_comes_and_stops_when_told(
    tmp_path: Path, site: tuple[str, SessionFactory]
) -> None:
    url, factory = site
    tell(factory, 1)
    with worker(tmp_path, url) as process:
        wait_for(lambda: states(factory) == [DONE])
        tell(factory, 2)
        wait_for(lambda: states(factory) == [DONE, DONE])
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=20)
        assert (process.returncode, output) == (0, "")


@ON_SQLITE
def test_a_broker_that_lost_everything_loses_no_job(
    tmp_path: Path, site: tuple[str, SessionFactory], queue: str
) -> None:
    url, factory = site
    tell(factory)
    # Nobody told the broker: its list is empty, as after a crash.
    with worker(tmp_path, url, queue):
        wait_for(lambda: states(factory) == [DONE])


@ON_SQLITE
def test_while_the_broker_is_away_the_worker_does_its_work_all_the_same(
    tmp_path: Path, site: tuple[str, SessionFactory]
) -> None:
    url, factory = site
    tell(factory)
    with worker(tmp_path, url, "redis://127.0.0.1:1/0"):
        wait_for(lambda: states(factory) == [DONE])


@ON_POSTGRESQL
def test_the_pool_carries_out_the_job_whose_number_the_broker_gave_it(
    tmp_path: Path, site: tuple[str, SessionFactory], queue: str
) -> None:
    url, factory = site
    waiting, told = tell(factory, 1), tell(factory, 2)
    settings = Settings(broker_url=queue, database_url=url)
    variables = {**os.environ, "INVOLVE_BROKER_URL": queue, "INVOLVE_DATABASE_URL": url}
    dispatch = make_dispatch(settings)

    def tell_broker_until_done() -> bool:
        # Told again and again, as a site that repeats itself would: done once.
        dispatch(told)
        time.sleep(0.3)
        return DONE in states(factory)

    with subprocess.Popen([sys.executable, "-c", POOL], cwd=tmp_path, env=variables) as pool:
        try:
            wait_for(tell_broker_until_done)
            pool.send_signal(signal.SIGTERM)
            pool.wait(timeout=30)
        finally:
            pool.kill()
    with factory() as session:
        done = {job.id: job.attempts for job in session.scalars(select(Job))}
    assert done == {waiting: 0, told: 1}


@ON_SQLITE
def test_a_worker_with_a_broker_stops_when_told_and_leaves_no_process(
    tmp_path: Path, site: tuple[str, SessionFactory], queue: str
) -> None:
    url, factory = site
    tell(factory)
    with worker(tmp_path, url, queue) as process:
        wait_for(lambda: states(factory) == [DONE])
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)


def test_a_worker_without_keys_says_so_in_one_line(tmp_path: Path) -> None:
    done = involve("worker", folder=tmp_path, extra={"INVOLVE_CODE_KEY": ""})
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


@ON_SQLITE
def test_a_worker_that_stood_still_tells_of_what_nobody_acknowledged_and_counts_the_months_that_are_over(
    tmp_path: Path, site: tuple[str, SessionFactory]
) -> None:
    url, factory = site
    long_ago = datetime.now(UTC) - timedelta(days=100)
    with transaction(factory) as session:
        make_staff(session, "administrator", body="corff")
        days = [(long_ago + timedelta(days=each)).date() for each in (-9, 9)]
        add_project(session, plan("hen", opens=days[0], closes=days[1]), long_ago)
        make_story(session, "hen", text="He hits me every night and I am afraid to go home.", now=long_ago)

    def done() -> bool:
        with factory() as session:
            whys = session.scalars(select(ConcernAlert.why).order_by(ConcernAlert.id)).all()
            return whys == ["duty", "late"] and session.scalars(select(AccountNumber)).first() is not None

    with worker(tmp_path, url):
        wait_for(done)
