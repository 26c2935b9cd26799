"""Insights that are erased: by their author, by the clock of their project, and again after a back-up is restored."""

from datetime import date
from pathlib import Path

from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.models import Insight, Project, Stage
from involve.services.backups.replay import catch_up, replay_withdrawals
from involve.services.backups.withdrawals import WITHDRAWN, WithdrawalList
from involve.services.insights.insight_erasing import list_due_insights, purge_insight
from involve.services.insights.insights import list_own, withdraw_insight
from involve.services.projects.privacy import change_privacy
from involve.vocabulary.days import ENDLESS
from tests.factories import CODE_KEY, NOW, make_project, make_staff
from tests.services.insights.heard import ENGLISH, WELSH, log
from tests.services.projects.test_privacy import PRIVACY

# The project is answered sixty days after NOW, on 1 June 2026, and keeps words for two years.
LAST_DAY = date(2028, 6, 1)
DAY_BEFORE = date(2028, 5, 31)


def test_words_go_when_the_project_has_kept_them_long_enough_and_no_sooner(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        for slug in ("bywyd-da", "arall"):
            make_project(session, slug)
        admin = make_staff(session, "administrator")
        change_privacy(session, admin, "bywyd-da", PRIVACY, NOW)
        change_privacy(session, admin, "arall", {**PRIVACY, "keep_months": "36"}, NOW)
    due, other = log(factory, admin), log(factory, admin, WELSH, project="arall")
    with transaction(factory) as session:
        assert list(list_due_insights(session, DAY_BEFORE)) == []
        assert [each.insight_id for each in list_due_insights(session, LAST_DAY)] == [due]
        assert list(list_due_insights(session, LAST_DAY, "arall")) == []
        assert purge_insight(session, due, NOW)
        assert purge_insight(session, due, NOW) is None
        assert list(list_due_insights(session, LAST_DAY)) == []
        assert [each.id for each in list_own(session, admin)] == [other]


def test_where_a_dialogue_has_no_end_each_has_a_clock_of_its_own(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        stage = session.scalars(select(Stage)).one()
        stage.closes_on = stage.answer_by = ENDLESS
        admin = make_staff(session, "administrator")
        change_privacy(session, admin, "bywyd-da", PRIVACY, NOW)
    insight_id = log(factory, admin)
    with factory() as session:
        assert list(list_due_insights(session, date(2028, 4, 1))) == []
        assert [each.insight_id for each in list_due_insights(session, date(2028, 4, 2))] == [insight_id]


def test_a_restored_back_up_does_not_bring_back_what_was_deleted(
    factory: SessionFactory, tmp_path: Path
) -> None:
    withdrawals = WithdrawalList(tmp_path / "list", CODE_KEY)
    with transaction(factory) as session:
        make_project(session)
        worker = make_staff(session, "worker")
    gone, kept = log(factory, worker), log(factory, worker, WELSH)
    with transaction(factory) as session:
        withdrawals.note(WITHDRAWN, withdraw_insight(session, worker, gone, NOW), NOW)
        # As a back-up from before would have it.
        row = session.get_one(Insight, gone)
        row.text, row.withdrawn_at = ENGLISH, None
    with transaction(factory) as session:
        assert replay_withdrawals(session, withdrawals, NOW).withdrawn == 1
        assert replay_withdrawals(session, withdrawals, NOW).withdrawn == 0
        assert session.get_one(Insight, gone).text == ""
        assert session.get_one(Insight, kept).text == WELSH
        assert session.scalars(select(Project.id)).all()


def test_the_list_catches_up_with_what_the_database_knows(factory: SessionFactory, tmp_path: Path) -> None:
    withdrawals = WithdrawalList(tmp_path / "list", CODE_KEY)
    with transaction(factory) as session:
        make_project(session)
        worker = make_staff(session, "worker")
    gone = log(factory, worker)
    log(factory, worker, WELSH)
    with transaction(factory) as session:
        withdraw_insight(session, worker, gone, NOW)
        assert (catch_up(session, withdrawals), catch_up(session, withdrawals)) == (1, 0)
