"""Administrators look after the members of their body, in both languages, and reach nobody else."""

import pytest
from flask import Flask
from sqlalchemy import select

from involve.models import Body, Membership, User
from involve.web.site import Site
from tests.factories import Clock, make_project, make_staff
from tests.pages import Browser, Page
from tests.web.conftest import SignIn

BOTH = pytest.mark.parametrize("language", ["cy", "en"])
LIST = {"cy": "/cy/staff/cyrff/corff-prawf/aelodau", "en": "/en/staff/bodies/corff-prawf/members"}
INVITE = {
    "cy": "/cy/staff/cyrff/corff-prawf/aelodau/gwahodd",
    "en": "/en/staff/bodies/corff-prawf/members/invite",
}
FOREIGN = "/en/staff/bodies/corff-arall/members"
PASSWORD = "cwch-pannas-telyn-9"


@pytest.fixture
def admin(site: Site, sign_in: SignIn) -> Browser:
    """An administrator of a body with a project; another body is beside it."""
    with site.writing() as session:
        make_project(session, "un")
        make_project(session, "dau", body="corff-arall")
        make_staff(session, "moderator", "corff-arall", "stranger@arall.example")
    return sign_in("administrator")


@pytest.fixture
def moderator(site: Site) -> int:
    """The number of a moderator of the body."""
    with site.writing() as session:
        return make_staff(session, "moderator", email="nia@corff.example").user_id


def grants(site: Site, user_id: int) -> set[tuple[str, str, int | None]]:
    """Return role, body and project of all that somebody holds."""
    with site.reading() as session:
        rows = session.execute(
            select(Membership.role, Body.slug, Membership.project_id)
            .join(Body, Body.id == Membership.body_id)
            .where(Membership.user_id == user_id)
        )
        return {(row[0], row[1], row[2]) for row in rows}


def address_of(user_id: int, language: str = "en") -> str:
    return f"{LIST[language]}/{user_id}"


def invite(admin: Browser, language: str, **typed: str) -> Page:
    filled = {"email": "gwen@corff.example", "role": "analyst", "language": language, **typed}
    return admin.send(admin.get(INVITE[language]), **filled)


@BOTH
def test_somebody_is_invited_and_begins_by_the_link_that_was_handed_over(
    admin: Browser, app: Flask, page: Browser, site: Site, language: str
) -> None:
    assert (
        admin.get(f"/{language}/staff/" + {"cy": "aelodau", "en": "members"}[language]).h1
        == {
            "cy": "Aelodau",
            "en": "Members",
        }[language]
    )
    made = invite(admin, language, project="un")
    assert made.response.headers["Cache-Control"] == "no-store"
    link = made.one("main code").text
    assert link.startswith(f"http://localhost/{language}/staff/")
    listed = admin.get(LIST[language])
    assert "gwen@corff.example" in listed
    assert {"cy": "Wedi cael gwahoddiad", "en": "Invited"}[language] in listed
    form = page.get(link.removeprefix("http://localhost"))
    inside = page.send(form, name="Gwen", password=PASSWORD, password_again=PASSWORD)
    assert "Gwen" in inside
    assert link.rsplit("/", 1)[1] not in str(admin.get(LIST[language]).soup)


@BOTH
@pytest.mark.parametrize(
    "typed", [{"email": "no address"}, {"email": ""}, {"role": None}, {"role": "king"}, {"project": "dau"}]
)
def test_a_form_that_cannot_be_taken_keeps_what_was_typed(
    admin: Browser, site: Site, language: str, typed: dict[str, str]
) -> None:
    refused = invite(admin, language, **typed)
    assert refused.status == 422
    assert refused.errors
    assert refused.fields()["email"] == typed.get("email", "gwen@corff.example")
    assert refused.fields()["language"] == language
    with site.reading() as session:
        assert session.scalar(select(User.id).where(User.email.startswith("gwen"))) is None


@BOTH
def test_roles_are_given_and_taken_and_access_switched(
    admin: Browser, site: Site, moderator: int, language: str
) -> None:
    one = admin.get(address_of(moderator, language))
    assert one.one(f'a[hreflang="{"en" if language == "cy" else "cy"}"], [formaction]') is not None
    admin.send(one, form="#give", role="analyst", project="un")
    assert {role for role, _, _ in grants(site, moderator)} == {"moderator", "analyst"}
    one = admin.get(address_of(moderator, language))
    button = one.soup.select("#take button")[0]
    admin.send(one, {"take": str(button["value"])}, form="#take")
    assert {role for role, _, _ in grants(site, moderator)} == {"analyst"}
    off = admin.send(admin.get(address_of(moderator, language)), {"off": "1"}, form="#access")
    assert {"cy": "Wedi’i ddiffodd", "en": "Switched off"}[language] in off
    one = admin.get(address_of(moderator, language))
    assert not one.soup.select("#give")
    on = admin.send(one, {"on": "1"}, form="#access")
    assert on.soup.select(".notice--good")


