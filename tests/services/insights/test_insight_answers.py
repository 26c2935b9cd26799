"""Answers to insights: to one or several, in the languages of those who logged them, once, and seen as new."""

from typing import Any

import pytest
from sqlalchemy import func, select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, InvolveError, LanguageMissing, NotAllowed, NotFound
from involve.models import Decision, Event, InsightAnswer, InsightTold, Letter, Stage
from involve.services.deciding.decisions import DecisionDraft, draft_decision
from involve.services.insights.insight_answers import (
    AnswerDraft,
    InsightFilter,
    answer_insights,
    count_unanswered,
    list_insights,
    open_answering,
    read_insight,
)
from involve.services.insights.insight_draft import InsightDraft
from involve.services.insights.insight_figures import count_reach
from involve.services.insights.insights import (
    InsightAnswered,
    correct_insight,
    count_unread,
    list_own,
    note_answers_read,
    withdraw_insight,
)
from involve.services.staff.access import RULES, Actor
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.roles import ROLES
from tests.factories import NOW, make_project, make_staff
from tests.services.insights.heard import WELSH, log, worker_who_reads

HEARD = AnswerDraft("heard")
BOTH = AnswerDraft("looking", "Rydym yn edrych ar hyn.", "We are looking at this.")


@pytest.fixture
def decider(factory: SessionFactory) -> Actor:
    """A decision-maker of a body with two projects, beside one of another body."""
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "swn")
        make_project(session, "arall", body="corff-arall")
        return make_staff(session, "decision_maker")


@pytest.fixture
def worker(factory: SessionFactory, decider: Actor) -> Actor:
    """Who logs, and reads English."""
    return worker_who_reads(factory, "en")


def answer(factory: SessionFactory, actor: Actor, *ids: int, draft: AnswerDraft = HEARD) -> tuple[int, ...]:
    with transaction(factory) as session:
        return answer_insights(session, actor, ids, draft, NOW)


def count(factory: SessionFactory, table: type) -> int:
    with factory() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_oldest_stand_first_and_filters_keep_what_was_asked_for(
    factory: SessionFactory, decider: Actor, worker: Actor
) -> None:
    first = log(factory, worker, area="W06000001")
    second = log(factory, worker, WELSH, area="W06000002")
    third = log(factory, worker, project="swn")
    answer(factory, decider, first)
    with transaction(factory) as session:
        stranger = make_staff(session, "decision_maker", "corff-arall")

        def found(actor: Actor = decider, **wanted: Any) -> list[int]:
            return [each.id for each in list_insights(session, actor, InsightFilter(**wanted))]

        assert found() == [first, second, third]
        assert found(unanswered=True) == [second, third]
        assert found(project="swn") == [third]
        assert found(area="W06000002") == [second]
        assert found(project="arall") == found(area="W99") == found(stranger) == []
        assert [count_unanswered(session, each) for each in (decider, stranger, worker)] == [2, 0, 0]


def test_one_answer_goes_to_several_and_is_new_to_their_authors(
    factory: SessionFactory, decider: Actor, worker: Actor
) -> None:
    other = worker_who_reads(factory, "cy")
    ids = [log(factory, worker), log(factory, worker, WELSH), log(factory, other)]
    beside = log(factory, worker)
    answer(factory, decider, *ids, draft=BOTH)
    assert (count(factory, InsightAnswer), count(factory, InsightTold)) == (1, 3)
    with transaction(factory) as session:
        mine = list_own(session, worker)
        assert [(each.id, each.outcome, each.new) for each in mine] == [
            (ids[1], "looking", True),
            (ids[0], "looking", True),
            (beside, None, False),
        ]
        assert mine[0].answers[0].in_language("cy") == ("Rydym yn edrych ar hyn.", "cy")
        assert (count_unread(session, worker), count_unread(session, other)) == (2, 1)
        note_answers_read(session, other, [*ids, beside], NOW)
        assert (count_unread(session, worker), count_unread(session, other)) == (2, 0)


def test_the_same_answer_twice_tells_nobody_twice(
    factory: SessionFactory, decider: Actor, worker: Actor
) -> None:
    insight_id = log(factory, worker, wants_letter=True)
    assert len(answer(factory, decider, insight_id, draft=BOTH)) == 1
    events = count(factory, Event)
    assert answer(factory, decider, insight_id, draft=BOTH) == ()
    assert (count(factory, InsightTold), count(factory, Letter), count(factory, Event)) == (1, 1, events)
    answer(factory, decider, insight_id, draft=AnswerDraft("changed"))
    with factory() as session:
        [insight] = list_own(session, worker)
    assert [each.outcome for each in insight.answers] == ["changed", "looking"]
    assert insight.reached


def test_words_stand_in_each_language_that_an_author_reads(
    factory: SessionFactory, decider: Actor, worker: Actor
) -> None:
    english = log(factory, worker)
    welsh = log(factory, worker_who_reads(factory, "cy"))
    only_english = AnswerDraft("looking", "", "We are looking at this.")
    answer(factory, decider, english, draft=only_english)
    with pytest.raises(LanguageMissing, match="cy"):
        answer(factory, decider, english, welsh, draft=only_english)
    answer(factory, decider, english, welsh)
    with factory() as session:
        assert open_answering(session, decider, [english, welsh]).needed == {"cy": 1, "en": 1}


