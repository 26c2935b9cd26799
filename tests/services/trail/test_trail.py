"""The audit trail: lines take their places in a chain, and whatever is done to them by hand is found."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from involve.database import SessionFactory, transaction
from involve.models import Event
from involve.models.chain import BEGINNING, broken_places, mark_of
from involve.services.trail.record import record
from involve.services.trail.trail_heads import begin_anew, lost_head, note_head, read_heads
from tests.factories import NOW, make_project, make_story


def add_lines(factory: SessionFactory, count: int = 3) -> None:
    for number in range(count):
        with transaction(factory) as session:
            record(session, "told", "story", number, NOW, actor="participant", uses=["read"], words=None)


def lines_of(factory: SessionFactory) -> list[tuple[int | None, str | None]]:
    with factory() as session:
        return [(row.place, row.mark) for row in session.scalars(select(Event).order_by(Event.id))]


def by_hand(factory: SessionFactory, order: str) -> None:
    """Do what someone may do who owns the database: take the guards away, then change rows."""
    with factory() as session, session.begin():
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("alter table event disable trigger event_kept"))
        else:
            session.execute(text("drop trigger event_not_changed"))
            session.execute(text("drop trigger event_not_deleted"))
        session.execute(text(order))


def broken(factory: SessionFactory) -> list[int]:
    with factory() as session:
        return list(broken_places(session))


def test_lines_stand_one_after_another_from_one_on(factory: SessionFactory) -> None:
    add_lines(factory)
    with transaction(factory) as session:
        make_project(session)
        make_story(session)
    places = [place for place, _ in lines_of(factory)]
    assert places == list(range(1, len(places) + 1))
    assert broken(factory) == []


def test_what_is_rolled_back_leaves_no_gap(factory: SessionFactory) -> None:
    add_lines(factory, 1)

    def fail() -> None:
        with transaction(factory) as session:
            record(session, "told", "story", 7, NOW)
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    add_lines(factory, 1)
    assert [place for place, _ in lines_of(factory)] == [1, 2]
    assert broken(factory) == []


def test_a_savepoint_inside_a_transaction_chains_nothing_early(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        record(session, "told", "story", 1, NOW)
        with session.begin_nested():
            record(session, "told", "story", 2, NOW)
        record(session, "told", "story", 3, NOW)
    assert [place for place, _ in lines_of(factory)] == [1, 2, 3]


def test_many_at_once_make_one_chain(factory: SessionFactory) -> None:
    threads = [threading.Thread(target=add_lines, args=(factory, 5)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(place or 0 for place, _ in lines_of(factory)) == list(range(1, 21))
    assert broken(factory) == []


@pytest.mark.parametrize("order", ["update event set kind = 'other' where place = 2", "delete from event"])
def test_the_database_refuses_to_change_or_delete_a_line(factory: SessionFactory, order: str) -> None:
    add_lines(factory)
    with pytest.raises(DatabaseError, match="only added to"), factory() as session, session.begin():
        session.execute(text(order))
    assert len(lines_of(factory)) == 3


@pytest.mark.parametrize(
    ("order", "places"),
    [
        ("update event set subject_id = 99 where place = 2", [2]),
        ("update event set at = '2020-01-01 00:00:00+00:00' where place = 1", [1]),
        ("delete from event where place = 2", [2]),
        ("update event set place = 9 where place = 3", [3]),
        (
            (
                "insert into event (at, actor, kind, subject, subject_id, detail) "
                "values ('2026-04-02 10:30:00+00:00', 'staff', 'told', 'story', 4, '{}')"
            ),
            [0],
        ),
    ],
)
def test_whatever_is_done_to_a_line_by_hand_is_found(
    factory: SessionFactory, order: str, places: list[int]
) -> None:
    add_lines(factory)
    by_hand(factory, order)
    assert broken(factory)[:1] == places


def make_anew(factory: SessionFactory) -> None:
    """Change the oldest line, and give every line a mark that fits again."""
    by_hand(factory, "update event set subject_id = 99 where place = 1")
    with factory() as session, session.begin():
        mark = BEGINNING
        for event in session.scalars(select(Event).order_by(Event.place)):
            event.mark = mark = mark_of(event, event.place or 0, mark)


def test_a_trail_that_was_made_anew_differs_from_what_was_noted_outside(
    factory: SessionFactory, tmp_path: Path
) -> None:
    path = tmp_path / "trail"
    add_lines(factory)
    with factory() as session:
        assert note_head(session, path, NOW) == note_head(session, path, NOW) == 3
        assert len(list(read_heads(path))) == 1
        assert lost_head(session, path) is None
    make_anew(factory)
    assert broken(factory) == []
    with factory() as session:
        lost = lost_head(session, path)
    assert lost is not None
    assert lost.place == 3


def test_lines_taken_from_the_end_are_missed_by_what_was_noted_outside(
    factory: SessionFactory, tmp_path: Path
) -> None:
    path = tmp_path / "trail"
    add_lines(factory)
    with factory() as session:
        note_head(session, path, NOW)
    by_hand(factory, "delete from event where place = 3")
    assert broken(factory) == []
    with factory() as session:
        assert lost_head(session, path) is not None
    begin_anew(path, NOW)
    with factory() as session:
        assert lost_head(session, path) is None
    assert [each.name for each in tmp_path.glob("trail*")] == ["trail.20260402T103000"]
