"""Signing in and out, and taking up an invitation; passwords come back on no page."""

from dataclasses import replace

import pytest
from flask import Flask

from involve.app import create_app
from involve.services.staff.members import invite_user
from involve.settings import Settings
from involve.web.site import Site
from tests.factories import NOW, SECRET_KEY, Clock, make_body
from tests.pages import Browser, CheckedClient

PASSWORD = "cwch-pannas-telyn-9"
EMAIL = "mair@corff.example"


def invite(site: Site, email: str = EMAIL) -> str:
    with site.writing() as session:
        invitation = invite_user(session, email, "moderator", make_body(session), None, NOW, SECRET_KEY)
    return f"/en/staff/invitation/{invitation.token}"


def take_up(page: Browser, address: str, password: str = PASSWORD, again: str = PASSWORD):  # type: ignore[no-untyped-def]
    form = page.get(address)
    return page.send(form, name="Mair", password=password, password_again=again)


@pytest.fixture
def invited(site: Site, page: Browser) -> str:
    """The address of a member of staff who has chosen a password and signed out again."""
    queue = take_up(page, invite(site))
    assert queue.h1 == "Queue"
    page.send(queue, form="form[action$='sign-out']")
    assert page.get("/en/staff").soup.select("input[type=password]")
    return EMAIL


def test_the_invited_sign_in_and_out(page: Browser, invited: str) -> None:
    form = page.get("/cy/staff/mewngofnodi")
    inside = page.send(form, email=invited.upper(), password=PASSWORD)
    assert "Mair" in inside
    page.send(inside, form="form[action*='allgofnodi'], form[action*='sign-out']")
    assert page.get("/en/staff").soup.select("input[type=password]")


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "wrong"), ("nobody@corff.example", PASSWORD), (EMAIL, PASSWORD + " ")],
)
def test_a_wrong_pair_gets_one_answer_and_no_password_back(
    page: Browser, invited: str, email: str, password: str
) -> None:
    refused = page.send(page.get("/en/staff/sign-in"), email=email, password=password)
    assert refused.status == 422
    assert refused.errors == ["The e-mail address or the password is not right"]
    assert f'value="{password}"' not in refused.html


def test_after_signing_in_people_go_on_to_where_they_were_but_never_to_another_site(
    page: Browser, invited: str
) -> None:
    form = page.get("/en/staff/signposts")
    assert form.fields()["next"] == "/en/staff/signposts?" or form.fields()["next"] == "/en/staff/signposts"
    form = page.get("/en/staff/sign-in?next=//evil.example/en/staff")
    assert page.send(form, email=invited, password=PASSWORD).h1 == "Queue"


def test_an_invitation_works_once_and_a_week_old_one_not(
    site: Site, page: Browser, app: Flask, clock: Clock
) -> None:
    address, late = invite(site), invite(site, "huw@corff.example")
    take_up(page, address)
    assert Browser(app.test_client()).get(address).status in (404, 410)  # type: ignore[arg-type]
    clock.move(days=60)
    assert Browser(app.test_client()).get(late).status in (404, 410)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("password", "again"), [("short", "short"), (PASSWORD, PASSWORD + "x"), ("", ""), ("x" * 201, "x" * 201)]
)
def test_a_password_that_cannot_be_taken_is_explained_and_not_shown(
    site: Site, page: Browser, password: str, again: str
) -> None:
    refused = take_up(page, invite(site), password, again)
    assert refused.status == 422
    assert refused.errors
    assert refused.fields()["name"] == "Mair"
    assert not refused.fields().get("password")
    assert not refused.fields().get("password_again")


def test_a_page_that_expired_gives_back_the_name_but_no_password(site: Site, page: Browser) -> None:
    expired = page.post(
        invite(site), {"name": "Mair", "password": PASSWORD, "password_again": PASSWORD, "csrf_token": "old"}
    )
    assert expired.status == 400
    assert "Mair" in expired.html
    assert PASSWORD not in expired.html


def test_trying_passwords_is_slowed_down(settings: Settings, clock: Clock) -> None:
    app = create_app(replace(settings, limits=True), clock)
    app.test_client_class = CheckedClient
    page = Browser(app.test_client())  # type: ignore[arg-type]
    form = page.get("/en/staff/sign-in")
    answers = [page.send(form, email=EMAIL, password="guess").status for _ in range(40)]
    assert answers[-1] == 429
