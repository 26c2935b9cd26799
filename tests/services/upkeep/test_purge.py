"""What was kept long enough goes: words, contact and talk; what was counted stays; back-ups do not bring it back."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import NotFound
from involve.models import Contact, Event, Project, Publication, Redaction, Remark, Reply, Stage, Story, Tag
from involve.services.backups.replay import catch_up, replay_withdrawals
from involve.services.backups.withdrawals import PUBLISHED, PURGED, WithdrawalList
from involve.services.deciding.verdicts import MyVerdict, give_verdict, show_held
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.filters import EvidenceFilter
from involve.services.moderation.moderate import redact_story
from involve.services.moderation.replies import reply_to_stories
from involve.services.projects.privacy import change_privacy
from involve.services.promises.promises import show_promise
from involve.services.snapshots.due import take_snapshot
from involve.services.stories.tell import Receipt
from involve.services.tellers.contacts import keep_contact
from involve.services.tellers.my_story import find_by_code, show_my_story, withdraw_story
from involve.services.upkeep.purge import (
    count_old_contacts,
    forget_old_contacts,
    list_due,
    purge_story,
    show_coming,
)
from involve.vocabulary.days import ENDLESS
from tests.factories import CODE_KEY, NOW, make_project, make_staff, make_story
from tests.publications import publish
from tests.services.projects.test_privacy import PRIVACY
from tests.services.rows import all_rows

SECRET = "Gwenllian at the harbour told me that the harbour bus is gone."
# The project is answered sixty days after NOW, on 1 June 2026, and keeps words for two years.
LAST_DAY = date(2028, 6, 1)


@pytest.fixture
def told(factory: SessionFactory) -> dict[str, Receipt]:
    with transaction(factory) as session:
        for slug in ("arall", "bywyd-da"):
            make_project(session, slug)
            change_privacy(session, make_staff(session, "administrator"), slug, PRIVACY, NOW)
        change_privacy(
            session, make_staff(session, "administrator"), "arall", {**PRIVACY, "keep_months": "36"}, NOW
        )
        noise = make_story(session, "arall", text="Somebody else walks by the canal.")
        receipts = {name: make_story(session, text=SECRET) for name in ("public", "private")}
        staff = make_staff(session)
        redact_story(session, staff, receipts["public"].reference, [(0, 9, "name")], NOW)
        publish(session, receipts["public"])
        for receipt in (noise, *receipts.values()):
            keep_contact(session, receipt.story_id, "someone@post.example", "en", NOW, CODE_KEY)
            reply_to_stories(session, staff, [receipt.reference], "", f"Harbour {receipt.reference}.", NOW)
            give_verdict(session, receipt.story_id, MyVerdict(changed="no", felt="consult"), NOW)
            ask(session, receipt.story_id, "Which harbour?")
        return {**receipts, "noise": noise}


def ask(session: Any, story_id: int, text: str) -> None:
    session.add(Remark(story_id=story_id, voice="staff", kind="question", text=text, language="en", at=NOW))


def due(factory: SessionFactory, day: date, slug: str | None = None) -> list[tuple[str, bool]]:
    with factory() as session:
        return [(each.reference, each.stays) for each in list_due(session, day, slug)]


def purge(factory: SessionFactory, day: date = LAST_DAY) -> None:
    with transaction(factory) as session:
        for each in list(list_due(session, day)):
            purge_story(session, each.story_id, each.stays, NOW)


def test_nothing_is_due_before_its_day_and_a_missed_purge_catches_up(
    factory: SessionFactory, told: dict[str, Receipt]
) -> None:
    assert due(factory, LAST_DAY - timedelta(days=1)) == []
    mine = [(told["public"].reference, True), (told["private"].reference, False)]
    assert due(factory, LAST_DAY) == due(factory, LAST_DAY + timedelta(days=300)) == mine
    assert due(factory, LAST_DAY, "arall") == []
    purge(factory)
    assert due(factory, LAST_DAY) == []
    assert due(factory, date(2029, 6, 1)) == [(told["noise"].reference, False)]


def test_words_contact_and_talk_are_gone_and_a_published_form_stays(
    factory: SessionFactory, told: dict[str, Receipt]
) -> None:
    purge(factory)
    with factory() as session:
        rows = all_rows(session)
        assert "Gwenllian" not in rows
        assert "Which harbour?" in rows, "the noise keeps its own"
        private = session.get_one(Story, told["private"].story_id)
        assert (private.text, private.state, private.code_hash) == ("", "withdrawn", None)
        public = session.get_one(Story, told["public"].story_id)
        [shown] = session.scalars(select(Publication)).all()
        assert shown.text == public.text
        assert "harbour bus" in shown.text
        for table in (Contact, Remark, Redaction):
            kept = session.scalars(select(table.story_id)).all()
            assert set(kept) <= {told["noise"].story_id}
        for tag in session.scalars(select(Tag).where(Tag.story_id == public.id)):
            assert all(end <= len(public.text) for _start, end in tag.passages)
        assert [
            each.reference for each in find_stories(session, EvidenceFilter(words="harbour")).stories
        ] == [told["public"].reference]
        private_answers = session.scalars(select(Reply.text_en).order_by(Reply.id)).all()
        assert private_answers == [f"Harbour {told['noise'].reference}.", "", ""]
        events = session.scalars(select(Event).where(Event.kind == "purged").order_by(Event.id)).all()
        assert [event.detail for event in events] == [{"stays": True}, {"stays": False}]


def test_who_has_a_code_can_still_take_a_published_story_back(
    factory: SessionFactory, told: dict[str, Receipt]
) -> None:
    purge(factory)
    with transaction(factory) as session:
        story_id = find_by_code(session, told["public"].code, CODE_KEY)
        assert show_my_story(session, story_id, NOW).published
        withdraw_story(session, story_id, NOW)
        assert session.scalars(select(Publication)).all() == []
        with pytest.raises(NotFound):
            find_by_code(session, told["private"].code, CODE_KEY)


def test_a_promise_that_was_missed_stays_missed_and_counts_stay(
    factory: SessionFactory, told: dict[str, Receipt]
) -> None:
    later = NOW + timedelta(days=30)
    with transaction(factory) as session:
        make_story(session, text="Nobody answered me.")
        for said in ["yes", "no"] * 4 + ["yes"]:
            give_verdict(session, make_story(session).story_id, MyVerdict(changed=said), NOW)
        take_snapshot(session, later)
    with factory() as session:
        before = show_promise(session, "bywyd-da", LAST_DAY).stages[0]
        project = session.scalars(select(Project.id).where(Project.slug == "bywyd-da")).one()
        held = show_held(session, project, "consult")
    purge(factory)
    with factory() as session:
        assert show_promise(session, "bywyd-da", LAST_DAY).stages[0] == before
        assert show_held(session, project, "consult") == held


def test_where_a_project_says_so_published_stories_go_too(
    factory: SessionFactory, told: dict[str, Receipt]
) -> None:
    with transaction(factory) as session:
        admin = make_staff(session, "administrator")
        change_privacy(session, admin, "bywyd-da", {**PRIVACY, "keep_published": "no"}, NOW)
    purge(factory)
    with factory() as session:
        assert session.scalars(select(Publication)).all() == []
        assert "Gwenllian" not in all_rows(session)
        assert "harbour bus" not in all_rows(session)


def test_in_a_dialogue_without_an_end_each_story_has_its_own_clock(
    factory: SessionFactory, told: dict[str, Receipt]
) -> None:
    with transaction(factory) as session:
        for stage in session.scalars(select(Stage)):
            stage.closes_on = stage.answer_by = ENDLESS
            stage.answer_days, stage.report_months = 30, 3
        later = make_story(session, now=NOW + timedelta(days=90), tagged=False)
    assert [reference for reference, _ in due(factory, date(2028, 5, 2), "bywyd-da")] == [
        told["public"].reference,
        told["private"].reference,
    ]
    assert later.reference in [reference for reference, _ in due(factory, date(2028, 7, 31), "bywyd-da")]


def test_staff_are_warned_a_month_before_and_told_who_has_no_answer(
    factory: SessionFactory, told: dict[str, Receipt]
) -> None:
    with transaction(factory) as session:
        make_story(session, text="Nobody answered me.")
        project = session.scalars(select(Project.id).where(Project.slug == "bywyd-da")).one()
    with factory() as session:
        assert show_coming(session, project, LAST_DAY - timedelta(days=31)) is None
        coming = show_coming(session, project, LAST_DAY - timedelta(days=30))
        assert coming is not None
        assert (coming.first, coming.stories, coming.unanswered) == (LAST_DAY, 3, 1)


def test_addresses_of_a_project_that_was_put_away_go_after_thirty_days(
    factory: SessionFactory, told: dict[str, Receipt]
) -> None:
    with transaction(factory) as session:
        session.scalars(select(Project).where(Project.slug == "bywyd-da")).one().archived_at = NOW
    with transaction(factory) as session:
        assert count_old_contacts(session, NOW + timedelta(days=30)) == 0
        assert count_old_contacts(session, NOW + timedelta(days=31), "arall") == 0
        assert forget_old_contacts(session, NOW + timedelta(days=31)) == 2
        assert session.scalars(select(Contact.story_id)).all() == [told["noise"].story_id]


def test_a_restored_backup_is_purged_again_in_the_same_way(
    factory: SessionFactory, told: dict[str, Receipt], tmp_path: Path
) -> None:
    withdrawals = WithdrawalList(tmp_path / "list", CODE_KEY)
    for name, stays in (("public", True), ("private", False)):
        withdrawals.note(PURGED, told[name].reference, NOW, frozenset({PUBLISHED} if stays else ()))
    with transaction(factory) as session:
        assert replay_withdrawals(session, withdrawals, NOW).purged == 2
    with transaction(factory) as session:
        assert replay_withdrawals(session, withdrawals, NOW).purged == 0
        assert catch_up(session, withdrawals) == 0
        assert "Gwenllian" not in all_rows(session)
        assert len(session.scalars(select(Publication)).all()) == 1


def test_a_list_that_was_lost_learns_what_time_erased(
    factory: SessionFactory, told: dict[str, Receipt], tmp_path: Path
) -> None:
    withdrawals = WithdrawalList(tmp_path / "list", CODE_KEY)
    purge(factory)
    with transaction(factory) as session:
        assert catch_up(session, withdrawals) == 2
    lines = {line.mark: (line.kind, line.uses) for line in withdrawals.read()}
    assert lines[withdrawals.mark(told["public"].reference)] == (PURGED, {PUBLISHED})
    assert lines[withdrawals.mark(told["private"].reference)] == (PURGED, frozenset())
