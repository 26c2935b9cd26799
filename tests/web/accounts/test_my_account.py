"""My account: the name, the password, where one is signed in, and what happens when a sign-in ends."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from involve.models import Event, User
from involve.web.accounts.entry import own_address
from involve.web.site import Site
from tests.factories import Clock
from tests.pages import Browser
from tests.web.accounts.conftest import EMAIL, PASSWORD, Person

NEW = "rhaw-eog-cwmwl-17"
OWN = {"cy": "/cy/staff/fy-nghyfrif", "en": "/en/staff/my-account"}


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_page_says_who_i_am_and_how_long_a_sign_in_lasts(mair: Person, language: str) -> None:
    own = mair.signed_in().get(OWN[language])
    assert EMAIL in own
    assert {"cy": "8 awr", "en": "8 hours"}[language] in own
    assert {"cy": "12 awr", "en": "12 hours"}[language] in own


@pytest.mark.parametrize("path", ["", "/name", "/password"])
def test_nobody_sees_it_without_signing_in(page: Browser, path: str) -> None:
    assert page.get(OWN["en"] + path).h1 == "Staff sign-in"
    assert page.post(OWN["en"] + path, {"name": "X"}).status in (400, 403, 405)


def test_a_name_is_changed_and_what_was_typed_outlives_an_error_and_a_change_of_language(
    mair: Person,
) -> None:
    browser = mair.signed_in()
    form = browser.get(OWN["cy"] + "/enw")
    assert browser.send(form, name="x" * 101).fields()["name"] == "x" * 101
    switched = browser.send(form, name="Mair Puw", button={"switch": "1"})
    assert switched.fields()["name"] == "Mair Puw"
    assert "Mair Puw" in browser.send(switched, name="Mair Puw")


def test_a_new_password_needs_the_current_one_and_ends_the_other_sign_ins(mair: Person) -> None:
    here, elsewhere = mair.signed_in(), mair.signed_in()
    form = here.get(OWN["en"] + "/password")
    refused = here.send(form, current_password=PASSWORD + "x", password=NEW, password_again=NEW)
    assert refused.errors == ["That is not your current password"]
    assert NEW not in refused.html
    changed = here.send(form, current_password=PASSWORD, password=NEW, password_again=NEW)
    assert changed.h1 == "My account"
    assert here.get("/en/staff").h1 == "Queue"
    assert elsewhere.get("/en/staff").h1 == "Staff sign-in"
    assert mair.type_password(mair.open()).status == 422
    assert mair.type_password(mair.open(), NEW).h1 == "Queue"


@pytest.mark.parametrize("password", ["password12345", "mair@corff.example", "qwertyuiop123"])
def test_a_password_that_guessers_try_first_is_refused(mair: Person, password: str) -> None:
    browser = mair.signed_in()
    form = browser.get(OWN["en"] + "/password")
    refused = browser.send(form, current_password=PASSWORD, password=password, password_again=password)
    assert "too easy to guess" in refused.errors[0]


def test_password_managers_are_told_which_field_is_which(mair: Person) -> None:
    fields = mair.signed_in().get(OWN["en"] + "/password").soup.select("main input[type=password]")
    assert [field["autocomplete"] for field in fields] == ["current-password", "new-password", "new-password"]


def test_one_sign_in_is_ended_from_another(mair: Person) -> None:
    here, elsewhere = mair.signed_in(), mair.signed_in()
    own = here.get(OWN["en"])
    assert len(own.soup.select("main tbody tr")) == 2
    after = here.send(own, form="main td form")
    assert len(after.soup.select("main tbody tr")) == 1
    ended = elsewhere.get("/en/staff")
    assert ended.h1 == "Staff sign-in"
    assert "You are signed out" in ended


@pytest.mark.parametrize(("choice", "stays"), [("stay", True), ("go", False)])
def test_signing_out_everywhere(mair: Person, choice: str, stays: bool) -> None:
    here, elsewhere = mair.signed_in(), mair.signed_in()
    here.send(here.get(OWN["en"]), form="main form.row", button={"here": choice})
    assert (here.get("/en/staff").h1 == "Queue") is stays
    assert elsewhere.get("/en/staff").h1 == "Staff sign-in"


def test_signing_out_forgets_the_session_for_good(mair: Person, browsers: Callable[[], Browser]) -> None:
    browser = mair.signed_in()
    with browser.client.session_transaction() as cookie:
        stolen = dict(cookie)
    browser.send(browser.get("/en/staff"), form="form[action$='sign-out']")
    thief = browsers()
    with thief.client.session_transaction() as cookie:
        cookie.update(stolen)
    assert thief.get("/en/staff").h1 == "Staff sign-in"


def test_a_session_known_before_signing_in_is_worth_nothing_after(
    mair: Person, browsers: Callable[[], Browser]
) -> None:
    planted = browsers()
    planted.get("/en/staff/sign-in")
    with planted.client.session_transaction() as cookie:
        before = dict(cookie)
    assert mair.type_password(planted).h1 == "Queue"
    with planted.client.session_transaction() as cookie:
        after = dict(cookie)
    assert after["csrf_token"] != before["csrf_token"]
    other = browsers()
    with other.client.session_transaction() as cookie:
        cookie.update(before)
    assert other.get("/en/staff").h1 == "Staff sign-in"


@pytest.mark.parametrize("language", ["cy", "en"])
def test_whoever_is_switched_off_meanwhile_reads_that_on_the_next_page(
    mair: Person, site: Site, language: str
) -> None:
    browser = mair.signed_in()
    form = browser.get("/en/staff/my-account/name")
    with site.writing() as session:
        session.get_one(User, mair.actor.user_id).active = False
    told = browser.get(f"/{language}/staff")
    assert told.status == 403
    assert (
        told.h1 == {"cy": "Mae eich cyfrif wedi’i ddiffodd", "en": "Your account is switched off"}[language]
    )
    assert browser.send(form, name="X").status in (400, 403)
    assert mair.type_password(mair.open()).status == 422


def test_a_sign_in_that_ran_out_keeps_what_was_typed_and_says_why(mair: Person, clock: Clock) -> None:
    browser = mair.signed_in()
    form = browser.get("/en/staff/my-account/name")
    clock.move(hours=8)
    kept = browser.send(form, name="Mair Puw o Langefni")
    assert kept.status == 403
    assert kept.fields()["name"] == "Mair Puw o Langefni"
    assert "You are signed out" in browser.get("/en/staff")


def test_using_the_site_keeps_a_sign_in_going_until_the_end_of_the_day(mair: Person, clock: Clock) -> None:
    browser = mair.signed_in()
    clock.move(hours=7)
    assert browser.get("/en/staff").h1 == "Queue"
    clock.move(hours=4, minutes=59)
    assert browser.get("/en/staff").h1 == "Queue"
    clock.move(minutes=1)
    assert browser.get("/en/staff").h1 == "Staff sign-in"


def test_what_matters_asks_again_who_one_is_and_goes_nowhere_else(
    mair: Person,
    site: Site,
    clock: Clock,
    app,  # type: ignore[no-untyped-def]
) -> None:
    browser = mair.signed_in()
    asked = browser.get("/en/staff/confirm?next=//evil.example/en/staff/my-account")
    assert browser.send(asked, password="wrong").errors == ["That is not your current password"]
    assert browser.send(asked, password=PASSWORD).h1 == "My account"
    with app.test_request_context("/en/staff/confirm"):
        app.preprocess_request()
        for elsewhere in (
            "https://evil.example",
            "/en/staff/my-account\\@evil.example",
            "/en/evidence",
            None,
        ):
            assert own_address(elsewhere) == "/en/staff/my-account"


def test_the_trail_says_what_was_done_to_an_account_and_never_what_was_typed(
    mair: Person, site: Site
) -> None:
    mair.signed_in()
    mair.type_password(mair.open(), "my secret slip")
    stranger = mair.open()
    stranger.send(stranger.get("/en/staff/sign-in"), email="typed@elsewhere.example", password="z")
    with site.reading() as session:
        events = session.scalars(select(Event).order_by(Event.id)).all()
    refused = [(event.subject_id, event.user_id) for event in events if event.kind == "sign_in_refused"]
    assert refused == [(mair.actor.user_id, None), (0, None)]
    said = str([(event.kind, event.detail) for event in events])
    assert "signed_in" in said
    assert not any(secret in said for secret in ("my secret slip", "typed@elsewhere", PASSWORD, EMAIL))
