"""Who is told of a concern: at once, late, once, by whatever looks next, and by working hours of Wales."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from involve.database import transaction
from involve.documents.post import make_post
from involve.models import ConcernAlert, Letter, User
from involve.services.evidence.import_plan import ImportPlan, ImportRow
from involve.services.evidence.importing import import_batch
from involve.services.safeguarding.alerts import tell_where_due
from involve.services.safeguarding.concerns import acknowledge
from involve.services.safeguarding.naming import find_place, name_duty, set_hours
from involve.services.safeguarding.views import list_concerns, notice_for
from involve.services.staff.access import Actor
from involve.services.upkeep.handlers import make_handlers
from involve.services.upkeep.jobs import run_due_jobs
from involve.vocabulary.days import add_working_hours
from tests.factories import CODE_KEY, NOW, make_staff, make_story
from tests.mailbox import open_mailbox
from tests.services.safeguarding.conftest import DANGER, Body

# NOW is a Thursday, 11:30 in Wales: four working hours later it is 15:30.
IN_TIME, LATE = NOW + timedelta(hours=3, minutes=59), NOW + timedelta(hours=4)


def told(body: Body) -> Sequence[tuple[int, str]]:
    with body.factory() as session:
        rows = session.execute(select(ConcernAlert.user_id, ConcernAlert.why).order_by(ConcernAlert.id))
        return [(row.user_id, row.why) for row in rows]


def name(body: Body, actor: Actor, part: str, days: tuple[int, ...] = (), kind: str = "body") -> None:
    slug = {"body": "corff-prawf", "project": "bywyd-da"}[kind]
    with transaction(body.factory) as session:
        place = find_place(session, body.administrator, kind, slug)
        name_duty(session, body.administrator, place, actor.user_id, part, days, NOW)


def tell(body: Body, **story: str) -> None:
    with transaction(body.factory) as session:
        make_story(session, text=DANGER["cy"], **story)


def test_where_nobody_is_named_the_administrators_are_told(body: Body) -> None:
    tell(body)
    assert told(body) == [(body.administrator.user_id, "duty")]


def test_the_person_on_duty_is_told_at_once_and_the_others_when_nobody_answers_once_each(body: Body) -> None:
    name(body, body.moderator, "duty")
    with transaction(body.factory) as session:
        deputy = make_staff(session, "moderator")
        make_staff(session, "moderator")
    name(body, deputy, "deputy")
    tell(body)
    assert told(body) == [(body.moderator.user_id, "duty")]
    assert tell_where_due(body.factory, IN_TIME) == 0
    assert tell_where_due(body.factory, LATE) == 2
    assert tell_where_due(body.factory, LATE + timedelta(days=9)) == 0
    assert told(body)[1:] == [(deputy.user_id, "late"), (body.administrator.user_id, "late")]


def test_a_worker_that_was_stopped_for_days_tells_both_at_its_first_look(body: Body) -> None:
    tell(body)
    with transaction(body.factory) as session:
        session.execute(ConcernAlert.__table__.delete())
        session.connection().exec_driver_sql("update concern set told_at = null")
    tell_where_due(body.factory, NOW + timedelta(days=30))
    assert told(body) == [(body.administrator.user_id, "duty"), (body.administrator.user_id, "late")]


def test_nobody_is_told_late_of_what_was_acknowledged(body: Body) -> None:
    tell(body)
    with transaction(body.factory) as session:
        acknowledge(session, body.moderator, 1, NOW)
        assert notice_for(session, body.administrator, LATE).overdue == 0
    assert tell_where_due(body.factory, LATE) == 0
    assert [why for _, why in told(body)] == ["duty"]


def test_the_projects_own_people_and_hours_come_before_the_bodys(body: Body) -> None:
    name(body, body.administrator, "duty")
    name(body, body.moderator, "duty", kind="project")
    with transaction(body.factory) as session:
        place = find_place(session, body.administrator, "project", "bywyd-da")
        set_hours(session, body.administrator, place, 2, NOW)
    tell(body)
    assert told(body) == [(body.moderator.user_id, "duty")]
    assert tell_where_due(body.factory, NOW + timedelta(hours=2)) == 1
    with body.factory() as session:
        assert [each.state for each in list_concerns(session, body.moderator, LATE)] == ["overdue"]
        assert notice_for(session, body.moderator, LATE).overdue == 1


def test_only_who_covers_the_day_is_told_and_everyone_on_a_day_that_nobody_covers(body: Body) -> None:
    name(body, body.moderator, "duty", (3,))
    name(body, body.administrator, "duty", (4,))
    tell(body)
    assert told(body) == [(body.moderator.user_id, "duty")]
    saturday = NOW + timedelta(days=2)
    with transaction(body.factory) as session:
        make_story(session, text=DANGER["en"], now=saturday)
    assert {user_id for user_id, why in told(body)[1:] if why == "duty"} == {
        body.moderator.user_id,
        body.administrator.user_id,
    }


def test_whoever_lost_their_role_or_account_is_not_told_and_the_next_in_line_is(body: Body) -> None:
    name(body, body.moderator, "duty")
    with transaction(body.factory) as session:
        session.connection().exec_driver_sql(
            f'update "user" set active = false where id = {body.moderator.user_id}'
        )
    tell(body)
    assert told(body) == [(body.administrator.user_id, "duty")]


@pytest.mark.parametrize(
    ("raised", "hours", "due"),
    [
        # In Wales it is summer: 17:00 there is 16:00 UTC.
        (datetime(2026, 4, 2, 15, 0, tzinfo=UTC), 4, datetime(2026, 4, 3, 11, 0, tzinfo=UTC)),
        (datetime(2026, 4, 3, 15, 30, tzinfo=UTC), 4, datetime(2026, 4, 6, 11, 30, tzinfo=UTC)),
        (datetime(2026, 4, 4, 23, 0, tzinfo=UTC), 1, datetime(2026, 4, 6, 9, 0, tzinfo=UTC)),
        (datetime(2026, 1, 5, 3, 0, tzinfo=UTC), 8, datetime(2026, 1, 5, 17, 0, tzinfo=UTC)),
        (datetime(2026, 1, 5, 9, 0, tzinfo=UTC), 24, datetime(2026, 1, 7, 17, 0, tzinfo=UTC)),
        # The clocks go forward on the Sunday between.
        (datetime(2026, 3, 27, 16, 30, tzinfo=UTC), 2, datetime(2026, 3, 30, 9, 30, tzinfo=UTC)),
    ],
)
def test_working_hours_are_those_of_wales(raised: datetime, hours: int, due: datetime) -> None:
    assert add_working_hours(raised, hours) == due


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("cy", "Involve: mae eich angen chi ar gyfer pryder diogelu", "Bywyd da yn y fro"),
        ("en", "Involve: a story needs you for safeguarding", "A good life locally"),
    ],
)
def test_the_letter_names_the_story_the_project_and_the_page_in_the_readers_language_and_no_words(
    body: Body, language: str, subject: str, words: str
) -> None:
    with transaction(body.factory) as session:
        session.get_one(User, body.administrator.user_id).language = language
        reference = make_story(session, text=DANGER["en"]).reference
    with open_mailbox() as mailbox:
        handlers = make_handlers(make_post(mailbox.settings()), CODE_KEY)
        run_due_jobs(body.factory, handlers, lambda: NOW)
        run_due_jobs(body.factory, handlers, lambda: NOW)
    (message,) = mailbox.messages
    content = message.get_content()
    assert (message["To"], message["Subject"]) == (body.administrator.email, subject)
    page = {"cy": "/cy/staff/diogelu", "en": "/en/staff/safeguarding"}[language]
    for said in (reference, words, f"https://involve.example{page}"):
        assert said in content
    assert not any(word in content for word in ("hits", "afraid"))


def test_many_stories_that_come_at_once_make_one_letter_to_each_person(body: Body) -> None:
    plan = ImportPlan("bywyd-da", "ffeil")
    rows = [ImportRow(line, f"{DANGER['en']} {line}") for line in range(1, 6)]
    with transaction(body.factory) as session:
        import_batch(session, plan, rows, NOW, CODE_KEY)
        letter = session.scalars(select(Letter)).one()
    assert (letter.detail["count"], letter.detail["reference"]) == (5, "")
    assert len(told(body)) == 5


def test_two_that_look_at_the_same_moment_tell_nobody_twice(body: Body) -> None:
    name(body, body.moderator, "duty")
    tell(body)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: tell_where_due(body.factory, LATE), range(8)))
    assert told(body) == [(body.moderator.user_id, "duty"), (body.administrator.user_id, "late")]
    with body.factory() as session:
        assert len(session.scalars(select(Letter)).all()) == 2
