"""Inviting members of staff: what is kept of an invitation, and when it opens an account."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotFound
from involve.models import User
from involve.services.projects.projects import add_body, add_project
from involve.services.staff.access import load_actor
from involve.services.staff.members import accept_invitation, find_invitation, invite_user, list_bodies
from involve.vocabulary.bilingual import Bilingual
from tests.services.plans import plan

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = "k" * 40
NAME = Bilingual("Corff", "Body")


@pytest.fixture
def body(factory: SessionFactory) -> int:
    with transaction(factory) as session:
        add_body(session, "noise", NAME)
        return add_body(session, "corff", NAME)


def invite(
    factory: SessionFactory, email: str = "a@corff.example", role: str = "moderator", body: str = "corff"
) -> str:
    with transaction(factory) as session:
        return invite_user(session, email, role, body, None, NOW, KEY).token


def test_an_invitation_opens_the_account_once(factory: SessionFactory, body: int) -> None:
    token = invite(factory)
    with transaction(factory) as session:
        user_id = accept_invitation(session, token, "hash", "Ann", NOW, KEY)
    with transaction(factory) as session:
        actor = load_actor(session, user_id)
        assert actor.may("moderate", body)
        assert not actor.may("moderate", body - 1)
        with pytest.raises(NotFound):
            find_invitation(session, token, NOW, KEY)


def test_only_a_keyed_hash_of_the_invitation_is_kept(factory: SessionFactory, body: int) -> None:
    token = invite(factory)
    with factory() as session:
        row = session.execute(text('select * from "user"')).mappings().one()
        assert token not in str(dict(row))
        with pytest.raises(NotFound):
            find_invitation(session, token, NOW, "another key")


def test_an_invitation_runs_out_after_seven_days(factory: SessionFactory, body: int) -> None:
    token = invite(factory)
    with factory() as session:
        assert find_invitation(session, token, NOW + timedelta(days=6, hours=23), KEY)
        with pytest.raises(NotFound):
            find_invitation(session, token, NOW + timedelta(days=7), KEY)


def test_a_later_invitation_replaces_the_earlier_one_and_keeps_the_account(
    factory: SessionFactory, body: int
) -> None:
    first, second = invite(factory), invite(factory, "A@Corff.Example", role="analyst")
    with factory() as session:
        with pytest.raises(NotFound):
            find_invitation(session, first, NOW, KEY)
        user_id = find_invitation(session, second, NOW, KEY)
        assert {grant.role for grant in load_actor(session, user_id).grants} == {"moderator", "analyst"}
        assert len(session.scalars(select(User)).all()) == 1


def test_accepting_ends_every_earlier_session(factory: SessionFactory, body: int) -> None:
    token = invite(factory)
    with factory() as session:
        before = session.scalars(select(User.fs_uniquifier)).one()
    with transaction(factory) as session:
        accept_invitation(session, token, "hash", "", NOW, KEY)
    with factory() as session:
        assert session.scalars(select(User.fs_uniquifier)).one() != before


def test_a_role_in_one_project_covers_no_other(factory: SessionFactory, body: int) -> None:
    with transaction(factory) as session:
        one = add_project(session, plan("one", body="corff"), NOW)
        other = add_project(session, plan("other", body="corff"), NOW)
        user = invite_user(session, "a@corff.example", "moderator", "corff", "one", NOW, KEY).user_id
        actor = load_actor(session, user)
        assert actor.may("moderate", body, one)
        assert not actor.may("moderate", body, other)
        with pytest.raises(BadInput, match="another body"):
            invite_user(session, "a@corff.example", "moderator", "noise", "one", NOW, KEY)


@pytest.mark.parametrize(
    "email", ["", "a", "a@", "@b", "a b@c", "a@b@c", "a\0@b", "<a>@b.example", "a" * 300 + "@b.example"]
)
def test_what_is_no_address_is_refused(factory: SessionFactory, body: int, email: str) -> None:
    with pytest.raises(BadInput):
        invite(factory, email)


@pytest.mark.parametrize("wrong", ["nobody", "99", "-1", "9" * 40, "١"])
def test_an_unknown_body_is_not_found_by_slug_or_number(
    factory: SessionFactory, body: int, wrong: str
) -> None:
    with pytest.raises(NotFound):
        invite(factory, body=wrong)


def test_a_body_is_found_by_its_number_too(factory: SessionFactory, body: int) -> None:
    assert invite(factory, body=str(body))
    with factory() as session:
        assert [each.slug for each in list_bodies(session)] == ["corff", "noise"]


def test_an_unknown_role_is_refused(factory: SessionFactory, body: int) -> None:
    with pytest.raises(BadInput, match="role"):
        invite(factory, role="king")