def test_whoever_is_switched_off_is_out_at_once(admin: Browser, sign_in: SignIn, site: Site) -> None:
    worker = sign_in("moderator")
    assert worker.get("/en/staff").h1 == "Queue"
    with site.reading() as session:
        user_id = session.scalar(select(Membership.user_id).order_by(Membership.id.desc()).limit(1))
    assert user_id is not None
    admin.send(admin.get(address_of(user_id)), {"off": "1"}, form="#access")
    assert worker.get("/en/staff").h1 != "Queue"


def test_what_nobody_offered_changes_nothing(admin: Browser, site: Site, moderator: int) -> None:
    with site.reading() as session:
        foreign = session.scalars(select(Body.id).where(Body.slug == "corff-arall")).one()
    smuggled = {
        "body_id": str(foreign),
        "body": "corff-arall",
        "user_id": "1",
        "project_id": "2",
        "active": "1",
    }
    admin.send(admin.get(address_of(moderator)), smuggled, form="#give", role="analyst")
    assert grants(site, moderator) == {("moderator", "corff-prawf", None), ("analyst", "corff-prawf", None)}
    admin.send(admin.get(INVITE["en"]), smuggled, email="gwen@corff.example", role="worker", language="en")
    with site.reading() as session:
        gwen = session.scalars(select(User).where(User.email == "gwen@corff.example")).one()
        assert gwen.id != 1
        assert gwen.password is None
    assert grants(site, gwen.id) == {("worker", "corff-prawf", None)}


def test_the_members_of_another_body_are_not_there(admin: Browser, site: Site) -> None:
    with site.reading() as session:
        stranger = session.scalars(select(User.id).where(User.email == "stranger@arall.example")).one()
    before = grants(site, stranger)
    token = admin.get(INVITE["en"]).fields()["csrf_token"]
    for address in (
        FOREIGN,
        f"{FOREIGN}/invite",
        f"{FOREIGN}/{stranger}",
        address_of(stranger),
        f"{FOREIGN}x",
    ):
        assert admin.get(address).status == 404
    for pressed in ({"off": "1"}, {"take": "1"}, {"role": "worker"}):
        for address in (f"{FOREIGN}/{stranger}", address_of(stranger)):
            assert admin.post(address, {**pressed, "csrf_token": token}).status == 404
    assert grants(site, stranger) == before
    assert "stranger@arall.example" not in admin.get(LIST["en"])


@pytest.mark.parametrize("number", ["-1", "9" * 30, "x", ""])
def test_a_role_that_there_is_not_cannot_be_taken(admin: Browser, moderator: int, number: str) -> None:
    sent = admin.send(admin.get(address_of(moderator)), {"take": number}, form="#take")
    assert sent.status == 404


def test_nobody_shuts_themselves_out(admin: Browser, site: Site) -> None:
    with site.reading() as session:
        grant = session.scalars(select(Membership).where(Membership.role == "administrator")).one()
    one = admin.get(address_of(grant.user_id))
    assert not one.soup.select("#access, #take button")
    token = one.fields("#give")["csrf_token"]
    for pressed in ({"off": "1"}, {"take": str(grant.id)}):
        kept = admin.post(address_of(grant.user_id), {**pressed, "csrf_token": token})
        assert kept.soup.select(".notice--warn")
    assert admin.get(LIST["en"]).status == 200


def test_a_name_is_words_and_no_markup(admin: Browser, site: Site, moderator: int) -> None:
    with site.writing() as session:
        session.get_one(User, moderator).name = "<script>alert(1)</script> ‮"
    for address in (LIST["cy"], address_of(moderator)):
        assert "<script>alert" not in admin.get(address).html


@BOTH
def test_everybody_on_the_staff_reads_who_may_do_what(
    sign_in: SignIn, site: Site, clock: Clock, language: str
) -> None:
    with site.writing() as session:
        make_project(session)
    for role in ("worker", "administrator"):
        shown = sign_in(role).get({"cy": "/cy/staff/rolau", "en": "/en/staff/roles"}[language])
        assert shown.h1 == {"cy": "Pwy sy’n cael gwneud beth", "en": "Who may do what"}[language]
        assert {"cy": "Corff Prawf", "en": "Test Body"}[language] in shown
        assert {"cy": "Cymedrolwr, Gweinyddwr", "en": "Moderator, Administrator"}[language] in shown
