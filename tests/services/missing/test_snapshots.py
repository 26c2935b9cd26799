"""Who is missing, over real rows: what is said, how it is counted once, and what nobody can find by comparing."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, ConsentMissing
from involve.models import AboutAnswer, HeardCount
from involve.services.missing.about import forget_about_me, say_about_me, show_about_me
from involve.services.missing.snapshots import snapshot_where_due
from involve.services.missing.views import headline, list_to_reach, show_missing
from involve.services.tellers.my_copy import copy_story
from involve.services.tellers.my_story import withdraw_story
from tests.factories import CODE_KEY, NOW, make_project, make_story

MAY, JUNE = datetime(2026, 5, 1, 0, 30, tzinfo=UTC), datetime(2026, 6, 1, 0, 30, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)


@pytest.fixture
def sessions(factory: SessionFactory) -> SessionFactory:
    with transaction(factory) as session:
        make_project(session)
    return factory


def tell(factory: SessionFactory, project: str = "bywyd-da", **groups: str) -> list[int]:
    """Tell a story for each letter, and answer each question by its letters: w is female, m male, and so on."""
    names = {"w": "female", "m": "male", "d": "disabled", "n": "not_disabled", "u": "unsaid"}
    with transaction(factory) as session:
        ids = []
        for turn in range(len(next(iter(groups.values())))):
            story_id = make_story(session, project, tagged=False).story_id
            answers = {
                name: names[letters[turn]] for name, letters in groups.items() if letters[turn] in names
            }
            say_about_me(session, story_id, answers, True, "cy", NOW)
            ids.append(story_id)
        return ids


def heard(factory: SessionFactory, question: str, slug: str | None = "bywyd-da") -> dict[str, int | None]:
    with factory() as session:
        (part,) = [part for part in show_missing(session, slug).parts if part.question.id == question]
        return {group.id: group.heard for group in part.mix.groups}


def test_answers_need_consent_are_changed_taken_back_and_go_with_the_story(sessions: SessionFactory) -> None:
    with transaction(sessions) as session:
        story_id = make_story(session).story_id
        with pytest.raises(ConsentMissing):
            say_about_me(session, story_id, {"sex": "male"}, False, "en", NOW)
        with pytest.raises(BadInput):
            say_about_me(session, story_id, {"sex": "disabled"}, True, "en", NOW)
        say_about_me(session, story_id, {"sex": "unsaid"}, False, "en", NOW)
        say_about_me(session, story_id, {"sex": "male", "age": "75+"}, True, "en", NOW)
        say_about_me(session, story_id, {"age": "65-74"}, True, "en", NOW)
        assert show_about_me(session, story_id).answers == {"age": "65-74"}
        rows = copy_story(session, story_id, NOW, CODE_KEY).rows_of("about_answer")
        assert [row["answer"] for row in rows if row["question"] == "age"] == ["65-74"]
        withdraw_story(session, story_id, NOW)
        assert session.scalars(select(AboutAnswer)).all() == []


def test_who_said_where_the_story_was_is_not_asked_where_they_live(sessions: SessionFactory) -> None:
    with transaction(sessions) as session:
        placed = make_story(session, area="W06000023").story_id
        asked = {each.id for each in show_about_me(session, placed).asked}
        assert "sex" in asked
        assert "area" not in asked
        with pytest.raises(BadInput):
            say_about_me(session, placed, {"area": "W06000015"}, True, "en", NOW)


def test_each_answer_is_counted_once_a_month_whatever_its_teller_does_later(sessions: SessionFactory) -> None:
    first = tell(sessions, sex="wwwwwwwwmmmuu")
    assert snapshot_where_due(sessions, MAY) == 1
    assert heard(sessions, "sex") == {"female": 8, "male": None}
    with transaction(sessions) as session:
        withdraw_story(session, first[0], MAY)
        say_about_me(session, first[1], {"sex": "male"}, True, "en", MAY)
        forget_about_me(session, first[2], MAY)
        say_about_me(session, first[2], {"sex": "male"}, True, "en", MAY)
    tell(sessions, sex="mmmwuuu")
    # A second time in the same month it is not.
    assert snapshot_where_due(sessions, MAY) == 0
    assert snapshot_where_due(sessions, JUNE) == 1
    # Three men waited, and three came; who changed an answer that was counted is not among them.
    assert heard(sessions, "sex") == {"female": 8, "male": 6}
    with sessions() as session:
        assert len(session.scalars(select(HeardCount).where(HeardCount.answer == "male")).all()) == 1


def test_a_project_waits_for_five_more_stories(sessions: SessionFactory) -> None:
    tell(sessions, sex="wwwwwwmmmmuuu")
    snapshot_where_due(sessions, MAY)
    tell(sessions, sex="m")
    snapshot_where_due(sessions, JUNE)
    # There are five men now, but everybody would know who the fifth is.
    assert heard(sessions, "sex") == {"female": 6, "male": None}


def test_the_site_adds_up_its_projects_and_once_a_year_what_is_too_little_in_each(
    sessions: SessionFactory,
) -> None:
    with transaction(sessions) as session:
        for slug in ("dau", "tri", "pedwar"):
            make_project(session, slug)
    for slug in ("bywyd-da", "dau", "tri", "pedwar"):
        tell(sessions, slug, disability="nnnnnnnduuu" if slug == "dau" else "nnnnnnnddduuu"[:11])
    snapshot_where_due(sessions, MAY)
    assert heard(sessions, "disability", None) == {"disabled": None, "not_disabled": 28}
    snapshot_where_due(sessions, NEW_YEAR)
    assert heard(sessions, "disability", None)["disabled"] is not None
    assert heard(sessions, "disability", "dau")["disabled"] is None


def test_whom_a_project_has_not_heard_is_said_with_whom_to_ask_once_there_are_enough(
    sessions: SessionFactory,
) -> None:
    tell(sessions, disability="n" * 20 + "u" * 5)
    snapshot_where_due(sessions, MAY)
    with sessions() as session:
        assert not headline(session, "bywyd-da").enough
        assert list_to_reach(show_missing(session, "bywyd-da")) == ()
    tell(sessions, disability="n" * 60 + "d" * 2 + "u" * 8)
    snapshot_where_due(sessions, JUNE)
    with sessions() as session:
        assert [name.en for name in headline(session, "bywyd-da").names] == ["Disabled"]
        (found,) = list_to_reach(show_missing(session, "bywyd-da"))
        assert found.group.heard is None
        assert 0 < found.group.ratio < 0.5
        assert "disabled" in {partner.id for partner in found.partners}
