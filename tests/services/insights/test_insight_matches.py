"""What says the same as an insight: found in both languages among public words, judged by people, never counted."""

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotAllowed, NotFound
from involve.models import InsightLink
from involve.services.insights.insight_draft import InsightDraft
from involve.services.insights.insight_matches import (
    Matches,
    find_like_stories,
    find_matches,
    judge_insight,
    judge_story,
)
from involve.services.insights.insights import correct_insight, withdraw_insight
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import withdraw_story
from tests.factories import ENGLISH_STORY, NOW, WELSH_STORY, make_project, make_staff, make_story
from tests.publications import publish
from tests.services.insights.heard import ENGLISH, WELSH, log

OTHER = "The library closed and my children have nowhere warm to read."


@pytest.fixture
def reader(factory: SessionFactory) -> Actor:
    """An analyst of a body with two projects, beside another body."""
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "swn")
        make_project(session, "arall", body="corff-arall")
        return make_staff(session, "analyst")


@pytest.fixture
def worker(factory: SessionFactory, reader: Actor) -> Actor:
    with transaction(factory) as session:
        return make_staff(session, "worker")


@pytest.fixture
def stories(factory: SessionFactory, reader: Actor) -> dict[str, Receipt]:
    """Two published stories on buses, one on a library, and one on buses that nobody published."""
    with transaction(factory) as session:
        told = {
            "cy": make_story(session, text=WELSH_STORY),
            "en": make_story(session, "swn", text=ENGLISH_STORY),
            "library": make_story(session, text=OTHER),
        }
        for receipt in told.values():
            publish(session, receipt)
        told["hidden"] = make_story(session, text="Cuddiedig: the evening bus home from work is gone.")
        return told


def matches(factory: SessionFactory, actor: Actor, insight_id: int) -> Matches:
    with transaction(factory) as session:
        return find_matches(session, actor, insight_id)


def references(found: Matches) -> set[str]:
    return {each.story.reference for each in found.stories if each.story}


@pytest.mark.parametrize("text", [ENGLISH, WELSH])
def test_published_stories_and_insights_are_found_in_both_languages_with_reasons(
    factory: SessionFactory, reader: Actor, worker: Actor, stories: dict[str, Receipt], text: str
) -> None:
    insight_id = log(factory, worker, text)
    others = [log(factory, worker, "Does dim bws hwyr."), log(factory, worker, OTHER, project="swn")]
    found = matches(factory, reader, insight_id)
    assert references(found) == {stories["cy"].reference, stories["en"].reference}
    assert [each.insight.id for each in found.insights if each.insight] == others[:1]
    for each in (*found.stories, *found.insights):
        assert any(reason.topic and reason.topic.name.en == "Buses" for reason in each.reasons)


def test_nobody_sees_insights_of_another_body_beside_theirs(
    factory: SessionFactory, reader: Actor, worker: Actor
) -> None:
    with transaction(factory) as session:
        stranger = make_staff(session, "worker", "corff-arall")
        other_reader = make_staff(session, "analyst", "corff-arall")
    log(factory, stranger, project="arall")
    insight_id = log(factory, worker)
    assert matches(factory, reader, insight_id).insights == ()
    with pytest.raises(NotFound):
        matches(factory, other_reader, insight_id)
    with pytest.raises(NotAllowed):
        matches(factory, worker, insight_id)


def test_its_author_sees_public_stories_only(
    factory: SessionFactory, worker: Actor, stories: dict[str, Receipt]
) -> None:
    insight_id = log(factory, worker)
    log(factory, worker, WELSH)
    with transaction(factory) as session:
        found = find_like_stories(session, worker, insight_id)
        colleague = make_staff(session, "worker")
        with pytest.raises(NotFound):
            find_like_stories(session, colleague, insight_id)
    assert {each.story.reference for each in found if each.story} == {
        stories["cy"].reference,
        stories["en"].reference,
    }


def test_what_people_say_is_kept_changed_and_taken_back(
    factory: SessionFactory, reader: Actor, worker: Actor, stories: dict[str, Receipt]
) -> None:
    insight_id, reference = log(factory, worker), stories["cy"].reference

    def say(verdict: str | None) -> Matches:
        with transaction(factory) as session:
            judge_story(session, reader, insight_id, reference, verdict, NOW)
        return matches(factory, reader, insight_id)

    assert say("same").stories[0].verdict == "same"
    apart = say("different")
    assert reference not in references(apart)
    assert [each.story.reference for each in apart.apart if each.story] == [reference]
    assert say("different") == apart
    assert reference in references(say(None))


def test_two_insights_are_judged_as_one_pair_from_either_side(
    factory: SessionFactory, reader: Actor, worker: Actor
) -> None:
    one, other = log(factory, worker), log(factory, worker, WELSH)
    with transaction(factory) as session:
        judge_insight(session, reader, other, one, "same", NOW)
        judge_insight(session, reader, one, other, "same", NOW)
        assert len(session.scalars(select(InsightLink)).all()) == 1
        for wrong in (lambda: judge_insight(session, reader, one, one, "same", NOW),):
            with pytest.raises(BadInput):
                wrong()
    assert [each.verdict for each in matches(factory, reader, one).insights] == ["same"]
    assert [each.verdict for each in matches(factory, reader, other).insights] == ["same"]


def test_only_what_is_public_can_be_judged_and_only_by_roles_that_may(
    factory: SessionFactory, reader: Actor, worker: Actor, stories: dict[str, Receipt]
) -> None:
    insight_id = log(factory, worker)
    with transaction(factory) as session:
        for reference in (stories["hidden"].reference, "0000-0000", "a\0"):
            with pytest.raises(NotFound):
                judge_story(session, reader, insight_id, reference, "same", NOW)
        with pytest.raises(BadInput):
            judge_story(session, reader, insight_id, stories["cy"].reference, "perhaps", NOW)
        with pytest.raises(NotAllowed):
            judge_story(session, worker, insight_id, stories["cy"].reference, "same", NOW)


def test_what_was_said_goes_with_a_story_or_an_insight_that_is_taken_back(
    factory: SessionFactory, reader: Actor, worker: Actor, stories: dict[str, Receipt]
) -> None:
    one, other, third = (log(factory, worker, text) for text in (ENGLISH, WELSH, ENGLISH))
    with transaction(factory) as session:
        judge_story(session, reader, one, stories["cy"].reference, "same", NOW)
        judge_story(session, reader, one, stories["en"].reference, "same", NOW)
        judge_insight(session, reader, one, other, "same", NOW)
        judge_insight(session, reader, third, other, "same", NOW)
        withdraw_story(session, stories["cy"].story_id, NOW)
    assert references(matches(factory, reader, one)) == {stories["en"].reference}
    with transaction(factory) as session:
        withdraw_insight(session, worker, other, NOW)
        correct_insight(session, worker, one, InsightDraft("bywyd-da", OTHER), NOW)
        assert session.scalars(select(InsightLink)).all() == []
