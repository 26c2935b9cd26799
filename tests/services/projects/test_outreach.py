"""Outreach over real rows: what can be logged, by whom, who sees it, and how an entry is taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotAllowed, NotFound
from involve.models import Event, Outreach
from involve.services.projects.outreach import (
    OutreachTotal,
    Work,
    list_outreach,
    log_outreach,
    remove_outreach,
    total_outreach,
)
from involve.services.staff.access import RULES
from involve.vocabulary.roles import ROLES
from tests.factories import NOW, make_project, make_staff, make_story

TODAY = NOW.date()
WORK = Work(TODAY, people=3, minutes=95, expenses_pence=1250, time_credits=2, note="Neuadd y pentref")


@pytest.fixture
def sessions(factory: SessionFactory) -> SessionFactory:
    """Sessions on a database with a project."""
    with transaction(factory) as session:
        make_project(session)
    return factory


def test_entries_are_kept_listed_by_day_and_added_up(sessions: SessionFactory) -> None:
    with transaction(sessions) as session:
        actor = make_staff(session, "intermediary")
        log_outreach(session, actor, "bywyd-da", WORK, NOW)
        log_outreach(session, actor, "bywyd-da", Work(TODAY - timedelta(days=1), minutes=30), NOW)
    with sessions() as session:
        entries = list_outreach(session, actor, "bywyd-da")
    assert [entry.work for entry in entries] == [WORK, Work(TODAY - timedelta(days=1), minutes=30)]
    assert {(entry.by, entry.mine) for entry in entries} == {("Mair", True)}
    assert total_outreach(entries) == OutreachTotal(3, 125, 1250, 2)
    assert total_outreach(()) == OutreachTotal(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"on_day": TODAY + timedelta(days=1)}, "future"),
        ({"on_day": date(26, 4, 2)}, "day"),
        ({"minutes": 1441}, "minutes"),
        ({"minutes": -1}, "minutes"),
        ({"expenses_pence": 1_000_001}, "expenses"),
        ({"people": 10_001}, "people"),
        ({"time_credits": 10_001}, "credits"),
        ({"note": "x" * 1_001}, "note"),
        ({"people": 0, "minutes": 0, "expenses_pence": 0, "time_credits": 0}, "nothing"),
    ],
)
def test_what_cannot_be_is_refused_and_named(
    sessions: SessionFactory, changed: dict[str, object], code: str
) -> None:
    with transaction(sessions) as session:
        actor = make_staff(session, "worker")
        with pytest.raises(BadInput, match=f"^{code}$"):
            log_outreach(session, actor, "bywyd-da", replace(WORK, **changed), NOW)  # type: ignore[arg-type]
        assert list_outreach(session, actor, "bywyd-da") == ()


def test_a_form_sent_twice_is_logged_once_and_somebody_elses_like_it_is_theirs(
    sessions: SessionFactory,
) -> None:
    with transaction(sessions) as session:
        first, second = make_staff(session, "worker"), make_staff(session, "intermediary")
        log_outreach(session, first, "bywyd-da", WORK, NOW)
        with pytest.raises(BadInput, match="repeat"):
            log_outreach(session, first, "bywyd-da", replace(WORK, note=f" {WORK.note} "), NOW)
        log_outreach(session, second, "bywyd-da", WORK, NOW)
        assert len(list_outreach(session, second, "bywyd-da")) == 1
        assert len(list_outreach(session, make_staff(session, "decision_maker"), "bywyd-da")) == 2


@pytest.mark.parametrize("role", [role.id for role in ROLES])
def test_only_some_roles_log_and_only_in_their_own_body(sessions: SessionFactory, role: str) -> None:
    with transaction(sessions) as session:
        stranger = make_staff(session, "administrator", body="corff-arall")
        with pytest.raises(NotFound):
            log_outreach(session, stranger, "bywyd-da", WORK, NOW)
        actor = make_staff(session, role)
        if role in RULES["log_outreach"]:
            assert log_outreach(session, actor, "bywyd-da", WORK, NOW)
            return
        with pytest.raises(NotAllowed):
            log_outreach(session, actor, "bywyd-da", WORK, NOW)
        with pytest.raises(NotAllowed):
            list_outreach(session, actor, "bywyd-da")


def test_one_takes_back_ones_own_entry_and_nobody_elses(sessions: SessionFactory) -> None:
    with transaction(sessions) as session:
        mine, other = make_staff(session, "worker"), make_staff(session, "administrator")
        entry = log_outreach(session, mine, "bywyd-da", WORK, NOW)
        for wrong in (entry, 99, 2**40):
            with pytest.raises(NotFound):
                remove_outreach(session, other, "bywyd-da", wrong, NOW)
        remove_outreach(session, mine, "bywyd-da", entry, NOW)
        with pytest.raises(NotFound):
            remove_outreach(session, mine, "bywyd-da", entry, NOW)
        assert list_outreach(session, other, "bywyd-da") == ()
        kinds = session.scalars(
            select(Event.kind).where(Event.subject == "outreach").order_by(Event.id)
        ).all()
    assert kinds == ["outreach_logged", "outreach_removed"]


@pytest.mark.parametrize("column", ["people", "minutes", "expenses_pence", "time_credits"])
def test_the_database_refuses_less_than_nothing(sessions: SessionFactory, column: str) -> None:
    with sessions() as session:
        log_outreach(session, make_staff(session, "worker"), "bywyd-da", WORK, NOW)
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(f"update outreach set {column} = -1"))


def test_an_entry_knows_no_story_and_no_story_waits_for_one(sessions: SessionFactory) -> None:
    assert not any("story" in key.target_fullname for key in Outreach.__table__.foreign_keys)
    with transaction(sessions) as session:
        assert make_story(session).code
