"""Continuous dialogues over real rows: each story within its days, a report in each period, and an open end."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotAllowed, NotFound, StageClosed
from involve.models import Stage
from involve.services.moderation.replies import reply_to_stories
from involve.services.projects.projects import get_project, list_projects
from involve.services.promises.dialogues import end_dialogue
from involve.services.promises.promises import KnownDuty, show_exact_promise
from involve.services.tellers.my_story import show_my_story
from involve.vocabulary.days import ENDLESS, day_of
from tests.factories import NOW, make_project, make_staff, make_story

TODAY = day_of(NOW)


@pytest.fixture
def stage_id(factory: SessionFactory) -> int:
    """The stage of a dialogue that opened ten days ago: answers within 30 days, a report every three months."""
    with transaction(factory) as session:
        make_project(session)
        stage = session.scalars(select(Stage)).one()
        stage.closes_on = stage.answer_by = ENDLESS
        stage.answer_days, stage.report_months = 30, 3
        return stage.id


def duties(session: Session, day: date) -> dict[str, KnownDuty]:
    promise = show_exact_promise(session, "bywyd-da", day)
    return {known.state.duty.id: known for known in promise.stages[0].duties}


def test_it_takes_stories_years_later_and_says_when_each_is_answered(
    factory: SessionFactory, stage_id: int
) -> None:
    later = NOW + timedelta(days=1000)
    with transaction(factory) as session:
        receipt = make_story(session, now=later)
        stage = get_project(session, "bywyd-da", day_of(later)).current
        assert (stage.progress, stage.closes_on) == ("open", None)
        assert stage.answer_by == day_of(later) + timedelta(days=30)
        assert show_my_story(session, receipt.story_id, later).answer_by == stage.answer_by
        assert stage.report_by >= day_of(later)
        assert [each.slug for each in list_projects(session, day_of(later))] == ["bywyd-da"]


def test_a_story_that_waits_too_long_is_late_until_it_is_answered_and_stays_marked(
    factory: SessionFactory, stage_id: int
) -> None:
    with transaction(factory) as session:
        decider = make_staff(session, "decision_maker")
        first, second = make_story(session), make_story(session, now=NOW + timedelta(days=20))
        assert duties(session, TODAY + timedelta(days=30))["answer"].state.state == "due"
        late = duties(session, TODAY + timedelta(days=33))["answer"].state
        assert (late.state, late.days, late.done, late.wanted) == ("late", 3, 0, 2)
        reply_to_stories(
            session,
            decider,
            [first.reference],
            "Diolch.",
            "Thank you.",
            NOW + timedelta(days=33),
            public=True,
        )
        marked = duties(session, TODAY + timedelta(days=34))["answer"].state
        assert (marked.state, marked.days, marked.done) == ("kept_late", 3, 1)
        assert duties(session, TODAY + timedelta(days=51))["answer"].state.state == "late"
        reply_to_stories(session, decider, [second.reference], "", "Thank you.", NOW + timedelta(days=40))
        assert duties(session, TODAY + timedelta(days=51))["answer"].state.state == "kept_late"


def test_a_public_answer_is_the_report_of_its_period_and_of_no_other(
    factory: SessionFactory, stage_id: int
) -> None:
    with transaction(factory) as session:
        decider = make_staff(session, "decision_maker")
        told = make_story(session)
        assert duties(session, TODAY)["report_back"].state.state == "due"
        reply_to_stories(session, decider, [told.reference], "Diolch.", "Thank you.", NOW, public=True)
        assert duties(session, TODAY)["report_back"].state.state == "kept"
        assert duties(session, TODAY + timedelta(days=100))["report_back"].state.state == "due"
        assert duties(session, TODAY + timedelta(days=190))["report_back"].state.state == "late"


def test_it_ends_on_a_day_that_people_can_see_coming(factory: SessionFactory, stage_id: int) -> None:
    with transaction(factory) as session:
        decider = make_staff(session, "decision_maker")
        for days in (13, -400):
            with pytest.raises(BadInput):
                end_dialogue(session, decider, stage_id, TODAY + timedelta(days=days), NOW)
        with pytest.raises(BadInput):
            end_dialogue(session, decider, stage_id, date.max, NOW)
        with pytest.raises(NotAllowed):
            end_dialogue(session, make_staff(session, "moderator"), stage_id, TODAY + timedelta(days=20), NOW)
        end_dialogue(session, decider, stage_id, TODAY + timedelta(days=14), NOW)
        assert get_project(session, "bywyd-da", TODAY).current.closes_on == TODAY + timedelta(days=14)
        make_story(session, now=NOW + timedelta(days=14))
        with pytest.raises(StageClosed):
            make_story(session, now=NOW + timedelta(days=15))
        with pytest.raises(BadInput):
            end_dialogue(session, decider, stage_id, TODAY + timedelta(days=90), NOW + timedelta(days=15))


def test_a_stage_that_closes_by_its_dates_is_not_ended(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        with pytest.raises(NotFound):
            end_dialogue(session, make_staff(session, "decision_maker"), 1, TODAY + timedelta(days=20), NOW)


def test_a_dialogue_is_not_too_late_to_ask_because_it_never_planned(
    factory: SessionFactory, stage_id: int
) -> None:
    with transaction(factory) as session:
        stage = session.get_one(Stage, stage_id)
        stage.kind = "implementation"
        session.flush()
        assert not show_exact_promise(session, "bywyd-da", TODAY).late_to_ask
        stage.closes_on, stage.answer_by = TODAY + timedelta(days=20), TODAY + timedelta(days=60)
        stage.answer_days = stage.report_months = None
        session.flush()
        assert show_exact_promise(session, "bywyd-da", TODAY).late_to_ask
