"""Telling the broker: it is given the number of the job and nothing else, and its absence harms nobody."""

import json
import logging
import sys
import time
from base64 import b64decode

import pytest
from redis import Redis

from involve.errors import SettingsError
from involve.jobs.celery import QUEUE, TASK
from involve.jobs.dispatch import make_dispatch
from involve.settings import Settings

NOBODY = "redis://127.0.0.1:1/0"


def test_the_broker_gets_the_number_of_the_job_and_nothing_else(queue: str) -> None:
    make_dispatch(Settings(broker_url=queue))(41)
    with Redis.from_url(queue) as redis:
        message = json.loads(redis.lrange(QUEUE, 0, -1)[0])
    arguments, keywords, _ = json.loads(b64decode(message["body"]))
    assert (message["headers"]["task"], arguments, keywords) == (TASK, [41], {})


def test_without_a_broker_nothing_is_told_and_celery_is_not_even_imported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "celery", None)
    make_dispatch(Settings())(41)


def test_a_broker_that_is_away_costs_no_story_and_hardly_any_time(caplog: pytest.LogCaptureFixture) -> None:
    dispatch = make_dispatch(Settings(broker_url=NOBODY))
    started = time.monotonic()
    with caplog.at_level(logging.WARNING):
        dispatch(41)
    assert time.monotonic() - started < 3
    assert "job 41" in caplog.text


def test_a_broker_without_its_extra_is_a_setting_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "celery", None)
    with pytest.raises(SettingsError, match=r"involve\[broker\]"):
        make_dispatch(Settings(broker_url=NOBODY))
