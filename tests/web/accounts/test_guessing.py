"""Guessing is slowed down for strangers and locks nobody out; nothing tells who has an account."""

from collections.abc import Iterator
from dataclasses import replace

import flask_security
import pytest
from flask import Response

from involve.app import create_app
from involve.settings import Settings
from involve.web.accounts import views
from involve.web.accounts.guessing import KNOWN_BROWSER, note_known_browser
from involve.web.limits import limiter
from tests.factories import Clock
from tests.pages import Browser, Page
from tests.web.accounts.conftest import EMAIL, PASSWORD, Person

WRONG = "wrong-wrong-wrong"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, limits=True)


@pytest.fixture(autouse=True)
def nothing_counted(app) -> Iterator[None]:  # type: ignore[no-untyped-def]
    limiter.reset()
    yield
    limiter.reset()


def guess(browser: Browser, times: int, email: str = EMAIL, network: str = "192.0.2.") -> list[Page]:
    """Type wrong passwords from a new network address each time."""
    form = browser.get("/en/staff/sign-in")
    return [
        Page(
            browser.client.post(
                "/en/staff/sign-in",
                data={**form.fields(), "email": email, "password": WRONG},
                environ_base={"REMOTE_ADDR": f"{network}{number}"},
            )
        )
        for number in range(times)
    ]


def test_a_stranger_with_many_addresses_is_slowed_down_and_the_owner_is_not_locked_out(mair: Person) -> None:
    known = mair.signed_in()
    known.send(known.get("/en/staff"), form="form[action$='sign-out']")
    answers = guess(mair.open(), 12)
    assert [answer.status for answer in answers] == [422] * 10 + [429] * 2
    assert "Wait 15 minutes" in answers[-1].errors[0]
    # Even the right password of a stranger waits; where its owner has signed in before it opens at once.
    assert mair.type_password(mair.open()).status == 429
    assert mair.type_password(known).h1 == "Queue"


def test_one_account_slowed_down_slows_no_other(mair: Person) -> None:
    guess(mair.open(), 11)
    assert guess(mair.open(), 1, "noise@corff.example", "198.51.100.")[0].status == 422


def test_the_mark_of_a_known_browser_is_signed_and_opens_nothing(mair: Person) -> None:
    known = mair.signed_in()
    mark = known.client.get_cookie(KNOWN_BROWSER)
    assert mark is not None
    assert mark.http_only
    thief = mair.open()
    thief.client.set_cookie(KNOWN_BROWSER, mark.value)
    assert thief.get("/en/staff").h1 == "Staff sign-in"
    forger = mair.open()
    forger.client.set_cookie(KNOWN_BROWSER, '["x",[1,2]].forged')
    guess(forger, 10)
    assert mair.type_password(forger).status == 429


def test_over_https_no_other_host_can_set_the_mark(settings: Settings, clock: Clock) -> None:
    app = create_app(replace(settings, secure_cookies=True), clock)
    with app.test_request_context("/en/staff/sign-in", base_url="https://involve.example"):
        header = note_known_browser(Response(), 1).headers["Set-Cookie"]
    assert header.startswith(f"__Host-{KNOWN_BROWSER}=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(header.split("; "))
    assert "Domain" not in header
    app.extensions["involve"].factory.kw["bind"].dispose()


@pytest.mark.parametrize("count", [1, 11])
def test_known_and_unknown_addresses_get_the_same_answer(mair: Person, count: int) -> None:
    known = guess(mair.open(), count)[-1]
    unknown = guess(mair.open(), count, "nobody@corff.example", "198.51.100.")[-1]
    assert known.status == unknown.status
    assert known.errors == unknown.errors
    assert known.text == unknown.text


def test_a_password_is_hashed_for_an_unknown_address_too(
    mair: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(views, "hash_password", lambda typed: done.append("unknown") or "")
    monkeypatch.setattr(
        views,
        "verify_password",
        lambda *typed: done.append("known") or flask_security.verify_password(*typed),
    )
    guess(mair.open(), 1)
    guess(mair.open(), 1, "nobody@corff.example")
    guess(mair.open(), 1, "noise@corff.example")
    assert done == ["known", "unknown", "known"]
    assert PASSWORD not in str(done)