def test_what_breaks_a_rule_answers_nobody(factory: SessionFactory, decider: Actor, worker: Actor) -> None:
    insight_id, other = log(factory, worker), log(factory, worker, project="swn")
    stage = Bilingual("Penderfyniad", "Decision")
    with transaction(factory) as session:
        stages = session.scalars(select(Stage.id).order_by(Stage.id)).all()
        elsewhere = draft_decision(session, decider, stages[1], DecisionDraft(stage, stage, stage), NOW)
    wrong: list[tuple[tuple[int, ...], AnswerDraft, type[InvolveError]]] = [
        ((), HEARD, BadInput),
        ((insight_id, other), HEARD, BadInput),
        ((insight_id,), AnswerDraft("ignored"), BadInput),
        ((insight_id,), AnswerDraft("cannot"), BadInput),
        ((insight_id,), AnswerDraft("heard", "x" * 2_001, "x"), BadInput),
        ((insight_id,), AnswerDraft("heard", "", "a\0b"), BadInput),
        ((insight_id,), AnswerDraft("decided", decision_id=elsewhere), BadInput),
        ((insight_id,), AnswerDraft("decided", decision_id=10**12), BadInput),
        ((10**12,), HEARD, NotFound),
    ]
    for ids, draft, error in wrong:
        with pytest.raises(error):
            answer(factory, decider, *ids, draft=draft)
    assert count(factory, InsightAnswer) == 0


def test_who_may_answer_and_read_is_said_by_the_rules(
    factory: SessionFactory, decider: Actor, worker: Actor
) -> None:
    insight_id = log(factory, worker)
    for role in ROLES:
        with transaction(factory) as session:
            actor = make_staff(session, role.id)
            stranger = make_staff(session, role.id, "corff-arall")
            for may, act in (
                (role.id in RULES["read_insights"], lambda who: read_insight(session, who, insight_id, NOW)),
                (
                    role.id in RULES["answer_insights"],
                    lambda who: answer_insights(session, who, [insight_id], HEARD, NOW),
                ),
            ):
                if may:
                    act(actor)
                else:
                    with pytest.raises(NotAllowed):
                        act(actor)
                with pytest.raises(NotFound):
                    act(stranger)


def test_a_decision_is_named_once_it_is_published(
    factory: SessionFactory, decider: Actor, worker: Actor
) -> None:
    insight_id, words = log(factory, worker), Bilingual("Bws nos", "Night bus")
    with transaction(factory) as session:
        stage_id = session.scalars(select(Stage.id).order_by(Stage.id)).first() or 0
        decision_id = draft_decision(session, decider, stage_id, DecisionDraft(words, words, words), NOW)
    answer(factory, decider, insight_id, draft=AnswerDraft("decided", decision_id=decision_id))
    with factory() as session:
        assert list_own(session, worker)[0].answers[0].decision is None
    with transaction(factory) as session:
        decision = session.get_one(Decision, decision_id)
        decision.state, decision.published_at = "published", NOW
    with factory() as session:
        assert list_own(session, worker)[0].answers[0].decision == words


def test_an_answered_insight_is_not_changed_and_its_author_may_still_delete_it(
    factory: SessionFactory, decider: Actor, worker: Actor
) -> None:
    alone, shared, other = log(factory, worker), log(factory, worker, WELSH), log(factory, worker)
    answer(factory, decider, alone, draft=BOTH)
    answer(factory, decider, shared, other, draft=BOTH)
    with transaction(factory) as session, pytest.raises(InsightAnswered):
        correct_insight(session, worker, alone, InsightDraft("bywyd-da", "Other words."), NOW)
    for insight_id in (alone, shared):
        with transaction(factory) as session:
            withdraw_insight(session, worker, insight_id, NOW)
    # The answer to one alone may repeat it; the one that somebody else was given stays.
    assert (count(factory, InsightAnswer), count(factory, InsightTold)) == (1, 1)
    with factory() as session:
        assert [each.id for each in list_insights(session, decider, InsightFilter())] == [other]


def test_a_letter_goes_to_each_author_who_wants_one_and_says_nothing_of_it(
    factory: SessionFactory, decider: Actor, worker: Actor
) -> None:
    silent = worker_who_reads(factory, "cy")
    ids = [log(factory, worker, wants_letter=True), log(factory, worker, WELSH, wants_letter=True)]
    jobs = answer(factory, decider, *ids, log(factory, silent), draft=BOTH)
    assert len(jobs) == 1
    with factory() as session:
        [letter] = session.scalars(select(Letter))
        assert (letter.kind, letter.user_id, letter.detail) == ("insight_answered", worker.user_id, {})


def test_reading_somebody_elses_is_an_event_without_words(
    factory: SessionFactory, decider: Actor, worker: Actor
) -> None:
    insight_id = log(factory, worker)
    with transaction(factory) as session:
        read_insight(session, decider, insight_id, NOW)
    answer(factory, decider, insight_id, draft=BOTH)
    with factory() as session:
        events = session.scalars(select(Event).where(Event.user_id == decider.user_id).order_by(Event.id))
        seen = [(event.kind, event.detail) for event in events if event.subject == "insight"]
    assert seen == [("insight_viewed", {}), ("insight_answered", {"outcome": "looking"})]


def test_how_often_insight_reached_a_decision_counts_each_once_and_no_other_body(
    factory: SessionFactory, decider: Actor, worker: Actor
) -> None:
    ids = [log(factory, worker) for _each in range(4)]
    gone = log(factory, worker)
    with transaction(factory) as session:
        stranger = make_staff(session, "administrator", "corff-arall")
    log(factory, stranger, project="arall")
    answer(factory, decider, ids[0], ids[1], gone, draft=AnswerDraft("decided"))
    answer(factory, decider, ids[0], draft=AnswerDraft("changed"))
    answer(factory, decider, ids[1], ids[2])
    with transaction(factory) as session:
        withdraw_insight(session, worker, gone, NOW)
    with factory() as session:
        for actor in (decider, worker):
            [figures] = count_reach(session, actor)
            assert (figures.logged, figures.answered, figures.reached) == (4, 3, 2)
