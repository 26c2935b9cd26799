"""Keys for programs: shown once, known again by a hash, of one body, and useless from the moment they are revoked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import NotAllowed, NotFound
from involve.models import Event
from involve.services.staff.access import Actor
from involve.services.staff.api_keys import (
    LONGEST_NAME,
    MOST_KEYS,
    START,
    KeyDayRefused,
    KeyEnded,
    KeyNameRefused,
    KeyRevoked,
    KeyUnknown,
    MadeKey,
    TooManyKeys,
    list_keys,
    make_key,
    note_use,
    read_key,
    revoke_key,
)
from tests.factories import CODE_KEY, NOW, make_body, make_staff
from tests.services.rows import all_rows

BODY = "corff-prawf"
TODAY = NOW.date()


@pytest.fixture
def admin(factory: SessionFactory) -> Actor:
    with transaction(factory) as session:
        make_body(session, BODY)
        return make_staff(session, "administrator", BODY)


def make(
    factory: SessionFactory, actor: Actor | None, name: str = "Dangosfwrdd", days: int | None = None
) -> MadeKey:
    ends_on = None if days is None else TODAY + timedelta(days=days)
    with transaction(factory) as session:
        return make_key(session, actor, BODY, name, ends_on, NOW, CODE_KEY)


def test_a_key_is_kept_only_as_a_hash_and_known_again(factory: SessionFactory, admin: Actor) -> None:
    made, other = make(factory, admin, " Dangosfwrdd "), make(factory, None, "Arall")
    assert made.secret.startswith(START)
    assert made.secret != other.secret
    with transaction(factory) as session:
        assert made.secret[len(START) + 6 :] not in all_rows(session)
        assert read_key(session, made.secret, CODE_KEY, TODAY).id == made.view.id
        note_use(session, made.view.id, TODAY)
    with factory() as session:
        _body, keys = list_keys(session, admin, BODY, TODAY)
    assert [(key.name, key.used_on, key.works) for key in keys] == [
        ("Arall", None, True),
        ("Dangosfwrdd", TODAY, True),
    ]
    assert made.secret.startswith(keys[1].prefix)


@pytest.mark.parametrize("wrong", ["", "x", START, "\0", "\ud800", "y" * 10_000])
def test_what_was_never_given_out_opens_nothing(factory: SessionFactory, admin: Actor, wrong: str) -> None:
    made = make(factory, admin)
    with factory() as session:
        for shown in (wrong, made.secret + wrong if wrong else made.secret[:-1], made.secret.lower()):
            with pytest.raises(KeyUnknown):
                read_key(session, shown, CODE_KEY, TODAY)
        with pytest.raises(KeyUnknown):
            read_key(session, made.secret, CODE_KEY + "!", TODAY)


def test_a_key_ends_after_its_last_day_and_at_once_when_it_is_revoked(
    factory: SessionFactory, admin: Actor
) -> None:
    short, other = make(factory, admin, days=0), make(factory, admin)
    with transaction(factory) as session:
        assert read_key(session, short.secret, CODE_KEY, TODAY).id == short.view.id
        with pytest.raises(KeyEnded):
            read_key(session, short.secret, CODE_KEY, TODAY + timedelta(days=1))
        for _ in range(2):
            revoke_key(session, admin, BODY, short.view.id, NOW)
        with pytest.raises(KeyRevoked):
            read_key(session, short.secret, CODE_KEY, TODAY)
        assert read_key(session, other.secret, CODE_KEY, TODAY).id == other.view.id
    with factory() as session:
        kinds = session.execute(
            select(Event.kind, Event.subject_id).where(Event.subject == "api_key").order_by(Event.id)
        )
        made, revoked = "api_key_made", "api_key_revoked"
        expected = [(made, short.view.id), (made, other.view.id), (revoked, short.view.id)]
        assert [tuple(row) for row in kinds] == expected


def test_a_key_needs_a_name_a_day_to_come_and_room(factory: SessionFactory, admin: Actor) -> None:
    for name in ("", "  ", "n" * (LONGEST_NAME + 1), "a\0b"):
        with pytest.raises(KeyNameRefused):
            make(factory, admin, name)
    with pytest.raises(KeyDayRefused):
        make(factory, admin, days=-1)
    made = [make(factory, admin, "n" * LONGEST_NAME) for _ in range(MOST_KEYS)]
    with pytest.raises(TooManyKeys):
        make(factory, admin)
    with transaction(factory) as session:
        revoke_key(session, admin, BODY, made[0].view.id, NOW)
    make(factory, admin)


def test_keys_are_for_the_administrators_of_their_body(factory: SessionFactory, admin: Actor) -> None:
    made = make(factory, admin)
    with transaction(factory) as session:
        make_body(session, "corff-arall")
        moderator, stranger = (
            make_staff(session, "moderator", BODY),
            make_staff(session, "administrator", "corff-arall"),
        )
    for actor, refused in ((moderator, NotAllowed), (stranger, NotFound)):
        with transaction(factory) as session, pytest.raises(refused):
            revoke_key(session, actor, BODY, made.view.id, NOW)
        with pytest.raises(refused):
            make(factory, actor)
    with transaction(factory) as session, pytest.raises(NotFound):
        revoke_key(session, stranger, "corff-arall", made.view.id, NOW)
    with factory() as session:
        assert read_key(session, made.secret, CODE_KEY, TODAY).id == made.view.id
