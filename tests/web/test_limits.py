"""Limits on requests: counted under hashes that change each hour, and said in words when they are reached."""

from dataclasses import replace

import pytest
from flask import Flask

from involve.app import create_app
from involve.settings import Settings
from involve.web.limits import address_key, limiter
from tests.factories import SECRET_KEY, Clock
from tests.pages import Browser, CheckedClient

ADDRESS = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, limits=True)


def test_a_search_is_answered_until_the_limit_and_again_a_minute_later(
    app: Flask, client: CheckedClient
) -> None:
    limiter.reset()
    statuses = [client.get("/api/v1/evidence", environ_base=ADDRESS).status_code for _ in range(121)]
    assert statuses == [200] * 120 + [429]
    other = client.get("/api/v1/evidence", environ_base={"REMOTE_ADDR": "203.0.113.8"})
    assert other.status_code == 200
    limiter.reset()


def test_too_many_requests_are_explained(app: Flask, page: Browser) -> None:
    limiter.reset()
    for _ in range(120):
        page.client.get("/api/v1/evidence", environ_base=ADDRESS)
    for _ in range(120):
        page.client.head("/cy/tystiolaeth", environ_base=ADDRESS)
    said = page.get("/cy/tystiolaeth", environ_base=ADDRESS)
    assert said.status == 429
    api = page.client.get("/api/v1/evidence", environ_base=ADDRESS)
    assert (api.status_code, api.mimetype) == (429, "application/json")
    limiter.reset()


def test_health_is_never_limited(app: Flask, client: CheckedClient) -> None:
    assert {client.get("/healthz", environ_base=ADDRESS).status_code for _ in range(150)} == {200}


def test_addresses_are_counted_under_a_keyed_hash_that_changes_each_hour(app: Flask, clock: Clock) -> None:
    def key(address: str) -> str:
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            return address_key()

    first = key("203.0.113.7")
    assert "203" not in first
    assert first != key("203.0.113.8")
    assert first == key("203.0.113.7")
    clock.move(hours=1)
    assert key("203.0.113.7") != first


def test_the_hash_needs_the_secret_of_the_site(settings: Settings, clock: Clock) -> None:
    keys = set()
    for secret in (SECRET_KEY, SECRET_KEY + "!"):
        app = create_app(replace(settings, secret_key=secret), clock)
        with app.test_request_context(environ_base=ADDRESS):
            keys.add(address_key())
    assert len(keys) == 2
