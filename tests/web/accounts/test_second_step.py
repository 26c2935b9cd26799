"""The second step in the browser: setting it up, being asked, paper codes, taking it away, bodies that require it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pyotp
import pytest
from flask import Flask

from involve.app import create_app
from involve.settings import Settings
from involve.web.limits import limiter
from involve.web.site import Site
from tests.factories import Clock
from tests.pages import Browser, CheckedClient, Page
from tests.web.accounts.conftest import PASSWORD, Person
from tests.web.conftest import SignIn

SETUP = {"cy": "/cy/staff/fy-nghyfrif/ail-gam", "en": "/en/staff/my-account/second-step"}
KEY = re.compile(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}")


def key_of(page: Page) -> str:
    """The key that the page gives to an app."""
    found = KEY.search(page.text)
    assert found is not None
    return found[0].replace(" ", "")


def set_up(browser: Browser, clock: Clock, language: str = "en") -> tuple[pyotp.TOTP, list[str]]:
    """Set a second step up; return the app and the paper."""
    page = browser.get(SETUP[language])
    app = pyotp.TOTP(key_of(page))
    codes = browser.send(page, code=app.at(clock.now))
    paper = [line.get_text() for line in codes.soup.select(".codes li")]
    assert len(paper) == 10
    browser.send(codes)
    clock.move(minutes=1)
    return app, paper


@pytest.mark.parametrize("language", ["cy", "en"])
def test_from_setting_it_up_on_a_code_is_asked_for(mair: Person, clock: Clock, language: str) -> None:
    app, _paper = set_up(mair.signed_in(), clock, language)
    asked = mair.type_password(mair.open(), language=language)
    assert asked.h1 == {"cy": "Cod o’ch ap", "en": "Code from your app"}[language]
    fresh = mair.open()
    asked = mair.type_password(fresh, language=language)
    assert fresh.get("/en/staff").h1 == "Staff sign-in", "a password alone opens nothing"
    asked = mair.type_password(fresh, language=language)
    assert fresh.send(asked, code=app.at(clock.now)).h1 in ("Queue", "Y ciw", "Ciw")


def test_a_code_that_was_used_is_refused_in_another_browser_and_says_why(mair: Person, clock: Clock) -> None:
    app, _paper = set_up(mair.signed_in(), clock)
    first, second = mair.open(), mair.open()
    asked, again = mair.type_password(first), mair.type_password(second)
    assert first.send(asked, code=app.at(clock.now)).h1 == "Queue"
    refused = second.send(again, code=app.at(clock.now))
    assert refused.status == 422
    assert "has been used" in refused.errors[0]


def test_a_clock_that_is_wrong_is_told_apart_from_a_code_that_is_wrong(mair: Person, clock: Clock) -> None:
    app, _paper = set_up(mair.signed_in(), clock)
    browser = mair.open()
    asked = mair.type_password(browser)
    assert "not right" in browser.send(asked, code="000000").errors[0]
    late = int(clock.now.timestamp()) + 240
    assert "the clock" in browser.send(asked, code=app.at(late)).errors[0]


def test_a_recovery_code_lets_in_once(mair: Person, clock: Clock) -> None:
    _app, paper = set_up(mair.signed_in(), clock)
    browser = mair.open()
    mair.type_password(browser)
    page = browser.get("/en/staff/sign-in/recovery-code")
    assert browser.send(page, code=paper[3].lower()).h1 == "Queue"
    browser = mair.open()
    mair.type_password(browser)
    assert (
        "has been used"
        in browser.send(browser.get("/en/staff/sign-in/recovery-code"), code=paper[3]).errors[0]
    )


def test_half_a_sign_in_runs_out_and_ends_with_the_password(mair: Person, clock: Clock) -> None:
    app, _paper = set_up(mair.signed_in(), clock)
    browser = mair.open()
    asked = mair.type_password(browser)
    clock.move(minutes=11)
    late = browser.send(asked, code=app.at(clock.now))
    assert late.h1 == "Staff sign-in"
    assert "more than 10 minutes" in late
    assert mair.open().get("/en/staff/sign-in/code").h1 == "Staff sign-in"


def test_the_key_and_the_codes_outlive_a_change_of_language_and_are_gone_when_kept(
    mair: Person, clock: Clock
) -> None:
    browser = mair.signed_in()
    first, other = browser.get(SETUP["en"]), browser.get(SETUP["cy"])
    assert key_of(first) == key_of(other)
    assert first.soup.select("main svg path")
    refused = browser.send(other, code="1")
    assert key_of(refused) == key_of(first)
    codes = browser.send(refused, code=pyotp.TOTP(key_of(first)).at(clock.now))
    shown = [
        line.get_text()
        for line in browser.get("/en/staff/my-account/recovery-codes").soup.select(".codes li")
    ]
    assert shown == [line.get_text() for line in codes.soup.select(".codes li")]
    browser.send(codes)
    assert not browser.get("/en/staff/my-account/recovery-codes").soup.select(".codes li")


def test_taking_it_away_or_making_new_codes_asks_again_who_one_is(mair: Person, clock: Clock) -> None:
    browser = mair.signed_in()
    set_up(browser, clock)
    page = browser.get(SETUP["en"])
    clock.move(minutes=16)
    for form in ("form[action$='remove']", "form[action$='new']"):
        asked = browser.send(page, form=form)
        assert asked.h1 == "Show that it is you"
    assert browser.send(asked, password=PASSWORD).h1 == "My account"
    removed = browser.send(browser.get(SETUP["en"]), form="form[action$='remove']")
    assert removed.h1 == "My account"
    assert mair.type_password(mair.open()).h1 == "Queue"


def test_a_form_of_another_site_takes_nothing_away(mair: Person, clock: Clock) -> None:
    browser = mair.signed_in()
    set_up(browser, clock)
    assert browser.post(SETUP["en"] + "/remove", {}).status == 400
    assert browser.get(SETUP["en"]).h1 == "Your second step"


def test_no_page_but_that_of_setting_up_shows_the_key(mair: Person, clock: Clock, site: Site) -> None:
    browser = mair.signed_in()
    app, paper = set_up(browser, clock)
    for path in ("/en/staff", "/en/staff/my-account", SETUP["en"], "/en/staff/my-account/recovery-codes"):
        html = browser.get(path).html
        assert not any(secret in html for secret in (app.secret, app.secret[:8], *paper))
    assert browser.get(SETUP["en"]).response.headers["Cache-Control"] == "no-store"


class TestGuessing:
    """With limits on."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, limits=True)

    @pytest.fixture(autouse=True)
    def nothing_counted(self, app: Flask) -> Iterator[None]:
        limiter.reset()
        yield
        limiter.reset()

    def test_guessing_codes_is_slowed_down_and_the_owner_still_comes_in(
        self, mair: Person, clock: Clock
    ) -> None:
        own = mair.signed_in()
        app, _paper = set_up(own, clock)
        thief = mair.open()
        asked = mair.type_password(thief)
        answers = [thief.send(asked, code="000000").status for _ in range(6)]
        assert answers == [422] * 5 + [429]
        own.send(own.get("/en/staff"), form="form[action$='sign-out']")
        assert own.send(mair.type_password(own), code=app.at(clock.now)).h1 == "Queue"


