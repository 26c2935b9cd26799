"""Counts of what is not public: each story once, in groups that are large enough, and what stays as it was shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Batch, BatchStory, SnapshotDay, Stage, Verdict
from involve.services.deciding.verdicts import MyVerdict, give_verdict, show_held
from involve.services.moderation.replies import reply_to_stories
from involve.services.returns.answered import Part, measure_project, measure_scope
from involve.services.returns.scopes import EVERYBODY, body_scope, goal_scope
from involve.services.snapshots.due import take_snapshot, take_where_due
from involve.services.tellers.my_story import withdraw_story
from tests.factories import ENGLISH_STORY, NOW, WELSH_STORY, make_project, make_staff, make_story
from tests.publications import Shown, add_rows
from tests.returns import ON_DAY, hear, make_decision, note

# An answer is due on the first of June, and a month later is a Wednesday.
DUE = date(2026, 6, 1)
COUNTED = datetime(2026, 7, 6, 9, 0, tzinfo=UTC)


@pytest.fixture
def project(factory: SessionFactory) -> SessionFactory:
    with transaction(factory) as session:
        make_project(session)
    return factory


def tell(session: Session, answers: dict[str, list[int | None]]) -> list[int]:
    """Tell a story by language for each number of days until its answer; None: it has none."""
    staff = make_staff(session)
    ids = []
    for language, each in answers.items():
        for days in each:
            told = make_story(session, text={"cy": WELSH_STORY, "en": ENGLISH_STORY}[language])
            ids.append(told.story_id)
            if days is not None:
                reply_to_stories(
                    session, staff, [told.reference], "Diolch.", "Thank you.", NOW + timedelta(days=days)
                )
    return ids


def say(session: Session, changed: str, now: datetime = NOW) -> int:
    story_id = make_story(session).story_id
    give_verdict(session, story_id, MyVerdict(changed=changed), now)
    return story_id


def answers(session: Session) -> int | None:
    share = show_held(session, 1, "consult").changed
    return None if share is None else share.answers


def test_a_story_is_counted_a_month_after_its_answer_was_due_and_never_again(project: SessionFactory) -> None:
    with transaction(project) as session:
        ids = tell(session, {"en": [3] * 12 + [70] * 5 + [None] * 6, "cy": [20] * 6})
        take_snapshot(session, COUNTED - timedelta(days=7))
        assert measure_project(session, 1).groups["all"].answered is None
        take_snapshot(session, COUNTED)
        found = measure_project(session, 1)
        assert found.counted_on == COUNTED.date()
        assert found.languages == ("cy", "en")
        english, welsh, everyone = (found.groups[each] for each in ("en", "cy", "all"))
        assert (english.answered, english.in_time, english.weeks) == (Part(17, 23), Part(12, 23), 1)
        # Fewer than five of six Welsh answers would stand on each side of a middle.
        assert (welsh.answered, welsh.in_time, welsh.weeks) == (Part(6, 6), Part(6, 6), None)
        assert (everyone.answered, everyone.in_time, everyone.weeks) == (Part(23, 29), Part(18, 29), 1)
        withdraw_story(session, ids[0], COUNTED)
        take_snapshot(session, COUNTED + timedelta(days=7))
        assert measure_project(session, 1).groups == found.groups
        body = measure_scope(session, body_scope(session, "corff-prawf"), COUNTED.date())
        whole = measure_scope(session, EVERYBODY, COUNTED.date())
        assert body is not None
        assert whole is not None
        assert body.groups["all"].answered == whole.groups["all"].answered == Part(23, 29)
        assert measure_scope(session, goal_scope("healthier"), COUNTED.date()) is None


@pytest.mark.parametrize("days", [[3] * 20 + [None], [3] * 4, [None] * 20 + [3] * 4])
def test_those_who_are_too_few_wait_and_join_the_next(
    project: SessionFactory, days: list[int | None]
) -> None:
    with transaction(project) as session:
        tell(session, {"en": days})
        take_snapshot(session, COUNTED)
        assert measure_project(session, 1).groups["all"].answered is None
        # Four more are too few to look again, whatever they would make of it.
        tell(session, {"en": [3] * 2 + [None] * 2})
        take_snapshot(session, COUNTED + timedelta(days=7))
        assert measure_project(session, 1).groups["all"].answered is None
        tell(session, {"en": [3] * 5 + [None] * 5})
        take_snapshot(session, COUNTED + timedelta(days=14))
        answered = measure_project(session, 1).groups["all"].answered
        assert answered is not None
        assert answered.whole == len(days) + 14


def test_what_was_said_is_shown_on_mondays_and_only_by_whole_groups(project: SessionFactory) -> None:
    with transaction(project) as session:
        for changed in ["yes"] * 5 + ["no"] * 5:
            say(session, changed)
        take_snapshot(session, NOW)
        assert answers(session) is None
        take_snapshot(session, NOW + timedelta(days=7))
        assert answers(session) == 10
        # An eleventh answer, a changed one and a story that is gone: nothing that is shown tells of them.
        say(session, "no", NOW + timedelta(days=8))
        first, second = session.scalars(select(BatchStory.story_id).limit(2)).all()
        give_verdict(session, first, MyVerdict(changed="no"), NOW + timedelta(days=8))
        withdraw_story(session, second, NOW + timedelta(days=8))
        take_snapshot(session, NOW + timedelta(days=14))
        assert answers(session) == 10


def test_from_a_number_that_appears_nobody_reads_what_the_last_one_said(project: SessionFactory) -> None:
    with transaction(project) as session:
        for changed in ["yes"] * 20 + ["no"] * 4:
            say(session, changed)
        take_snapshot(session, NOW + timedelta(days=7))
        last = NOW + timedelta(days=8)
        say(session, "no", last)
        take_snapshot(session, NOW + timedelta(days=14))
        assert answers(session) is None
        for _ in range(4):
            say(session, "yes", last + timedelta(days=7))
        take_snapshot(session, NOW + timedelta(days=21))
        assert answers(session) == 29


def test_nor_what_all_who_came_last_said(project: SessionFactory) -> None:
    with transaction(project) as session:
        for changed in ["yes"] * 20 + ["no"] * 4:
            say(session, changed)
        take_snapshot(session, NOW + timedelta(days=7))
        for _ in range(5):
            say(session, "no", NOW + timedelta(days=8))
        # Nine of 29, where at most four of 24 were before: all five said no. So it stays hidden.
        take_snapshot(session, NOW + timedelta(days=14))
        assert answers(session) is None


def test_a_group_of_which_most_was_withdrawn_goes_as_a_whole(project: SessionFactory) -> None:
    with transaction(project) as session:
        ids = [say(session, changed) for changed in ["yes"] * 5 + ["no"] * 5]
        take_snapshot(session, NOW + timedelta(days=7))
        for place, each in enumerate(ids[:6]):
            assert answers(session) == 10, place
            withdraw_story(session, each, NOW)
        take_snapshot(session, NOW + timedelta(days=14))
        assert answers(session) is None


def test_who_says_that_a_change_was_made_is_counted_by_language(project: SessionFactory) -> None:
    with transaction(project) as session:
        decision = make_decision(session)
        hear(session, decision, "healthier")
        note(session, decision, "done", ON_DAY, NOW)
        tags = (("goal", "healthier", "concern"),)
        add_rows(session, "bywyd-da", [Shown(tags=tags)] * 12)
        behind = session.scalars(select(Batch.id)).all()
        assert behind == []
        for story_id in range(1, 13):
            session.add(
                Verdict(story_id=story_id, changed="partly" if story_id < 8 else "no", answered_at=NOW)
            )
        session.flush()
        take_snapshot(session, NOW + timedelta(days=7))
        found = measure_project(session, 1).groups
        assert found["all"].confirmed == found["en"].confirmed == Part(7, 12)
        assert found["cy"].confirmed is None
        # The same people answer for the project as a whole.
        assert answers(session) == 12


def test_a_week_is_counted_once_and_one_that_was_missed_by_the_next(project: SessionFactory) -> None:
    assert [take_where_due(project, NOW + timedelta(days=days)) for days in (0, 1, 40, 41)] == [1, 0, 1, 0]
    with project() as session:
        assert session.scalars(select(SnapshotDay.day).order_by(SnapshotDay.day)).all() == [
            date(2026, 3, 30),
            date(2026, 5, 11),
        ]


def test_what_was_said_beside_another_claim_is_not_shown_beside_this_one(project: SessionFactory) -> None:
    with transaction(project) as session:
        for felt in ["inform"] * 5 + ["consult"] * 5:
            give_verdict(session, make_story(session).story_id, MyVerdict(felt=felt), NOW)
        take_snapshot(session, NOW + timedelta(days=7))
        assert show_held(session, 1, "consult").felt is not None
        session.get_one(Stage, 1).rung = "involve"
        assert show_held(session, 1, "involve").felt is None
