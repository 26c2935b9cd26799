"""Putting a project away: never while it takes stories, never while somebody waits, and never for good."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotAllowed
from involve.models import Project
from involve.services.moderation.replies import reply_to_stories
from involve.services.projects.archive import StoriesUnanswered, archive_project, restore_project
from involve.services.projects.projects import get_project, list_projects
from involve.services.promises.promises import count_duties, list_promises
from tests.factories import NOW, make_project, make_staff, make_story

LATER = NOW + timedelta(days=30)


def test_an_archived_project_leaves_the_list_keeps_its_page_and_comes_back(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        staff = make_staff(session, "decision_maker")
        archive_project(session, staff, "bywyd-da", LATER)
        archive_project(session, staff, "bywyd-da", LATER)
        assert list_projects(session, LATER.date()) == ()
        assert get_project(session, "bywyd-da", LATER.date()).archived_on == LATER.date()
        restore_project(session, staff, "bywyd-da", LATER)
        assert [each.slug for each in list_projects(session, LATER.date())] == ["bywyd-da"]


def test_a_missed_duty_is_counted_after_the_project_was_archived(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session, answer=21)
        much_later = NOW + timedelta(days=60)
        before = count_duties(list_promises(session, much_later.date()))
        archive_project(session, make_staff(session, "decision_maker"), "bywyd-da", much_later)
        after = count_duties(list_promises(session, much_later.date()))
        assert after == before
        assert after.late_now


def test_bringing_back_lists_no_project_that_was_not_listed(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        session.scalars(select(Project)).one().listed = False
        staff = make_staff(session, "decision_maker")
        archive_project(session, staff, "bywyd-da", LATER)
        restore_project(session, staff, "bywyd-da", LATER)
        assert list_projects(session, LATER.date()) == ()


def test_no_project_is_archived_while_it_takes_stories(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        with pytest.raises(BadInput, match="open"):
            archive_project(session, make_staff(session, "decision_maker"), "bywyd-da", NOW)


def test_no_project_is_archived_while_somebody_waits_for_an_answer(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        staff = make_staff(session, "decision_maker")
        waiting = make_story(session)
        with pytest.raises(StoriesUnanswered) as refused:
            archive_project(session, staff, "bywyd-da", LATER)
        assert refused.value.stories == 1
        reply_to_stories(session, staff, [waiting.reference], "Diolch.", "Thank you.", LATER)
        archive_project(session, staff, "bywyd-da", LATER)


def test_only_those_who_set_projects_up_put_them_away(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        with pytest.raises(NotAllowed):
            archive_project(session, make_staff(session, "moderator"), "bywyd-da", LATER)
