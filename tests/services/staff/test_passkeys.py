"""Passkeys: a device that tells the truth opens its owner's account; one that lies, repeats or is a copy does not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import NotFound
from involve.models import Event, Letter, Passkey, User
from involve.services.staff.passkeys import (
    LASTS,
    MOST_PASSKEYS,
    PasskeyRefused,
    Place,
    add_passkey,
    list_passkeys,
    options_to_add,
    options_to_sign_in,
    remove_passkey,
    use_passkey,
)
from tests.authenticator import PRESENT, Authenticator
from tests.factories import NOW, SECRET_KEY, make_staff

PLACE = Place("involve.example", "https://involve.example", SECRET_KEY, "this browser")
SECOND = timedelta(seconds=1)


@pytest.fixture
def user_id(factory: SessionFactory) -> int:
    """Someone, beside a colleague with a passkey."""
    with transaction(factory) as session:
        mair, noise = make_staff(session).user_id, make_staff(session).user_id
    add(factory, noise, Authenticator())
    return mair


def add(factory: SessionFactory, user_id: int, device: Authenticator, place: Place = PLACE) -> None:
    with transaction(factory) as session:
        answer = device.make(options_to_add(session, user_id, PLACE, NOW))
        add_passkey(session, user_id, "Fy ffôn", answer, place, NOW)


def use(factory: SessionFactory, device: Authenticator, seconds: int = 1, place: Place = PLACE) -> int:
    now = NOW + seconds * SECOND
    with transaction(factory) as session:
        return use_passkey(session, device.use(options_to_sign_in(PLACE, now)), place, now)


def test_a_passkey_opens_the_account_of_its_owner(factory: SessionFactory, user_id: int) -> None:
    device = Authenticator()
    add(factory, user_id, device)
    assert use(factory, device) == user_id
    assert use(factory, device, 2) == user_id
    with factory() as session:
        (key,) = list_passkeys(session, user_id)
        assert (key.name, key.added_at, key.used_at) == ("Fy ffôn", NOW, NOW + 2 * SECOND)
        kinds = session.scalars(select(Event.kind).where(Event.subject_id == user_id)).all()
        assert kinds.count("passkey_added") == 1
        assert session.scalars(select(Letter.kind).where(Letter.user_id == user_id)).all() == [
            "sign_in_changed"
        ]


def test_an_answer_opens_once(factory: SessionFactory, user_id: int) -> None:
    device = Authenticator()
    add(factory, user_id, device)
    now = NOW + SECOND
    answer = device.use(options_to_sign_in(PLACE, now))
    with transaction(factory) as session:
        assert use_passkey(session, answer, PLACE, now) == user_id
    for later in (0, 30):
        with pytest.raises(PasskeyRefused), transaction(factory) as session:
            use_passkey(session, answer, PLACE, now + later * SECOND)
    # Nor does an older answer that was held back until after.
    held_back = device.use(options_to_sign_in(PLACE, NOW))
    with pytest.raises(PasskeyRefused), transaction(factory) as session:
        use_passkey(session, held_back, PLACE, now + 30 * SECOND)


def test_a_device_without_a_counter_is_protected_from_repeats_too(
    factory: SessionFactory, user_id: int
) -> None:
    device = Authenticator()
    add(factory, user_id, device)
    device.count = -1
    answer = device.use(options_to_sign_in(PLACE, NOW + SECOND))
    with transaction(factory) as session:
        assert use_passkey(session, answer, PLACE, NOW + SECOND) == user_id
    with pytest.raises(PasskeyRefused), transaction(factory) as session:
        use_passkey(session, answer, PLACE, NOW + 2 * SECOND)


def test_a_copy_whose_counter_stayed_behind_is_refused(factory: SessionFactory, user_id: int) -> None:
    device = Authenticator()
    add(factory, user_id, device)
    copy = replace(device)
    use(factory, device, 1)
    use(factory, device, 2)
    with pytest.raises(PasskeyRefused):
        use(factory, copy, 3)


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://involve.example.evil.example"},
        {"host": "evil.example"},
        {"flags": PRESENT},
        {"flags": 0},
        {"credential_id": b"another"},
    ],
)
def test_a_device_that_lies_opens_nothing(
    factory: SessionFactory, user_id: int, lie: dict[str, object]
) -> None:
    device = Authenticator()
    add(factory, user_id, device)
    with pytest.raises(PasskeyRefused):
        use(factory, replace(device, **lie))  # type: ignore[arg-type]
    with pytest.raises(PasskeyRefused):
        use(factory, replace(Authenticator(), credential_id=device.credential_id))
    assert use(factory, device) == user_id


@pytest.mark.parametrize(
    "lie", [{"origin": "http://involve.example"}, {"host": "evil.example"}, {"flags": PRESENT}]
)
def test_what_was_not_made_here_by_its_owner_is_not_added(
    factory: SessionFactory, user_id: int, lie: dict[str, object]
) -> None:
    with pytest.raises(PasskeyRefused):
        add(factory, user_id, Authenticator(**lie))  # type: ignore[arg-type]
    with factory() as session:
        assert list_passkeys(session, user_id) == ()


def test_a_challenge_is_for_one_browser_one_purpose_and_some_minutes(
    factory: SessionFactory, user_id: int
) -> None:
    device = Authenticator()
    with pytest.raises(PasskeyRefused):
        add(factory, user_id, device, replace(PLACE, browser="another browser"))
    add(factory, user_id, device)
    with pytest.raises(PasskeyRefused):
        use(factory, device, place=replace(PLACE, browser="another browser"))
    with pytest.raises(PasskeyRefused), transaction(factory) as session:
        use_passkey(session, device.use(options_to_add(session, user_id, PLACE, NOW)), PLACE, NOW)
    for late in (LASTS + SECOND, -SECOND):
        with pytest.raises(PasskeyRefused), transaction(factory) as session:
            use_passkey(session, device.use(options_to_sign_in(PLACE, NOW)), PLACE, NOW + late)


def test_a_passkey_belongs_to_one_account_and_their_number_is_limited(
    factory: SessionFactory, user_id: int
) -> None:
    device = Authenticator()
    add(factory, user_id, device)
    with pytest.raises(PasskeyRefused):
        add(factory, user_id + 1, device)
    for _ in range(MOST_PASSKEYS - 1):
        add(factory, user_id, Authenticator())
    with pytest.raises(PasskeyRefused):
        add(factory, user_id, Authenticator())


def test_the_passkey_of_who_is_switched_off_and_one_taken_away_open_nothing(
    factory: SessionFactory, user_id: int
) -> None:
    device = Authenticator()
    add(factory, user_id, device)
    with transaction(factory) as session:
        session.get_one(User, user_id).active = False
    with pytest.raises(PasskeyRefused):
        use(factory, device)
    with transaction(factory) as session:
        session.get_one(User, user_id).active = True
        (key,) = list_passkeys(session, user_id)
        with pytest.raises(NotFound):
            remove_passkey(session, user_id + 1, key.id, NOW)
        remove_passkey(session, user_id, key.id, NOW)
    with pytest.raises(PasskeyRefused):
        use(factory, device, 2)
    with factory() as session:
        assert len(session.scalars(select(Passkey)).all()) == 1