@pytest.fixture
def strict(settings: Settings, clock: Clock) -> Iterator[Flask]:
    """The same site, where the body requires a second step."""
    app = create_app(replace(settings, second_factor="required"), clock)
    app.test_client_class = CheckedClient
    yield app
    app.extensions["involve"].factory.kw["bind"].dispose()


@pytest.mark.parametrize("path", ["/en/staff", "/en/staff/projects", "/en/staff/my-account", "/cy/staff"])
def test_where_it_is_required_nothing_else_opens_before_it_is_set(
    mair: Person, strict: Flask, path: str
) -> None:
    browser = Browser(strict.test_client())  # type: ignore[arg-type]
    mair.type_password(browser)
    led = browser.get(path)
    assert led.response.request.path == (SETUP["cy"] if path.startswith("/cy") else SETUP["en"])
    assert browser.get("/en/projects").h1 == "Projects"


def test_where_it_is_required_one_goes_on_once_it_is_set_and_what_was_typed_stays(
    mair: Person, strict: Flask, clock: Clock
) -> None:
    browser = Browser(strict.test_client())  # type: ignore[arg-type]
    led = mair.type_password(browser)
    token = led.fields()["csrf_token"]
    kept = browser.post("/en/staff/my-account/name", {"name": "Mair o Fôn", "csrf_token": token})
    assert kept.status == 403
    assert kept.h1 == "Set up a second step first"
    assert kept.fields()["name"] == "Mair o Fôn"
    set_up(browser, clock)
    assert browser.get("/en/staff").h1 == "Queue"


def test_where_it_is_required_those_who_read_no_story_need_none(
    settings: Settings, sign_in: SignIn, strict: Flask
) -> None:
    analyst = sign_in("analyst")
    strict.test_client_class = type(analyst.client)
    browser = Browser(strict.test_client())  # type: ignore[arg-type]
    browser.client.user_id = analyst.client.user_id  # type: ignore[attr-defined]
    assert browser.get("/en/staff").h1 == "Queue"
