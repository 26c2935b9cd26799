"""What bodies say in public, in time or late: the promise and the account of what changed go by the same clock."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Project, Stage
from involve.services.moderation.replies import reply_to_stories
from involve.services.promises.promises import show_promise
from involve.services.promises.reports import find_reporting
from involve.services.returns.accounts import list_returns
from involve.services.tellers.my_story import withdraw_story
from involve.vocabulary.days import ENDLESS, day_of
from tests.factories import NOW, make_project, make_staff, make_story
from tests.returns import make_decision

TODAY = day_of(NOW)
ANSWER_DAY, AFTER = TODAY + timedelta(days=60), NOW + timedelta(days=61)


def decide(session: Session) -> None:
    make_decision(session)


def draft(session: Session) -> None:
    make_decision(session, "draft")


def answer_and_lose_the_teller(session: Session) -> None:
    receipt = make_story(session)
    reply_to_stories(
        session, make_staff(session), [receipt.reference], "Diolch.", "Thanks.", NOW, public=True
    )
    withdraw_story(session, receipt.story_id, NOW)


def answer_in_private(session: Session) -> None:
    reply_to_stories(session, make_staff(session), [make_story(session).reference], "", "Thanks.", NOW)


@pytest.mark.parametrize(
    ("done", "state"),
    [
        (decide, "kept"),
        (answer_and_lose_the_teller, "kept"),
        (draft, "late"),
        (answer_in_private, "late"),
    ],
)
def test_promise_and_account_agree_on_what_was_said_in_public(
    factory: SessionFactory, done: Callable[[Session], None], state: str
) -> None:
    with transaction(factory) as session:
        make_project(session)
        done(session)
        assert clocks(session) == (state, state == "late")
        (account,) = list_returns(session, AFTER)
        assert account.answer_by == ANSWER_DAY
        assert not account.awaited


def clocks(session: Session) -> tuple[str, bool]:
    """Return how the duty stands by the promise, and whether the account says that something is late."""
    (stage,) = show_promise(session, "bywyd-da", day_of(AFTER)).stages
    (state,) = [known.state.state for known in stage.duties if known.state.duty.id == "report_back"]
    return state, list_returns(session, AFTER)[0].overdue


def test_until_its_day_it_is_awaited_and_a_dialogue_owes_it_in_each_period(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        (account,) = list_returns(session, NOW)
        assert (account.awaited, account.overdue, account.answer_by) == (True, False, ANSWER_DAY)
        stage = session.scalars(select(Stage)).one()
        stage.closes_on = stage.answer_by = ENDLESS
        stage.answer_days, stage.report_months = 30, 3
        make_decision(session)
        assert dialogue(session, TODAY) == (None, None)
        assert dialogue(session, date(2026, 9, 22)) == (None, date(2026, 9, 23))
        assert dialogue(session, date(2026, 9, 24)) == (date(2026, 9, 23), None)


def dialogue(session: Session, day: date) -> tuple[date | None, date | None]:
    reporting = find_reporting(session, session.scalars(select(Project)).all(), day)[1]
    return reporting.late_since, reporting.due_on


def test_an_answer_to_an_earlier_stage_is_no_answer_to_the_one_that_asks_now(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        first = session.scalars(select(Stage)).one()
        told = make_story(session)
        first.closes_on = TODAY + timedelta(days=1)
        later = Stage(
            project_id=first.project_id, position=2, kind="implementation", ladder=first.ladder, rung=first.rung,
            question_cy="Beth nesaf?", question_en="What next?", undecided_cy="x", undecided_en="x", decided_cy="x",
            decided_en="x", opens_on=TODAY + timedelta(days=2), closes_on=TODAY + timedelta(days=20),
            answer_by=TODAY + timedelta(days=30), announced_on=TODAY,
        )  # fmt: skip
        session.add(later)
        session.flush()
        at = NOW + timedelta(days=5)
        reply_to_stories(
            session, make_staff(session), [told.reference], "Diolch.", "Thanks.", at, public=True
        )
        session.expire_all()
        (account,) = list_returns(session, NOW + timedelta(days=31))
        assert (account.overdue, account.answer_by) == (True, TODAY + timedelta(days=30))
