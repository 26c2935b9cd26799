"""Concerns over real rows: raised once, decided by people, closed by two where it is grave, and gone with the story."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.database import transaction
from involve.errors import BadInput, Conflict, NotAllowed, NotFound
from involve.models import Concern, ConcernAlert, Event, Publication, Story
from involve.services.moderation.moderate import decide_story
from involve.services.moderation.queue import QueueItem, list_queue
from involve.services.moderation.queue_filter import QueueFilter
from involve.services.safeguarding.concerns import (
    acknowledge,
    conclude,
    confirm,
    needs_second,
    raise_concern,
)
from involve.services.safeguarding.views import list_closed, list_concerns, notice_for, show_concern
from involve.services.staff.access import RULES
from involve.services.stories.understand import tag_story
from involve.services.tellers.my_story import withdraw_story
from involve.vocabulary.concerns import OUTCOMES
from involve.vocabulary.roles import ROLES
from tests.factories import NOW, make_staff, make_story
from tests.services.safeguarding.conftest import DANGER, Body

LATER = NOW + timedelta(hours=1)


def queue_of(session: Session, body: Body) -> tuple[QueueItem, ...]:
    return list_queue(session, body.moderator, QueueFilter(), NOW.date()).items


def first_of(session: Session, body: Body) -> str:
    return queue_of(session, body)[0].reference


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_machine_raises_a_story_of_danger_once_in_either_language_and_changes_nothing_else(
    body: Body, language: str
) -> None:
    with transaction(body.factory) as session:
        noise = make_story(session)
        told = make_story(session, text=DANGER[language])
        tag_story(session, told.story_id, LATER)
        concern = session.scalars(select(Concern)).one()
        assert (concern.story_id, concern.raised_by, concern.raised_at) == (told.story_id, "machine", NOW)
        assert session.get_one(Story, told.story_id).state == "received"
        assert session.scalar(select(func.count()).select_from(Publication)) == 0
        assert [each.reference for each in queue_of(session, body)] == [
            told.reference,
            noise.reference,
        ]


def test_publishing_and_holding_stay_a_persons_choice(body: Body) -> None:
    with transaction(body.factory) as session:
        first, second = (make_story(session, text=DANGER["en"]) for _ in range(2))
        decide_story(session, body.moderator, first.reference, "published", NOW)
        decide_story(session, body.moderator, second.reference, "held", NOW)
        assert len(list_concerns(session, body.moderator, NOW)) == 2
        for concern in list_concerns(session, body.moderator, NOW):
            conclude(session, body.moderator, concern.id, "talked", "", NOW)
        states = session.scalars(select(Story.state).order_by(Story.id)).all()
    assert states == ["published", "held"]


def test_a_story_that_was_read_before_is_raised_when_a_later_reading_notices_it(body: Body) -> None:
    with transaction(body.factory) as session:
        told = make_story(session, tagged=False, text=DANGER["cy"])
        assert list_concerns(session, body.moderator, NOW) == ()
        tag_story(session, told.story_id, LATER)
        assert [each.reference for each in list_concerns(session, body.moderator, LATER)] == [told.reference]


@pytest.mark.parametrize("role", [role.id for role in ROLES])
def test_whoever_may_read_a_story_may_flag_it_and_it_then_stands_first(body: Body, role: str) -> None:
    with transaction(body.factory) as session:
        make_story(session)
        told = make_story(session)
        actor = make_staff(session, role)
        if role in RULES["read_original"]:
            raise_concern(session, actor, told.reference, " Mae rhywbeth o’i le. ", NOW)
            raise_concern(session, actor, told.reference, "again", NOW)
            concern = session.scalars(select(Concern)).one()
            assert (concern.raised_by_id, concern.reason) == (actor.user_id, "Mae rhywbeth o’i le.")
            assert first_of(session, body) == told.reference
            tag_story(session, told.story_id, LATER)
            assert first_of(session, body) == told.reference
            return
        with pytest.raises(NotAllowed):
            raise_concern(session, actor, told.reference, "", NOW)
        decide_story(session, body.moderator, told.reference, "published", NOW)
        if role in RULES["raise_concern"]:
            assert raise_concern(session, actor, told.reference, "", NOW)


def test_a_closed_story_may_be_flagged_again_by_a_person_but_not_by_the_machine(body: Body) -> None:
    with transaction(body.factory) as session:
        told = make_story(session, text=DANGER["en"])
        conclude(session, body.moderator, 1, "no_risk", "", NOW)
        tag_story(session, told.story_id, LATER)
        assert list_concerns(session, body.moderator, LATER) == ()
        assert not session.get_one(Story, told.story_id).at_risk
        raise_concern(session, body.moderator, told.reference, "", LATER)
        assert session.get_one(Story, told.story_id).at_risk
        assert len(list_concerns(session, body.moderator, LATER)) == 1


def test_who_acknowledged_first_stays(body: Body) -> None:
    with transaction(body.factory) as session:
        make_story(session, text=DANGER["en"])
        acknowledge(session, body.moderator, 1, NOW)
        acknowledge(session, body.administrator, 1, LATER)
        concern = session.get_one(Concern, 1)
        assert (concern.acknowledged_by, concern.acknowledged_at) == (body.moderator.user_id, NOW)
        kinds = session.scalars(select(Event.kind).where(Event.subject == "concern")).all()
    assert kinds.count("concern_acknowledged") == 1


@pytest.mark.parametrize("outcome", [each.id for each in OUTCOMES])
@pytest.mark.parametrize("by", ["machine", "staff"])
def test_the_gravest_and_a_colleagues_worry_are_closed_by_a_second_person(
    body: Body, outcome: str, by: str
) -> None:
    with transaction(body.factory) as session:
        told = make_story(session, text=DANGER["en"] if by == "machine" else "A quiet day at the library.")
        if by == "staff":
            raise_concern(session, body.administrator, told.reference, "", NOW)
        closed = conclude(session, body.moderator, 1, outcome, "Nodyn.", NOW)
        assert closed != needs_second(by, outcome)
        if closed:
            with pytest.raises(Conflict):
                confirm(session, body.administrator, 1, True, NOW)
            return
        with pytest.raises(NotAllowed):
            confirm(session, body.moderator, 1, True, NOW)
        confirm(session, body.administrator, 1, False, NOW)
        assert session.get_one(Concern, 1).outcome is None
        conclude(session, body.administrator, 1, outcome, "", NOW)
        confirm(session, body.moderator, 1, True, LATER)
        (view,) = list_closed(session, body.moderator, LATER)
    assert (view.state, view.outcome, view.closed_at) == ("closed", outcome, LATER)
    assert needs_second(by, outcome) == (
        outcome in ("emergency", "local_authority") or (by, outcome) == ("staff", "no_risk")
    )


def test_what_cannot_be_is_refused_and_others_hear_nothing(body: Body) -> None:
    with transaction(body.factory) as session:
        told = make_story(session, text=DANGER["en"])
        stranger = make_staff(session, "administrator", body="corff-arall")
        for number in (2, 10**6):
            with pytest.raises(NotFound):
                acknowledge(session, body.moderator, number, NOW)
        for refused, act in (
            (NotFound, lambda: acknowledge(session, stranger, 1, NOW)),
            (NotFound, lambda: conclude(session, stranger, 1, "no_risk", "", NOW)),
            (NotFound, lambda: show_concern(session, stranger, 1, NOW)),
            (NotFound, lambda: raise_concern(session, stranger, told.reference, "", NOW)),
            (NotAllowed, lambda: acknowledge(session, make_staff(session, "analyst"), 1, NOW)),
        ):
            with pytest.raises(refused):
                act()
        for outcome, note in (("nothing", ""), ("talked", "x" * 1_001)):
            with pytest.raises(BadInput):
                conclude(session, body.moderator, 1, outcome, note, NOW)
        assert list_concerns(session, stranger, NOW) == ()
        assert notice_for(session, stranger, NOW).open == 0


def test_reading_a_concern_is_an_event_and_counts_as_reading_the_story(body: Body) -> None:
    with transaction(body.factory) as session:
        told = make_story(session, text=DANGER["en"])
        view, story = show_concern(session, body.moderator, 1, LATER)
        assert (view.reference, story.text) == (told.reference, DANGER["en"])
        event = session.scalars(select(Event).where(Event.kind == "original_viewed")).one()
        assert (event.user_id, event.subject_id) == (body.moderator.user_id, told.story_id)
        assert session.get_one(Story, told.story_id).read_at == LATER


def test_withdrawing_a_story_takes_its_concerns_notes_and_alerts_along(body: Body) -> None:
    with transaction(body.factory) as session:
        other, told = (make_story(session, text=DANGER["en"]) for _ in range(2))
        conclude(session, body.moderator, 2, "emergency", "Cyfrinachol.", NOW)
        withdraw_story(session, told.story_id, LATER)
    with body.factory() as session:
        assert session.scalars(select(Concern.story_id)).all() == [other.story_id]
        assert set(session.scalars(select(ConcernAlert.concern_id))) == {1}
        details = session.scalars(select(Event.detail)).all()
    assert "Cyfrinachol" not in str(details)
