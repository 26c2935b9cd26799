"""The promise clock over real rows: what a rung owes, what was kept, what is late, and what a body may not hide."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, LanguageMissing, NotAllowed, NotFound
from involve.models import Event, Stage
from involve.services.deciding.panel import offer_seat
from involve.services.moderation.replies import reply_to_stories, unanswered_stories
from involve.services.promises.promises import KnownDuty, list_promises, show_exact_promise
from involve.services.promises.rungs import RungNotPromised, RungWithoutMeans, change_rung, explain_duty
from involve.services.returns.accounts import list_returns
from involve.services.tellers.my_story import show_my_story, withdraw_story
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW, make_project, make_staff, make_story

WHY = Bilingual("Nid oes amser i wneud mwy.", "There is no time to do more.")
ANSWER_DAY = (NOW + timedelta(days=60)).date()


def duties(session: Session, day: int = 0, slug: str = "bywyd-da") -> dict[str, KnownDuty]:
    """Return the duties of the only stage, by id, as they stand that many days after now."""
    promise = show_exact_promise(session, slug, (NOW + timedelta(days=day)).date())
    return {known.state.duty.id: known for known in promise.stages[0].duties}


def stage_of(session: Session) -> Stage:
    stage = session.scalar(select(Stage))
    assert stage is not None
    return stage


@pytest.fixture
def told(factory: SessionFactory) -> list[str]:
    """Two stories in an open stage that consults."""
    with transaction(factory) as session:
        make_project(session)
        return [make_story(session).reference, make_story(session).reference]


def test_a_consultation_owes_notice_answers_and_a_report(factory: SessionFactory, told: list[str]) -> None:
    with transaction(factory) as session:
        found = duties(session)
        assert list(found) == ["notice", "answer", "report_back"]
        # The test project was announced on the day on which it is now, ten days after it opened.
        assert found["notice"].state.state == "kept_late"
        assert (found["answer"].state.state, found["answer"].state.days) == ("due", 60)
        assert (found["answer"].state.done, found["answer"].state.wanted) == (0, 2)


def test_answers_are_counted_story_by_story_and_a_withdrawn_one_is_owed_none(
    factory: SessionFactory, told: list[str]
) -> None:
    with transaction(factory) as session:
        staff = make_staff(session)
        reply_to_stories(session, staff, told[:1], "Ateb.", "Answer.", NOW + timedelta(days=61))
        assert duties(session, 62)["answer"].state.state == "late"
        withdraw_story(session, 2, NOW)
        after = duties(session, 62)["answer"].state
        assert (after.state, after.days, after.done, after.wanted) == ("kept_late", 1, 1, 1)


def test_only_a_public_answer_reports_back(factory: SessionFactory, told: list[str]) -> None:
    with transaction(factory) as session:
        staff = make_staff(session)
        reply_to_stories(session, staff, told, "Preifat.", "Private.", NOW)
        assert duties(session, 61)["report_back"].state.state == "late"
        reply_to_stories(session, staff, told, "Cyhoeddus.", "Public.", NOW, public=True)
        assert duties(session, 61)["report_back"].state.state == "kept"


def test_an_explanation_stands_beside_the_mark_and_does_not_hide_it(
    factory: SessionFactory, told: list[str]
) -> None:
    with transaction(factory) as session:
        staff = make_staff(session, "decision_maker")
        explain_duty(session, staff, stage_of(session).id, "answer", WHY, NOW)
        explain_duty(session, staff, stage_of(session).id, "answer", Bilingual("Eto.", "Again."), NOW)
        found = duties(session, 70)["answer"]
        assert found.state.missed
        assert found.note == Bilingual("Eto.", "Again.")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (Bilingual("", "Why"), LanguageMissing),
        (Bilingual("Pam", " "), LanguageMissing),
        (Bilingual("x" * 1001, "Why"), BadInput),
    ],
)
def test_an_explanation_needs_both_languages_and_has_a_length(
    factory: SessionFactory, told: list[str], words: Bilingual, error: type[Exception]
) -> None:
    with transaction(factory) as session, pytest.raises(error):
        explain_duty(session, make_staff(session, "administrator"), 1, "answer", words, NOW)


def test_lowering_a_rung_stands_in_public_and_tells_everyone_who_took_part(
    factory: SessionFactory, told: list[str]
) -> None:
    with transaction(factory) as session:
        staff = make_staff(session, "decision_maker")
        done = change_rung(session, staff, stage_of(session).id, "iap2", "inform", WHY, NOW)
        assert done.stories == 2
        promise = show_exact_promise(session, "bywyd-da", NOW.date())
        (change,) = promise.stages[0].changes
        assert (change.before, change.after) == (("iap2", "consult"), ("iap2", "inform"))
        assert change.lowered
        assert change.reason == WHY
        assert [known.state.duty.id for known in promise.stages[0].duties] == ["notice", "report_back"]
        story = show_my_story(session, 1, NOW)
        assert [each.text for each in story.notices] == [WHY.en]
        assert story.replies == ()
        assert session.scalar(select(Event).where(Event.kind == "rung_changed")) is not None


def test_telling_people_of_a_lowered_rung_keeps_no_duty_and_answers_nobody(
    factory: SessionFactory, told: list[str]
) -> None:
    with transaction(factory) as session:
        staff = make_staff(session, "decision_maker")
        session.get_one(Stage, 1).rung = "involve"
        change_rung(session, staff, 1, "iap2", "consult", WHY, NOW)
        found = duties(session, 61)
        assert (found["answer"].state.state, found["answer"].state.done) == ("late", 0)
        assert found["report_back"].state.state == "late"
        later = NOW + timedelta(days=61)
        assert set(unanswered_stories(session, staff, "bywyd-da", later)) == set(told)
        (account,) = list_returns(session, later)
        assert account.replies == ()
        assert account.overdue


def test_a_higher_rung_needs_the_people_and_the_panel_that_keep_its_duties(
    factory: SessionFactory, told: list[str]
) -> None:
    with transaction(factory) as session:
        staff = make_staff(session, "decision_maker")
        with pytest.raises(RungWithoutMeans, match="people"):
            change_rung(session, staff, 1, "iap2", "involve", WHY, NOW)
        project = session.get_one(Stage, 1).project
        project.answerer_cy, project.answerer_en = "Ifan", "Nia"
        with pytest.raises(RungWithoutMeans, match="panel"):
            change_rung(session, staff, 1, "iap2", "collaborate", WHY, NOW)
        offer_seat(session, staff, told[0], NOW)
        change_rung(session, staff, 1, "iap2", "collaborate", WHY, NOW)
        assert not show_exact_promise(session, "bywyd-da", NOW.date()).stages[0].changes[0].lowered


def test_a_rung_without_influence_cannot_be_promised(factory: SessionFactory, told: list[str]) -> None:
    with transaction(factory) as session:
        staff = make_staff(session, "decision_maker")
        with pytest.raises(RungNotPromised):
            change_rung(session, staff, 1, "arnstein", "manipulation", WHY, NOW)
        with pytest.raises(BadInput):
            change_rung(session, staff, 1, "iap2", "consult", WHY, NOW)
        with pytest.raises(NotFound):
            change_rung(session, staff, 1, "iap2", "nothing-of-this-name", WHY, NOW)
        with pytest.raises(NotFound):
            change_rung(session, staff, 99, "iap2", "inform", WHY, NOW)


def test_only_those_who_answer_for_the_promise_change_it(factory: SessionFactory, told: list[str]) -> None:
    with transaction(factory) as session:
        for role in ("moderator", "analyst", "worker"):
            with pytest.raises(NotAllowed):
                change_rung(session, make_staff(session, role), 1, "iap2", "inform", WHY, NOW)
        elsewhere = make_staff(session, "administrator", body="corff-arall")
        # What is another body's is not there.
        with pytest.raises(NotFound):
            explain_duty(session, elsewhere, 1, "answer", WHY, NOW)


def test_totals_add_up_and_what_is_late_comes_first(factory: SessionFactory, told: list[str]) -> None:
    with transaction(factory) as session:
        make_project(session, "araf", opens=-90, closes=-60, answer=-30)
        make_project(session, "newydd", opens=30, closes=60, answer=90)
        promises = list_promises(session, NOW.date())
        assert [each.project.slug for each in promises] == ["araf", "bywyd-da", "newydd"]
        count = promises[0].count
        assert (count.kept, count.due, count.missed, count.late_now) == (1, 0, 2, 1)


def test_a_project_that_asks_only_once_it_is_carried_out_says_so(factory: SessionFactory) -> None:
    from dataclasses import replace

    from involve.services.projects.projects import add_project
    from tests.factories import make_body, make_plan

    with transaction(factory) as session:
        plan = make_plan("hwyr", make_body(session))
        late = replace(plan, stages=(replace(plan.stages[0], kind="implementation"),))
        add_project(session, late, NOW)
        make_project(session)
        assert show_exact_promise(session, "hwyr", NOW.date()).late_to_ask
        assert not show_exact_promise(session, "bywyd-da", NOW.date()).late_to_ask
