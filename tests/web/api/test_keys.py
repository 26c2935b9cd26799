"""Keys of bodies in the API: more may be asked with one, nothing else is opened, and a revoked one is told so."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from involve.models import Project
from involve.services.staff.api_keys import list_keys, make_key, revoke_key
from involve.settings import Settings
from involve.web.limits import KEYED_SEARCHING, SEARCHING, WRONG_KEYS, amount_of, limiter
from involve.web.site import Site
from tests.factories import CODE_KEY, NOW, Clock, make_project
from tests.pages import CheckedClient
from tests.publications import Shown, add_rows

BODY = "corff-prawf"
COUNTS = "/api/v1/evidence"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, limits=True)


@pytest.fixture(autouse=True)
def fresh(app: Flask) -> Iterator[None]:
    """Limits that nobody has touched."""
    limiter.reset()
    yield
    limiter.reset()


@pytest.fixture
def key(site: Site, project: str) -> str:
    """A key of the body, beside which there are three stories."""
    with site.writing() as session:
        add_rows(session, project, [Shown(), Shown(), Shown()])
        return make_key(session, None, BODY, "Dangosfwrdd", NOW.date(), NOW, CODE_KEY).secret


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_a_key_lets_a_program_ask_more_often_wherever_it_runs(client: CheckedClient, key: str) -> None:
    without = client.get(COUNTS)
    assert int(without.headers["RateLimit-Limit"]) == amount_of(SEARCHING)
    left = [
        int(
            client.get(
                COUNTS, headers=bearer(key), environ_base={"REMOTE_ADDR": f"203.0.113.{number}"}
            ).headers["RateLimit-Remaining"]
        )
        for number in range(3)
    ]
    most = amount_of(KEYED_SEARCHING)
    assert left == [most - 1, most - 2, most - 3]
    assert client.get(COUNTS, headers=bearer(key)).json == without.json


def test_a_key_that_is_revoked_between_two_pages_is_told_so_and_the_rest_can_be_read_without_it(
    client: CheckedClient, site: Site, key: str
) -> None:
    first = client.get("/api/v1/stories?limit=2", headers=bearer(key))
    rest = f"/api/v1/stories?limit=2&after={first.json['next']}"
    with site.writing() as session:
        _body, (kept,) = list_keys(session, None, BODY, NOW.date())
        revoke_key(session, None, BODY, kept.id, NOW)
    refused = client.get(rest, headers=bearer(key))
    assert (refused.status_code, refused.json["error"]) == (401, "key_revoked")
    assert set(refused.json["title"]) == {"cy", "en"}
    assert refused.headers["WWW-Authenticate"].startswith("Bearer ")
    assert refused.headers["Cache-Control"] == "no-store"
    posted = client.post("/api/v1/stories", json={}, headers=bearer(key))
    assert (posted.status_code, posted.json["error"]) == (401, "key_revoked")
    assert len(client.get(rest).json["stories"]) == 1


def test_a_key_has_run_out_after_its_last_day(client: CheckedClient, clock: Clock, key: str) -> None:
    assert client.get(COUNTS, headers=bearer(key)).status_code == 200
    clock.move(days=1)
    assert client.get(COUNTS, headers=bearer(key)).json["error"] == "key_ended"


def test_what_is_no_key_is_refused_and_not_taken_for_none(client: CheckedClient, key: str) -> None:
    for header in ("Bearer", "Bearer ", "Bearer nothing", f"Token {key}", key, f"bearer{key}"):
        refused = client.get(COUNTS, headers={"Authorization": header})
        assert (refused.status_code, refused.json["error"]) == (401, "key_unknown"), header
    # The password of a gate in front of the whole site is none of our business.
    assert client.get(COUNTS, headers={"Authorization": "Basic YTpi"}).status_code == 200


def test_guessing_is_stopped_and_a_right_key_at_the_same_address_still_works(
    client: CheckedClient, key: str
) -> None:
    most = amount_of(WRONG_KEYS)
    answers = [client.get(COUNTS, headers=bearer(str(number))) for number in range(most + 1)]
    assert [each.status_code for each in answers] == [401] * most + [429]
    assert answers[-1].headers["RateLimit-Remaining"] == "0"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert client.get(COUNTS, headers=bearer(key)).status_code == 200


def test_a_key_in_an_address_is_refused(client: CheckedClient, key: str) -> None:
    for query in (f"api_key={key}", f"KEY={key}", "access_token=x", f"q={key}", f"after=Bearer+{key}"):
        refused = client.get(f"{COUNTS}?{query}", headers=bearer(key))
        assert (refused.status_code, refused.json["error"]) == (400, "key_in_address"), query
        assert key not in refused.get_data(as_text=True)
    assert client.get(f"{COUNTS}?q=involve_people").status_code == 200


def test_a_key_stands_in_no_log_and_the_day_of_its_use_is_noted_once(
    client: CheckedClient, site: Site, clock: Clock, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        clock.move(minutes=1)
        client.get(COUNTS, headers=bearer(key))
        client.get(COUNTS, headers=bearer(key + "x"))
    with site.reading() as session:
        _body, (kept,) = list_keys(session, None, BODY, NOW.date())
    assert kept.used_on == NOW.date()
    assert key not in caplog.text


def test_a_key_opens_nothing_that_is_not_public(client: CheckedClient, site: Site, key: str) -> None:
    with site.writing() as session:
        make_project(session, "cudd")
        session.query(Project).filter_by(slug="cudd").update({"listed": False})
    for path in ("/api/v1/decisions?project=cudd", "/api/v1/stories?project=cudd"):
        assert client.get(path, headers=bearer(key)).status_code == 404
