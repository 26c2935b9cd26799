"""Telling the broker that a job waits. It is only a nudge: what the broker loses, the worker's own look finds."""

import logging
from collections.abc import Callable

from involve.jobs.celery import TASK, make_celery
from involve.settings import Settings

LOG = logging.getLogger(__name__)
# Seconds that a participant may wait for a broker that does not answer.
PATIENCE = 1.0


def make_dispatch(settings: Settings) -> Callable[[int], None]:
    """Return what to call with a job's id after the commit that added it; without a broker it does nothing.

    Raises:
        SettingsError: there is a broker, but the extra that speaks to it is not installed.
    """
    if not settings.broker_url:
        return lambda job_id: None
    celery = make_celery(
        settings,
        {
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            # Kombu would otherwise try a hundred times while the participant waits.
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0,
            "interval_max": 0,
        },
    )

    def dispatch(job_id: int) -> None:
        from kombu.exceptions import KombuError, OperationalError

        try:
            celery.send_task(TASK, args=(job_id,), ignore_result=True, retry=False)
        except (KombuError, OperationalError, OSError) as error:
            LOG.warning(
                "The broker took no note of job %d (%s); the worker will find it.",
                job_id,
                type(error).__name__,
            )

    return dispatch
