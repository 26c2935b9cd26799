"""Members of a body: invited, given roles, switched off, by administrators of that body and of no other."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.documents.letters import write_words
from involve.errors import BadInput, NotAllowed, NotFound
from involve.models import Event, Letter, User
from involve.services.staff.access import Actor, load_actor
from involve.services.staff.inviting import Guest, Invited, invite_member
from involve.services.staff.member_changes import (
    LastAdministrator,
    OwnRole,
    SwitchedOff,
    give_role,
    switch_member,
    take_role,
)
from involve.services.staff.members import accept_invitation, find_invitation
from involve.services.staff.memberships import Member, find_member, list_members
from involve.services.upkeep.letters import Envelope, link_state
from involve.settings import Settings
from tests.factories import CODE_KEY, NOW, SECRET_KEY, make_project, make_staff
from tests.services.rows import all_rows

BODY, ELSEWHERE = "corff-prawf", "corff-arall"
SETTINGS = Settings(secret_key=SECRET_KEY, code_key=CODE_KEY, public_url="https://involve.example")


@dataclass
class Cast:
    """Who is there: two administrators and a moderator of the body, and an administrator of another one."""

    admin: Actor
    second: Actor
    moderator: Actor
    stranger: Actor


@pytest.fixture
def cast(factory: SessionFactory) -> Cast:
    with transaction(factory) as session:
        make_project(session, "un", body=BODY)
        make_project(session, "dau", body=ELSEWHERE)
        return Cast(
            make_staff(session, "administrator"),
            make_staff(session, "administrator"),
            make_staff(session, "moderator"),
            make_staff(session, "administrator", ELSEWHERE),
        )


def invite(
    factory: SessionFactory,
    actor: Actor,
    email: str,
    body: str = BODY,
    role: str = "analyst",
    project: str = "",
) -> Invited:
    with transaction(factory) as session:
        return invite_member(session, actor, body, Guest(email, role, project, "en"), NOW, SECRET_KEY)


def member(factory: SessionFactory, actor: Actor, user_id: int, body: str = BODY) -> Member:
    with factory() as session:
        return find_member(session, actor, body, user_id)[1]


def held(found: Member) -> list[tuple[str, str | None]]:
    return [(role.role, role.project) for role in found.roles]


def test_an_invited_person_is_on_the_list_until_they_come(factory: SessionFactory, cast: Cast) -> None:
    invited = invite(factory, cast.admin, " Nia@corff.example ", project="un")
    seen = member(factory, cast.admin, invited.user_id)
    assert (seen.email, seen.invited, seen.last_in) == ("Nia@corff.example", True, None)
    assert held(seen) == [("analyst", "un")]
    assert invited.token
    with transaction(factory) as session:
        assert invited.token not in all_rows(session)
        accept_invitation(session, invited.token, "hash", "Nia", NOW, SECRET_KEY)
    seen = member(factory, cast.admin, invited.user_id)
    assert (seen.name, seen.invited) == ("Nia", False)
    with factory() as session:
        assert {each.name for each in list_members(session, cast.admin, BODY)[1]} == {"Nia", "Mair"}


def test_the_letter_carries_a_link_that_works_once_and_is_kept_nowhere(
    factory: SessionFactory, cast: Cast
) -> None:
    invited = invite(factory, cast.admin, "nia@corff.example")
    with factory() as session:
        letter = session.scalars(select(Letter)).one()
        user = session.get_one(User, invited.user_id)
        assert (letter.kind, letter.language, letter.detail) == ("invitation", "en", {"body": "Test Body"})
        envelope = Envelope(
            letter.id,
            letter.kind,
            letter.language,
            user.email,
            letter.detail,
            NOW,
            user_id=user.id,
            state=link_state(user.fs_uniquifier, user.password),
        )
    words = write_words(envelope, SETTINGS)
    assert "Test Body" in words.body
    token = words.body.partition("/en/staff/invitation/")[2].split()[0]
    with transaction(factory) as session:
        assert token not in all_rows(session)
        assert accept_invitation(session, token, "hash", "Nia", NOW, SECRET_KEY) == invited.user_id
    with transaction(factory) as session:
        for used in (token, invited.token or ""):
            with pytest.raises(NotFound):
                find_invitation(session, used, NOW, SECRET_KEY)


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("kind", ["invitation", "new_role"])
def test_letters_to_staff_name_the_body_in_the_language_of_their_reader(kind: str, language: str) -> None:
    name = {"cy": "Corff\nPrawf", "en": "Test\nBody"}[language]
    words = write_words(
        Envelope(1, kind, language, "a@corff.example", {"body": name}, NOW, user_id=1, state="x"), SETTINGS
    )
    assert "\n" not in words.subject
    assert name in words.body
    assert f"https://involve.example/{language}/staff/" in words.body
    assert ("gwahoddiad" in words.body or "invitation" in words.body) == (kind == "invitation")


def test_nobody_is_handed_a_link_to_an_account_that_another_body_knows(
    factory: SessionFactory, cast: Cast
) -> None:
    first = invite(factory, cast.stranger, "nia@corff.example", ELSEWHERE)
    second = invite(factory, cast.admin, "NIA@corff.example")
    assert (second.user_id, second.token) == (first.user_id, None)
    # The link that the other body was shown would open this body's role too.
    with factory() as session, pytest.raises(NotFound):
        find_invitation(session, first.token or "", NOW, SECRET_KEY)
    assert invite(factory, cast.admin, cast.stranger.email).token is None
    with factory() as session:
        assert session.scalars(select(Letter.kind).order_by(Letter.id)).all() == [
            "invitation",
            "invitation",
            "new_role",
        ]


def test_whoever_works_for_two_bodies_is_seen_in_each_by_its_part(
    factory: SessionFactory, cast: Cast
) -> None:
    invite(factory, cast.admin, cast.stranger.email)
    assert held(member(factory, cast.admin, cast.stranger.user_id)) == [("analyst", None)]
    assert held(member(factory, cast.stranger, cast.stranger.user_id, ELSEWHERE)) == [("administrator", None)]
    with transaction(factory) as session:
        switch_member(session, cast.admin, BODY, cast.stranger.user_id, False, NOW)
        now = load_actor(session, cast.stranger.user_id)
        assert now.may("manage_members", now.grants[0].body_id)
        assert [grant.role for grant in now.grants] == ["administrator"]


def test_switching_off_ends_sessions_and_switching_on_gives_back_what_there_was(
    factory: SessionFactory, cast: Cast
) -> None:
    with factory() as session:
        before = session.get_one(User, cast.moderator.user_id).fs_uniquifier
    with transaction(factory) as session:
        switch_member(session, cast.admin, BODY, cast.moderator.user_id, False, NOW)
    with transaction(factory) as session:
        assert session.get_one(User, cast.moderator.user_id).fs_uniquifier != before
        with pytest.raises(NotAllowed):
            load_actor(session, cast.moderator.user_id)
        with pytest.raises(SwitchedOff):
            give_role(session, cast.admin, BODY, cast.moderator.user_id, "analyst", None, NOW)
    assert not member(factory, cast.admin, cast.moderator.user_id).is_on
    with pytest.raises(SwitchedOff):
        invite(factory, cast.admin, cast.moderator.email)
    with transaction(factory) as session:
        switch_member(session, cast.admin, BODY, cast.moderator.user_id, True, NOW)
        assert [grant.role for grant in load_actor(session, cast.moderator.user_id).grants] == ["moderator"]


def test_roles_are_given_once_and_taken_one_by_one(factory: SessionFactory, cast: Cast) -> None:
    user_id = cast.moderator.user_id
    with transaction(factory) as session:
        assert give_role(session, cast.admin, BODY, user_id, "analyst", "un", NOW)
        assert not give_role(session, cast.admin, BODY, user_id, "analyst", "un", NOW)
        with pytest.raises(NotFound):
            give_role(session, cast.admin, BODY, user_id, "analyst", "dau", NOW)
        with pytest.raises(BadInput):
            give_role(session, cast.admin, BODY, user_id, "king", None, NOW)
    first, second = member(factory, cast.admin, user_id).roles
    with transaction(factory) as session:
        take_role(session, cast.admin, BODY, user_id, first.id, NOW)
        with pytest.raises(NotFound):
            take_role(session, cast.admin, BODY, cast.second.user_id, second.id, NOW)
    assert held(member(factory, cast.admin, user_id)) == [("analyst", "un")]
    with transaction(factory) as session:
        take_role(session, cast.admin, BODY, user_id, second.id, NOW)
        with pytest.raises(NotFound):
            find_member(session, cast.admin, BODY, user_id)


def test_a_body_keeps_an_administrator_who_can_sign_in(factory: SessionFactory, cast: Cast) -> None:
    own = member(factory, cast.admin, cast.admin.user_id).roles[0].id
    other = member(factory, cast.admin, cast.second.user_id).roles[0].id
    with transaction(factory) as session:
        with pytest.raises(OwnRole):
            take_role(session, cast.admin, BODY, cast.admin.user_id, own, NOW)
        with pytest.raises(OwnRole):
            switch_member(session, cast.admin, BODY, cast.admin.user_id, False, NOW)
        take_role(session, cast.admin, BODY, cast.second.user_id, other, NOW)
    # Somebody invited who never came is nobody to leave a body to; nor does the role in one project do.
    invite(factory, cast.admin, "nia@corff.example", role="administrator")
    invite(factory, cast.admin, cast.moderator.email, role="administrator", project="un")
    with transaction(factory) as session:
        for act in (
            lambda: take_role(session, cast.second, BODY, cast.admin.user_id, own, NOW),
            lambda: switch_member(session, cast.second, BODY, cast.admin.user_id, False, NOW),
        ):
            # `second` acts on a page that was open before their own role went.
            with pytest.raises(LastAdministrator):
                act()


def test_an_administrator_reaches_nobody_of_another_body(factory: SessionFactory, cast: Cast) -> None:
    grant = member(factory, cast.admin, cast.moderator.user_id).roles[0].id
    user_id = cast.moderator.user_id
    with transaction(factory) as session:
        for body in (BODY, ELSEWHERE):
            for act in (
                lambda body=body: find_member(session, cast.stranger, body, user_id),
                lambda body=body: give_role(session, cast.stranger, body, user_id, "analyst", None, NOW),
                lambda body=body: take_role(session, cast.stranger, body, user_id, grant, NOW),
                lambda body=body: switch_member(session, cast.stranger, body, user_id, False, NOW),
            ):
                with pytest.raises(NotFound):
                    act()
        with pytest.raises(NotAllowed):
            list_members(session, cast.moderator, BODY)
        for unknown in ("nobody", "\0", "x" * 300):
            with pytest.raises(NotFound):
                list_members(session, cast.admin, unknown)
    assert held(member(factory, cast.admin, user_id)) == [("moderator", None)]


def test_every_change_is_an_event_of_the_body_without_an_address(factory: SessionFactory, cast: Cast) -> None:
    user_id = cast.moderator.user_id
    invite(factory, cast.admin, cast.moderator.email, project="un")
    with transaction(factory) as session:
        give_role(session, cast.admin, BODY, user_id, "worker", None, NOW)
    with transaction(factory) as session:
        last = find_member(session, cast.admin, BODY, user_id)[1].roles[-1].id
        take_role(session, cast.admin, BODY, user_id, last, NOW)
        switch_member(session, cast.admin, BODY, user_id, False, NOW)
        switch_member(session, cast.admin, BODY, user_id, True, NOW)
    with factory() as session:
        by_admin = select(Event).where(Event.user_id == cast.admin.user_id, Event.subject_id == user_id)
        events = session.scalars(by_admin.order_by(Event.id)).all()
        assert [event.kind for event in events] == [
            "invited",
            "role_given",
            "role_taken",
            "member_switched_off",
            "member_switched_on",
        ]
        assert {event.detail["body"] for event in events} == {cast.admin.grants[0].body_id}
        assert "@" not in str([event.detail for event in events])
