"""A broker for one test at a time, whoever else on this machine runs tests against it."""

import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from redis import Redis

LOCK = "involve-tests-at-work"
LONGEST_TEST = 120  # seconds


def empty(redis: Redis) -> None:
    """Take every key away but the lock."""
    for key in redis.keys("*"):
        if key != LOCK.encode():
            redis.delete(key)


@pytest.fixture
def queue(redis_url: str) -> Iterator[str]:
    """The address of a broker without any message, which nobody else uses meanwhile."""
    redis, mine = Redis.from_url(redis_url), uuid4().hex
    deadline = time.monotonic() + LONGEST_TEST
    while not redis.set(LOCK, mine, nx=True, ex=LONGEST_TEST):
        assert time.monotonic() < deadline, "another test did not let go of the broker"
        time.sleep(0.1)
    empty(redis)
    yield redis_url
    empty(redis)
    if redis.get(LOCK) == mine.encode():
        redis.delete(LOCK)
    redis.close()
