"""Insights: logged once, read by machine, corrected until answered, taken back, and never among stories."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, Conflict, InvolveError, NotAllowed, NotFound, TextRefused
from involve.models import Event, Insight, InsightTag
from involve.services.insights.insight_draft import InsightDraft, check_draft
from involve.services.insights.insights import (
    correct_insight,
    habits_of,
    list_logging,
    list_own,
    log_insight,
    notice_personal,
    read_own,
    withdraw_insight,
)
from involve.services.projects.projects import find_project
from involve.services.staff.access import RULES, Actor
from involve.vocabulary.roles import ROLES
from tests.factories import CODE_KEY, NOW, make_project, make_staff
from tests.services.insights.heard import ENGLISH, WELSH

HARM = "Three mothers told me that their partner hits them and they are afraid to go home."


@pytest.fixture
def worker(factory: SessionFactory) -> Actor:
    """A front-line worker of a body with two projects, beside a worker of another body."""
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "swn")
        make_project(session, "arall", body="corff-arall")
        make_staff(session, "worker", "corff-arall")
        return make_staff(session, "worker")


def log(
    factory: SessionFactory, actor: Actor, text: str = ENGLISH, client_id: UUID | None = None, **said: Any
) -> int:
    with transaction(factory) as session:
        draft = InsightDraft(**{"project": "bywyd-da", "text": text, **said})
        return log_insight(session, actor, draft, client_id or uuid4(), NOW, CODE_KEY)


def count(factory: SessionFactory, table: type) -> int:
    with factory() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (WELSH, "cy")])
def test_an_insight_is_kept_and_read_by_machine(
    factory: SessionFactory, worker: Actor, text: str, language: str
) -> None:
    insight_id = log(factory, worker, f"  {text}\r\n", band="few", how="own", area="W06000001", idea="A van.")
    with factory() as session:
        kept = read_own(session, worker, insight_id)
    assert (kept.text, kept.language) == (text, language)
    assert (kept.band, kept.how, kept.area, kept.idea) == ("few", "own", "W06000001", "A van.")
    assert kept.by == "Mair"
    assert kept.tags
    assert all(text[start:end].strip() for tag in kept.tags for start, end in tag.passages)


def test_a_repeat_of_the_same_sending_adds_nothing(factory: SessionFactory, worker: Actor) -> None:
    client_id = uuid4()
    first = log(factory, worker, client_id=client_id)
    events = count(factory, Event)
    assert log(factory, worker, client_id=client_id) == first
    assert (count(factory, Insight), count(factory, Event)) == (1, events)
    assert log(factory, worker) != first


def test_the_same_sending_with_other_words_is_no_repeat(factory: SessionFactory, worker: Actor) -> None:
    client_id = uuid4()
    log(factory, worker, client_id=client_id)
    with pytest.raises(Conflict):
        log(factory, worker, WELSH, client_id=client_id)
    with transaction(factory) as session:
        colleague = make_staff(session, "worker")
    with pytest.raises(Conflict):
        log(factory, colleague, client_id=client_id)


def test_what_breaks_a_rule_is_not_kept(factory: SessionFactory, worker: Actor) -> None:
    wrong: list[tuple[dict[str, Any], type[InvolveError]]] = [
        ({"text": " \n"}, TextRefused),
        ({"text": "a" * 2_001}, TextRefused),
        ({"text": "a\0b"}, TextRefused),
        ({"idea": "a\ud800b"}, TextRefused),
        ({"idea": "a" * 1_001}, BadInput),
        ({"people": 0}, BadInput),
        ({"people": 10**9}, BadInput),
        ({"band": "dozens"}, BadInput),
        ({"how": "dreamt"}, BadInput),
        ({"area": "W99"}, BadInput),
        ({"project": "dim"}, NotFound),
        ({"project": "arall"}, NotFound),
    ]
    for said, error in wrong:
        with pytest.raises(error):
            log(factory, worker, **said)
    assert count(factory, Insight) == 0


@pytest.mark.parametrize(
    ("people", "band"), [(1, "one"), (5, "few"), (6, "some"), (20, "some"), (21, "many")]
)
def test_a_number_of_people_gives_its_band(people: int, band: str) -> None:
    assert check_draft(InsightDraft("bywyd-da", ENGLISH, people=people, band="one")).band == band


def test_only_roles_that_log_insights_log_them(factory: SessionFactory, worker: Actor) -> None:
    for role in ROLES:
        with transaction(factory) as session:
            actor = make_staff(session, role.id)
        if role.id in RULES["log_insight"]:
            assert log(factory, actor)
        else:
            with pytest.raises(NotAllowed):
                log(factory, actor)


def test_what_was_chosen_last_is_offered_next(factory: SessionFactory, worker: Actor) -> None:
    with factory() as session:
        assert habits_of(session, worker).project is None
    log(factory, worker, project="swn", area="W06000002", wants_letter=True)
    with factory() as session:
        habits = habits_of(session, worker)
    assert (habits.project, habits.area, habits.wants_letter) == ("swn", "W06000002", True)


def test_an_archived_project_takes_no_more(factory: SessionFactory, worker: Actor) -> None:
    with transaction(factory) as session:
        find_project(session, "swn").archived_at = NOW
    with factory() as session:
        assert [slug for slug, _name in list_logging(session, worker)] == ["bywyd-da"]


def test_a_correction_is_read_anew(factory: SessionFactory, worker: Actor) -> None:
    insight_id = log(factory, worker)
    other_id = log(factory, worker)
    with transaction(factory) as session:
        draft = InsightDraft("bywyd-da", "Mae’r llyfrgell ar gau, meddai pobl, a does unman cynnes.")
        correct_insight(session, worker, insight_id, draft, NOW)
    with factory() as session:
        corrected, other = (read_own(session, worker, each) for each in (insight_id, other_id))
    assert (corrected.language, corrected.corrected) == ("cy", True)
    assert all(end <= len(corrected.text) for tag in corrected.tags for _start, end in tag.passages)
    assert (other.text, other.corrected) == (ENGLISH, False)


def test_what_is_taken_back_is_gone_and_a_repeat_does_not_bring_it_back(
    factory: SessionFactory, worker: Actor
) -> None:
    client_id = uuid4()
    insight_id = log(factory, worker, client_id=client_id, area="W06000001", idea="A van.", people=7)
    kept_id = log(factory, worker, WELSH)
    with transaction(factory) as session:
        withdraw_insight(session, worker, insight_id, NOW)
    with factory() as session:
        row = session.get_one(Insight, insight_id)
        assert (row.text, row.idea, row.area, row.people, row.keys) == ("", None, None, None, "")
        tags = select(func.count()).select_from(InsightTag).where(InsightTag.insight_id == insight_id)
        assert session.scalar(tags) == 0
        assert [each.id for each in list_own(session, worker)] == [kept_id]
        with pytest.raises(NotFound):
            read_own(session, worker, insight_id)
    with pytest.raises(Conflict):
        log(factory, worker, client_id=client_id, area="W06000001", idea="A van.", people=7)


def test_nobody_reads_corrects_or_deletes_what_a_colleague_logged(
    factory: SessionFactory, worker: Actor
) -> None:
    insight_id = log(factory, worker)
    with transaction(factory) as session:
        colleague = make_staff(session, "administrator")
        assert list_own(session, colleague) == ()
        for act in (
            lambda: read_own(session, colleague, insight_id),
            lambda: withdraw_insight(session, colleague, insight_id, NOW),
            lambda: correct_insight(session, colleague, insight_id, InsightDraft("bywyd-da", "x"), NOW),
        ):
            with pytest.raises(NotFound):
                act()


def test_events_hold_no_words(factory: SessionFactory, worker: Actor) -> None:
    insight_id = log(factory, worker)
    with transaction(factory) as session:
        correct_insight(session, worker, insight_id, InsightDraft("bywyd-da", WELSH), NOW)
        withdraw_insight(session, worker, insight_id, NOW)
    with factory() as session:
        events = session.scalars(select(Event).where(Event.subject == "insight").order_by(Event.id)).all()
    assert [event.kind for event in events] == ["insight_logged", "insight_corrected", "insight_withdrawn"]
    assert all(event.user_id == worker.user_id and not event.detail for event in events)


def test_words_of_harm_are_marked(factory: SessionFactory, worker: Actor) -> None:
    safe, harm = log(factory, worker), log(factory, worker, HARM)
    with factory() as session:
        assert [read_own(session, worker, each).at_risk for each in (safe, harm)] == [False, True]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mrs Price from 12 School Road keeps asking.", True),
        ("Mae Gwenllian Jones yn ffonio o 07700 900123.", True),
        (ENGLISH, False),
        (WELSH, False),
    ],
)
def test_words_that_may_name_someone_are_noticed(text: str, found: bool) -> None:
    assert bool(notice_personal(text)) == found
