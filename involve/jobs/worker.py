"""The worker: looks for due jobs and carries them out; with a broker, Celery's processes are nudged as well."""

import multiprocessing
import os
import signal
import threading
from datetime import UTC, datetime
from types import FrameType

from involve.database import open_database, session_factory
from involve.documents.work import make_site_handlers
from involve.jobs.celery import make_celery
from involve.services.evidence.meanings import keep_meanings
from involve.services.upkeep.jobs import run_due_jobs, work_until
from involve.services.upkeep.rounds import go_round
from involve.settings import Settings

# Jobs between two looks at whether to stop.
AT_ONCE = 10
# Seconds between looks beside a broker, for jobs of which it was not told or whose process died.
SWEEP_EVERY = 5.0


def run_worker(settings: Settings, every: float, processes: int) -> None:
    """Carry out jobs until SIGTERM or SIGINT, looking every *every* seconds when there is nothing to do.

    Raises:
        SettingsError: there is a broker, but the extra that speaks to it is not installed.
    """
    if settings.broker_url:
        run_with_broker(settings, processes)
    else:
        sweep(settings, every)


def sweep(settings: Settings, every: float, parent: int | None = None) -> None:
    """Carry out due jobs until told to stop, or until the process *parent* is gone. The job in hand is finished."""
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    factory = session_factory(open_database(settings.resolved_database_url))

    def clock() -> datetime:
        return datetime.now(UTC)

    handlers = make_site_handlers(settings, clock)
    exports, imports = settings.resolved_export_dir, settings.resolved_import_dir

    work_until(
        stopped=lambda: stopping.is_set() or (parent is not None and os.getppid() != parent),
        wait=lambda: stopping.wait(every),
        step=lambda: (
            go_round(factory, clock(), exports, imports) + run_due_jobs(factory, handlers, clock, AT_ONCE)
            # Only while nothing else is to be done.
            or keep_meanings(factory)
        ),
    )


def run_with_broker(settings: Settings, processes: int) -> None:
    """Start Celery's pool, and beside it a process that needs no broker: it works while the broker is down, too."""
    app = make_celery(settings)
    # Forked before Celery starts any thread; as a daemon it is stopped when this process ends.
    sweeper = multiprocessing.get_context("fork").Process(
        target=sweep, args=(settings, SWEEP_EVERY, os.getpid()), name="sweep", daemon=True
    )
    sweeper.start()
    app.worker_main(
        [
            "--quiet",
            "worker",
            "--pool=prefork",
            f"--concurrency={processes}",
            "--loglevel=WARNING",
            f"--queues={app.conf.task_default_queue}",
            f"--hostname=involve-{os.getpid()}@%h",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ]
    )
