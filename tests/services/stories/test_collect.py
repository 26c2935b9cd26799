"""Collecting over real rows: a code that its teller took away is shown to nobody, and nothing says who gathered."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.models import Event, Story
from involve.services.staff.access import RULES
from involve.services.stories.collect import (
    COLLECTED,
    HANDED,
    CodeHandedOver,
    count_collected,
    hand_over,
    is_handed_over,
    list_collecting,
)
from involve.services.stories.tell import tell_story
from involve.services.tellers.my_story import find_by_code, withdraw_story
from involve.vocabulary.roles import ROLES
from tests.factories import CODE_KEY, NOW, make_draft, make_project, make_staff


def test_the_same_sending_shows_the_code_until_it_is_handed_over_and_never_after(
    factory: SessionFactory,
) -> None:
    draft = make_draft()
    with transaction(factory) as session:
        make_project(session)
        first = tell_story(session, draft, NOW, CODE_KEY)
        assert tell_story(session, draft, NOW, CODE_KEY).code == first.code
        assert not is_handed_over(session, draft.client_id, CODE_KEY)
        assert hand_over(session, draft.client_id, NOW, CODE_KEY)
    with transaction(factory) as session:
        assert is_handed_over(session, draft.client_id, CODE_KEY)
        for again in (draft, replace(draft, text="Other words.")):
            with pytest.raises(CodeHandedOver):
                tell_story(session, again, NOW, CODE_KEY)
        assert len(session.scalars(select(Story.id)).all()) == 1
        assert find_by_code(session, first.code, CODE_KEY) == first.story_id


def test_handing_over_is_noted_once_names_nobody_and_counts_for_the_project(factory: SessionFactory) -> None:
    draft = make_draft()
    with transaction(factory) as session:
        make_project(session)
        story_id = tell_story(session, draft, NOW, CODE_KEY).story_id
        assert not hand_over(session, uuid4(), NOW, CODE_KEY)
        assert hand_over(session, draft.client_id, NOW, CODE_KEY)
        assert not hand_over(session, draft.client_id, NOW, CODE_KEY)
        project_id = session.get_one(Story, story_id).project_id
        assert count_collected(session, project_id) == 1
        events = session.scalars(
            select(Event).where(Event.kind.in_((HANDED, COLLECTED))).order_by(Event.id)
        ).all()
        assert [(e.subject, e.user_id, e.detail) for e in events] == [
            ("story", None, {}),
            ("project", None, {}),
        ]
        withdraw_story(session, story_id, NOW)
        assert count_collected(session, project_id) == 1
        with pytest.raises(CodeHandedOver):
            tell_story(session, draft, NOW, CODE_KEY)


@pytest.mark.parametrize("role", [role.id for role in ROLES])
def test_who_may_gather_sees_the_projects_of_their_body_that_are_open(
    factory: SessionFactory, role: str
) -> None:
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "wedi-cau", opens=-10, closes=-1)
        make_project(session, "corff-arall", body="arall")
        found = list_collecting(session, make_staff(session, role), NOW.date())
    assert [project.slug for project in found] == (["bywyd-da"] if role in RULES["collect"] else [])
