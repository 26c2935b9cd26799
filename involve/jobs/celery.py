"""The Celery application: one task, which carries out one row of the job table. Imported only where a broker is set."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from involve.database import SessionFactory, open_database, session_factory
from involve.documents.work import make_site_handlers
from involve.errors import SettingsError
from involve.services.upkeep.jobs import run_job
from involve.settings import Settings

TASK = "involve.run_job"
QUEUE = "involve"


def make_celery(settings: Settings, transport: Mapping[str, object] | None = None) -> Any:
    """Return the Celery application for the broker of *settings*; *transport* are options of its connection.

    Raises:
        SettingsError: the extra `broker` is not installed.
    """
    try:
        from celery import Celery
    except ModuleNotFoundError as error:
        raise SettingsError(
            "INVOLVE_BROKER_URL needs Celery: run pip install 'involve[broker]', or unset the variable."
        ) from error
    app = Celery("involve", broker=settings.broker_url, set_as_current=False)
    app.conf.update(
        task_default_queue=QUEUE,
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        # The row is kept by us: a message that is lost with its worker need not come again.
        task_acks_late=False,
        worker_prefetch_multiplier=1,
        worker_send_task_events=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options=dict(transport or {}),
        enable_utc=True,
        timezone="UTC",
    )
    _add_task(app, settings)
    return app


def _add_task(app: Any, settings: Settings) -> None:
    """Give the application its task."""

    @cache
    def factory_of(_process: int) -> SessionFactory:
        # One engine for each process of the pool: a connection must not live through a fork.
        return session_factory(open_database(settings.resolved_database_url))

    handlers = make_site_handlers(settings, lambda: datetime.now(UTC))

    @app.task(name=TASK)  # type: ignore[untyped-decorator]
    def carry_out(job_id: int) -> None:
        run_job(factory_of(os.getpid()), job_id, handlers, lambda: datetime.now(UTC))
