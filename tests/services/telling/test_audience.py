"""Whom an answer goes to: everybody behind a decision, in a theme, of a goal, a stage or a project."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotAllowed, NotFound
from involve.models import DecisionPassage, Outcome, Publication, Stage, Story, Tag
from involve.services.moderation.replies import Answer
from involve.services.projects.projects import find_project
from involve.services.reading.reading_sessions import seat_staff
from involve.services.reading.theme_passages import group_sentences
from involve.services.reading.themes import put_forward
from involve.services.staff.access import Actor
from involve.services.telling.audience import Audience, list_audience, reach_of
from involve.services.telling.outbox import OutboxFilter, list_untold, show_outbox, try_again
from tests.factories import NOW, make_project, make_staff
from tests.publications import make_public
from tests.reading_room import NAME, Room
from tests.services.telling.answers import LATER, decide, send, tell, to_tell


def test_everybody_behind_a_decision_is_to_be_told_until_they_are_and_again_when_something_comes_of_it(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        cited = [make_public(session, words) for words in ("Dim bws.", "No bus at all.")]
        make_public(session, "The library is fine.")
        decision_id = decide(session, *cited)
        assert to_tell(session, staff, id=decision_id) == tuple(cited)
        send(session, staff, cited[:1], Answer("Do.", "Yes.", decision_id=decision_id))
        assert to_tell(session, staff, id=decision_id) == (cited[1],)
        # An answer about something else tells nobody of the decision.
        send(session, staff, cited[1:])
        assert to_tell(session, staff, id=decision_id) == (cited[1],)
        noted = LATER + timedelta(days=30)
        outcome = {"status": "done", "text_cy": "Mae’n rhedeg.", "text_en": "It runs."}
        session.add(Outcome(decision_id=decision_id, on_day=noted.date(), noted_at=noted, **outcome))
        session.flush()
        assert to_tell(session, staff, id=decision_id) == tuple(cited)
        (untold, never) = list_untold(session, find_project(session, "bywyd-da"))
        assert (untold.decision_id, untold.people, never.decision_id, never.people) == (
            decision_id,
            2,
            None,
            1,
        )


def test_a_decision_that_is_no_longer_news_leaves_only_who_came_later(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        first = make_public(session, "No bus.")
        decision_id = decide(session, first)
        send(session, staff, [first], Answer("Do.", "Yes.", decision_id=decision_id))
        second = make_public(session, "No bus on Sundays.")
        publication = session.scalars(select(Publication).where(Publication.reference == second)).one()
        passage = {"publication_id": publication.id, "start": 0, "stop": 3, "added_at": LATER}
        session.add(DecisionPassage(decision_id=decision_id, **passage))
        session.flush()
        listed = list_audience(session, staff, Audience("decision", decision_id))
        assert (listed.references, listed.told) == ((second,), 1)
        assert to_tell(session, staff, id=decision_id, again=True) == (first, second)


def test_a_theme_reaches_the_stories_in_it_and_in_those_merged_into_it(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme_id = room.theme()
        references = [receipt.reference for receipt in room.receipts]
        staff = seat_staff(session, room.chair, room.stage_id)
        group_sentences(session, staff, theme_id, references[0], (0,), NOW)
        assert to_tell(session, room.chair, "theme", id=theme_id) == (references[0],)
        part = put_forward(session, staff, NAME, NOW)
        group_sentences(session, staff, part, references[1], (0,), NOW)
        from involve.models.theme import Theme

        session.get_one(Theme, part).merged_into_id = theme_id
        session.flush()
        assert set(to_tell(session, room.chair, "theme", id=theme_id)) == set(references)


def test_a_goal_reaches_stories_that_are_not_public_but_not_those_of_which_a_person_said_no(
    factory: SessionFactory, staff: Actor
) -> None:
    def tag(reference: str, voice: str, state: str) -> Tag:
        story = session.scalars(select(Story).where(Story.reference == reference)).one()
        about = {"scheme": "goal", "concept": "health", "stance": "concern", "passages": []}
        return Tag(story_id=story.id, voice=voice, state=state, at=NOW, **about)

    with transaction(factory) as session:
        ill, wrong, other = (tell(session, words) for words in ("I am ill.", "A sick joke.", "Trees."))
        session.add_all([tag(ill, "machine", "suggested"), tag(wrong, "machine", "suggested")])
        session.add(tag(wrong, "participant", "rejected"))
        session.flush()
        topic = {"project": "bywyd-da", "scheme": "goal", "concept": "health"}
        assert to_tell(session, staff, "topic", **topic) == (ill,)
        assert to_tell(session, staff, "project", project="bywyd-da") == (ill, wrong, other)
        assert to_tell(session, staff, "stage", id=1) == (ill, wrong, other)


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (Audience("decision", 99), NotFound),
        (Audience("theme", 99), NotFound),
        (Audience("stage", 99), NotFound),
        (Audience("project", project="nowhere"), NotFound),
        (Audience("everybody"), BadInput),
    ],
)
def test_an_audience_that_is_not_there_is_refused(
    factory: SessionFactory, staff: Actor, wanted: Audience, error: type[Exception]
) -> None:
    with factory() as session, pytest.raises(error):
        list_audience(session, staff, wanted)


def test_a_decision_that_is_not_public_is_told_to_nobody(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        told = make_public(session, "No bus.")
        decision_id = decide(session, told, state="draft")
        with pytest.raises(NotFound):
            list_audience(session, staff, Audience("decision", decision_id))
        with pytest.raises(NotFound):
            send(session, staff, [told], Answer("Do.", "Yes.", decision_id=decision_id))


def test_another_body_sees_no_audience_and_a_role_without_answering_none_either(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        for actor, error in (
            (make_staff(session, "administrator", "corff-arall"), NotFound),
            (make_staff(session, "analyst"), NotAllowed),
        ):
            with pytest.raises(error):
                list_audience(session, actor, Audience("stage", 1))
            with pytest.raises(error):
                show_outbox(session, actor, "bywyd-da", OutboxFilter())
            with pytest.raises(error):
                try_again(session, actor, "bywyd-da", 1, NOW)


def test_people_are_counted_by_language_and_by_how_they_hear_of_it(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        told = [
            tell(session, "One.", reply_language="cy", contact="a@example.org"),
            tell(session, "Two.", reply_language="cy"),
            tell(session, "Three."),
        ]
        imported = tell(session, "Four.")
        session.scalars(select(Story).where(Story.reference == imported)).one().code_hash = None
        session.flush()
        reach = {each.language: each for each in reach_of(session, [*told, imported])}
        assert (reach["cy"].people, reach["cy"].by_email, reach["cy"].by_code) == (2, 1, 1)
        assert (reach["en"].people, reach["en"].by_code, reach["en"].nobody) == (2, 1, 1)


def test_a_stage_of_another_project_is_not_among_the_stories(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        make_project(session, "arall")
        here, there = tell(session, "Here."), tell(session, "There.", project="arall")
        other = session.scalars(select(Stage.id).order_by(Stage.id.desc())).first()
        assert to_tell(session, staff, "stage", id=other) == (there,)
        assert to_tell(session, staff, "project", project="bywyd-da") == (here,)
