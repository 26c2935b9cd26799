"""What waits for staff, over real rows: whose turn it is, since when it is late, and one letter a week about it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Letter, User
from involve.services.moderation.replies import reply_to_stories
from involve.services.promises.reminders import remind_where_due
from involve.services.promises.waiting import Waiting, list_waiting
from involve.services.staff.access import Actor
from involve.services.staff.accounts import change_about
from tests.factories import NOW, make_project, make_staff, make_story

# Of the test project: stories are answered within sixty days of now.
LATE = NOW + timedelta(days=63)


def waiting(session: Session, actor: Actor, days: int) -> dict[str, Waiting]:
    """Return what waits for *actor* so many days after now, by what it is."""
    return {each.what: each for each in list_waiting(session, actor, (NOW + timedelta(days=days)).date())}


def letters(factory: SessionFactory) -> list[tuple[int | None, int]]:
    """Return of each reminder to whom it goes and how much it says is late, in the order of writing."""
    with factory() as session:
        rows = session.scalars(select(Letter).where(Letter.kind == "reminder").order_by(Letter.id))
        return [(row.user_id, row.detail["count"]) for row in rows]


def morning(days: int) -> datetime:
    """Return nine o'clock that many days after the first working day on which something is late."""
    first = LATE.replace(hour=9)
    while first.weekday() >= 5:
        first += timedelta(days=1)
    return first + timedelta(days=days)


@pytest.fixture
def told(factory: SessionFactory) -> list[str]:
    """Two stories in an open stage that consults, and one in a project of another body."""
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "arall", body="corff-arall")
        make_story(session, "arall")
        return [make_story(session).reference, make_story(session).reference]


def test_what_is_late_waits_for_those_whose_turn_it_is_and_nobody_else(
    factory: SessionFactory, told: list[str]
) -> None:
    with transaction(factory) as session:
        moderator, decider = make_staff(session), make_staff(session, "decision_maker")
        worker, analyst = make_staff(session, "worker"), make_staff(session, "analyst")
        assert set(waiting(session, moderator, 63)) == {"read", "answer"}
        assert set(waiting(session, decider, 63)) == {"answer", "report_back"}
        assert not waiting(session, worker, 63)
        assert not waiting(session, analyst, 63)
        # Of the other body nothing is seen: two stories, not three.
        answer = waiting(session, moderator, 63)["answer"]
        assert (answer.project, answer.count, answer.left, answer.late) == ("bywyd-da", 2, -3, True)


def test_what_is_done_waits_no_more_and_what_is_far_off_not_yet(
    factory: SessionFactory, told: list[str]
) -> None:
    with transaction(factory) as session:
        moderator = make_staff(session)
        assert "answer" not in waiting(session, moderator, 45)
        assert waiting(session, moderator, 46)["answer"].left == 14
        assert not waiting(session, moderator, 60)["answer"].late
        reply_to_stories(session, moderator, told[:1], "Ateb.", "Answer.", NOW)
        assert waiting(session, moderator, 63)["answer"].count == 1
        reply_to_stories(session, moderator, told[1:], "Ateb arall.", "Another answer.", NOW)
        assert "answer" not in waiting(session, moderator, 63)


def test_a_reminder_comes_once_a_week_while_something_is_late(
    factory: SessionFactory, told: list[str]
) -> None:
    with transaction(factory) as session:
        moderator = make_staff(session).user_id
        make_staff(session, "worker")
    assert remind_where_due(factory, NOW.replace(hour=9)) == 0
    for days in range(8):
        remind_where_due(factory, morning(days))
        remind_where_due(factory, morning(days) + timedelta(hours=1))
    assert letters(factory) == [(moderator, 2), (moderator, 2)]


def test_a_process_that_stopped_for_a_month_writes_one_letter(
    factory: SessionFactory, told: list[str]
) -> None:
    with transaction(factory) as session:
        moderator = make_staff(session).user_id
    assert remind_where_due(factory, morning(28)) == 1
    assert remind_where_due(factory, morning(28)) == 0
    assert letters(factory) == [(moderator, 2)]


def test_nobody_is_written_to_at_night_or_at_a_weekend(factory: SessionFactory, told: list[str]) -> None:
    with transaction(factory) as session:
        make_staff(session)
    saturday = morning(0) + timedelta(days=5 - morning(0).weekday())
    for moment in (saturday, saturday + timedelta(days=1), morning(0).replace(hour=5)):
        assert remind_where_due(factory, moment) == 0


def test_whoever_wants_none_has_none_and_neither_has_whoever_is_switched_off(
    factory: SessionFactory, told: list[str]
) -> None:
    with transaction(factory) as session:
        quiet, gone = make_staff(session).user_id, make_staff(session).user_id
        change_about(session, quiet, "Mair", "cy", NOW, reminders=False)
        session.get_one(User, gone).active = False
    assert remind_where_due(factory, morning(0)) == 0
    with transaction(factory) as session:
        change_about(session, quiet, "Mair", "cy", NOW, reminders=True)
    assert remind_where_due(factory, morning(1)) == 1


def test_the_letter_names_project_duty_and_day_in_the_readers_language_and_no_story(
    factory: SessionFactory, told: list[str]
) -> None:
    with transaction(factory) as session:
        moderator = make_staff(session).user_id
        change_about(session, moderator, "Mair", "cy", NOW)
    remind_where_due(factory, morning(0))
    with factory() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == "reminder")).one()
        assert letter.language == "cy"
        due = f"{(NOW + timedelta(days=60)).date():%d/%m/%Y}"
        assert ["Bywyd da yn y fro", "Ateb pob stori", due] in letter.detail["lines"]
        assert not any(reference in str(letter.detail) for reference in told)
