"""Sessions of staff: what is kept of one, how it ends, and that nobody ends another person's."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from involve.database import SessionFactory, transaction
from involve.errors import NotFound
from involve.models import Event, User
from involve.services.staff.passwords import change_password, is_easy_to_guess
from involve.services.staff.sessions import (
    IDLE,
    LONGEST,
    begin_session,
    end_session,
    end_sessions,
    find_session,
    is_switched_off,
    list_sessions,
    note_seen,
)
from involve.vocabulary.sign_ins import describe_browser, name_browser
from tests.factories import NOW, make_staff

MINUTE = timedelta(minutes=1)


@pytest.fixture
def users(factory: SessionFactory) -> tuple[int, int]:
    """The person under test, and a colleague who is signed in too."""
    with transaction(factory) as session:
        ids = make_staff(session).user_id, make_staff(session).user_id
        begin_session(session, ids[1], "password", "", NOW)
    return ids


def begin(factory: SessionFactory, user_id: int, at=NOW) -> str:  # type: ignore[no-untyped-def]
    with transaction(factory) as session:
        return begin_session(session, user_id, "password", "firefox/windows", at)


def test_each_sign_in_has_an_id_of_its_own_of_which_only_a_hash_is_kept(
    factory: SessionFactory, users: tuple[int, int]
) -> None:
    first, second = begin(factory, users[0]), begin(factory, users[0])
    assert first != second
    with factory() as session:
        rows = [dict(row) for row in session.execute(text("select * from staff_session")).mappings()]
        assert len(rows) == 3
        assert first not in str(rows)
        found = find_session(session, first, NOW)
        assert found is not None
        assert found.user_id == users[0]
        assert find_session(session, first[:-1], NOW) is None
        assert find_session(session, None, NOW) is None


def test_a_session_ends_when_it_is_not_used_and_at_the_end_of_the_day(
    factory: SessionFactory, users: tuple[int, int]
) -> None:
    token = begin(factory, users[0])
    with transaction(factory) as session:
        assert find_session(session, token, NOW + IDLE) is None
        found = find_session(session, token, NOW + IDLE - MINUTE)
        assert found is not None
        note_seen(session, found.id, NOW + IDLE - MINUTE)
        assert find_session(session, token, NOW + LONGEST - MINUTE) is not None
        assert find_session(session, token, NOW + LONGEST) is None


def test_a_clock_that_jumps_back_neither_ends_nor_prolongs_a_session(
    factory: SessionFactory, users: tuple[int, int]
) -> None:
    token = begin(factory, users[0])
    with factory() as session:
        assert find_session(session, token, NOW - timedelta(hours=3)) is not None
        assert find_session(session, token, NOW + LONGEST) is None


def test_what_has_run_out_is_forgotten_at_the_next_sign_in(
    factory: SessionFactory, users: tuple[int, int]
) -> None:
    begin(factory, users[0])
    begin(factory, users[0], NOW + LONGEST)
    with factory() as session:
        assert len(list_sessions(session, users[0], NOW + LONGEST)) == 1
        assert session.scalar(text("select count(*) from staff_session")) == 2


def test_one_session_is_ended_and_nobody_ends_those_of_others(
    factory: SessionFactory, users: tuple[int, int]
) -> None:
    begin(factory, users[0])
    with transaction(factory) as session:
        (own,) = list_sessions(session, users[0], NOW)
        (other,) = list_sessions(session, users[1], NOW)
        with pytest.raises(NotFound):
            end_session(session, users[0], other.id, NOW)
        end_session(session, users[0], own.id, NOW)
        assert list_sessions(session, users[0], NOW) == ()
        assert list_sessions(session, users[1], NOW) == (other,)


def test_a_new_password_ends_every_session_but_the_one_it_was_typed_in(
    factory: SessionFactory, users: tuple[int, int]
) -> None:
    kept, ended = begin(factory, users[0]), begin(factory, users[0])
    with transaction(factory) as session:
        here = find_session(session, kept, NOW)
        assert here is not None
        change_password(session, users[0], "hash", NOW, here.id)
    with factory() as session:
        assert find_session(session, kept, NOW) is not None
        assert find_session(session, ended, NOW) is None
        assert len(list_sessions(session, users[1], NOW)) == 1
        kinds = session.scalars(select(Event.kind).where(Event.subject_id == users[0])).all()
        assert {"signed_in", "password_changed", "sessions_ended"} <= set(kinds)


def test_a_session_begun_while_all_are_ended_does_not_outlive_that(
    factory: SessionFactory, users: tuple[int, int]
) -> None:
    token = begin(factory, users[0])
    with transaction(factory) as session:
        end_sessions(session, users[0], NOW)
    with transaction(factory) as session:
        # As if it had been written a moment later, by a request that read the account before.
        session.execute(text("update staff_session set mark = 'earlier'"))
        assert find_session(session, token, NOW) is None


def test_whoever_is_switched_off_is_told_apart_from_whoever_ran_out(
    factory: SessionFactory, users: tuple[int, int]
) -> None:
    token = begin(factory, users[0])
    with transaction(factory) as session:
        assert not is_switched_off(session, token)
        session.get_one(User, users[0]).active = False
        session.flush()
        assert find_session(session, token, NOW) is None
        assert is_switched_off(session, token)
        assert not is_switched_off(session, "made up")


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605 Version/18.5 Mobile Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141 Safari/537.36 Edg/141.0",
            "Edge, Windows",
        ),
        ("curl/8.5 <script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_known_by_its_kind_and_no_more(agent: str, named: str) -> None:
    assert name_browser(describe_browser(agent)) == named


@pytest.mark.parametrize(
    ("password", "easy"),
    [
        ("cwch-pannas-telyn-9", False),
        ("tri gair cwbl wahanol", False),
        ("password12345", True),
        ("123456789012", True),
        ("qwertyuiop123", True),
        ("aaaaaaaaaaaaaaaa", True),
        ("Cyfrinair2026", True),
        ("mair@corff.example", True),
        ("MairHughes1234", True),
        ("p@ssw0rd" * 25, True),
    ],
)
def test_what_guessers_try_first_is_refused_and_no_kind_of_character_is_asked_for(
    password: str, easy: bool
) -> None:
    assert is_easy_to_guess(password, ("mair@corff.example", "Mair Hughes")) is easy
