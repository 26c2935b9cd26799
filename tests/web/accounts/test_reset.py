"""A forgotten password: the letter, its link, and that nobody learns from it who has an account."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import itsdangerous.timed
import pytest
from sqlalchemy import select

from involve.documents.post import make_post
from involve.models import Event, Letter, User
from involve.services.staff.reset import find_reset
from involve.services.upkeep.handlers import make_handlers
from involve.services.upkeep.jobs import run_due_jobs
from involve.settings import Settings
from involve.web.site import Site
from tests.factories import Clock
from tests.mailbox import Mailbox, open_mailbox
from tests.pages import Browser, Page
from tests.web.accounts.conftest import EMAIL, PASSWORD, Person

NEW = "rhaw-eog-cwmwl-17"
FORGOTTEN = {"cy": "/cy/staff/anghofio-cyfrinair", "en": "/en/staff/forgotten-password"}


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def settings(settings: Settings, mailbox: Mailbox) -> Settings:
    sends = mailbox.settings()
    mail = {name: getattr(sends, name) for name in ("mail_host", "mail_port", "mail_security", "mail_from")}
    return replace(settings, public_url=sends.public_url, **mail)


def ask(browser: Browser, email: str, language: str = "en") -> Page:
    return browser.send(browser.get(FORGOTTEN[language]), email=email)


def letters(site: Site, mailbox: Mailbox, clock: Clock) -> list[str]:
    """Send what is due, and return the texts that arrived since."""
    before = len(mailbox.messages)
    run_due_jobs(site.factory, make_handlers(make_post(site.settings), site.settings.code_key), clock)
    return [message.get_content() for message in mailbox.messages[before:]]


def link_in(letter: str) -> str:
    found = re.search(r"https://involve\.example(/\S+)", letter)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_link_in_the_letter_opens_a_new_password_and_ends_every_session(
    mair: Person, site: Site, mailbox: Mailbox, clock: Clock, language: str
) -> None:
    with site.writing() as session:
        session.get_one(User, mair.actor.user_id).language = language
    elsewhere, browser = mair.signed_in(), mair.open()
    ask(browser, EMAIL.upper())
    (letter,) = letters(site, mailbox, clock)
    address = link_in(letter)
    assert address.startswith(f"/{language}/staff/")
    form = browser.get(address)
    assert EMAIL in form
    done = browser.send(form, password=NEW, password_again=NEW)
    assert done.soup.select("input[type=password]")
    assert elsewhere.get("/en/staff").h1 == "Staff sign-in"
    assert mair.type_password(mair.open()).status == 422
    assert mair.type_password(browser, NEW).h1 == "Queue"
    (told,) = letters(site, mailbox, clock)
    assert {"cy": "cyfrinair newydd", "en": "new password"}[language] in told
    assert browser.get(address).status == 404, "a link works once"


def test_known_and_unknown_addresses_get_the_same_answer_and_the_same_steps(
    mair: Person, site: Site, mailbox: Mailbox, clock: Clock
) -> None:
    known, unknown = ask(mair.open(), EMAIL), ask(mair.open(), "nobody@corff.example")
    assert (known.status, known.text) == (unknown.status, unknown.text)
    assert known.response.request.path == unknown.response.request.path
    assert len(letters(site, mailbox, clock)) == 1
    with site.reading() as session:
        events = session.scalars(
            select(Event).where(Event.kind == "reset_asked_for").order_by(Event.id)
        ).all()
    assert [event.subject_id for event in events] == [mair.actor.user_id, 0]
    assert EMAIL not in str([event.detail for event in events])


def test_whoever_is_switched_off_gets_no_letter(
    mair: Person, site: Site, mailbox: Mailbox, clock: Clock
) -> None:
    ask(mair.open(), EMAIL)
    (letter,) = letters(site, mailbox, clock)
    with site.writing() as session:
        session.get_one(User, mair.actor.user_id).active = False
    clock.move(minutes=10)
    ask(mair.open(), EMAIL)
    assert letters(site, mailbox, clock) == []
    assert mair.open().get(link_in(letter)).status == 404


def test_asking_again_and_again_fills_no_letter_box(
    mair: Person, site: Site, mailbox: Mailbox, clock: Clock
) -> None:
    for _ in range(4):
        ask(mair.open(), EMAIL)
    assert len(letters(site, mailbox, clock)) == 1
    clock.move(minutes=6)
    ask(mair.open(), EMAIL)
    assert len(letters(site, mailbox, clock)) == 1


def test_a_link_is_void_once_the_password_is_another_and_after_an_hour(
    mair: Person, site: Site, mailbox: Mailbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(mair.open(), EMAIL)
    (letter,) = letters(site, mailbox, clock)
    address = link_in(letter)
    with monkeypatch.context() as later:
        real = itsdangerous.timed.time.time
        later.setattr(
            itsdangerous.timed.time, "time", lambda: real() + timedelta(hours=1, seconds=5).total_seconds()
        )
        assert mair.open().get(address).status == 404
    assert mair.open().get(address).status == 200
    own = mair.signed_in()
    form = own.get("/en/staff/my-account/password")
    own.send(form, current_password=PASSWORD, password=NEW, password_again=NEW)
    ended = mair.open().get(address)
    assert ended.status == 404
    assert ended.h1 == "Nid yw’r ddolen hon yn gweithio mwyach"


@pytest.mark.parametrize("token", ["x", "WzEsICIiXQ.x.y", "%00", "a" * 3000])
def test_a_made_up_link_opens_nothing(page: Browser, token: str) -> None:
    assert page.get(f"/en/staff/new-password/{token}").status == 404


def test_no_secret_of_a_letter_is_kept(mair: Person, site: Site, mailbox: Mailbox, clock: Clock) -> None:
    ask(mair.open(), EMAIL)
    (letter,) = letters(site, mailbox, clock)
    token = link_in(letter).rsplit("/", 1)[1]
    with site.reading() as session:
        assert token not in str([(row.kind, row.detail) for row in session.scalars(select(Letter))])
        assert find_reset(session, token, site.settings.secret_key).id == mair.actor.user_id


def test_resetting_does_not_step_past_the_second_step(
    mair: Person, site: Site, mailbox: Mailbox, clock: Clock, browsers: Callable[[], Browser]
) -> None:
    from tests.web.accounts.test_second_step import set_up

    set_up(mair.signed_in(), clock)
    letters(site, mailbox, clock)
    browser = browsers()
    ask(browser, EMAIL)
    (letter,) = letters(site, mailbox, clock)
    browser.send(browser.get(link_in(letter)), password=NEW, password_again=NEW)
    assert mair.type_password(browser, NEW).h1 == "Code from your app"


def test_a_password_that_is_too_easy_is_refused_there_too(
    mair: Person, site: Site, mailbox: Mailbox, clock: Clock
) -> None:
    browser = mair.open()
    ask(browser, EMAIL)
    form = browser.get(link_in(letters(site, mailbox, clock)[0]))
    refused = browser.send(form, password="password12345", password_again="password12345")
    assert "rhy hawdd ei ddyfalu" in refused.errors[0]
    assert browser.send(form, password=NEW, password_again=NEW).soup.select("input[name=email]")


class TestWithoutMail:
    """Where the site sends no letters."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, mail_host="", mail_from="")

    def test_the_page_says_whom_to_ask(self, page: Browser) -> None:
        told = page.get(FORGOTTEN["en"])
        assert "Ask an administrator" in told
        assert not told.soup.select("main form")
