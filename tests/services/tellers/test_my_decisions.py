"""What was decided with a story: each decision that it is behind, why it was or was not followed, what came of it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Publication
from involve.services.reading.theme_passages import group_sentences
from involve.services.reading.themes import merge_theme
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_decisions import MyDecision, list_my_decisions
from involve.services.tellers.my_story import add_tag, show_my_story
from involve.services.tellers.my_way import MyWay, show_my_way
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW, make_project, make_story
from tests.publications import publish
from tests.reading_room import NAME, Room
from tests.returns import ON_DAY, REASON, cite, hear, make_decision, note

LATER = NOW + timedelta(days=40)


@pytest.fixture
def told(factory: SessionFactory) -> Receipt:
    """A published story, beside somebody else's."""
    with transaction(factory) as session:
        make_project(session)
        publish(session, make_story(session, text="Noise: the library shuts at noon."))
        receipt = make_story(session)
        for goal in ("cohesive", "healthier"):
            add_tag(session, receipt.story_id, "goal", goal, "concern", NOW)
        publish(session, receipt)
        return receipt


def look(session: Session, told: Receipt) -> tuple[MyDecision, ...]:
    return list_my_decisions(session, show_my_story(session, told.story_id, LATER))


def test_a_decision_says_what_it_made_of_the_story(factory: SessionFactory, told: Receipt) -> None:
    with transaction(factory) as session:
        decision = make_decision(session, now=LATER)
        cite(session, decision, told.story_id)
        hear(session, decision, "cohesive", "followed")
        hear(session, decision, "healthier", "not_followed")
        hear(session, decision, "global", "not_followed")
        (mine,) = look(session, told)
        assert (mine.title.cy, mine.on, mine.new) == ("Bws am wyth", ON_DAY, True)
        assert (mine.cited, mine.against) == (True, False)
        assert [(each.name.en, each.standing, each.reason.cy) for each in mine.themes] == [
            ("cohesive", "followed", ""),
            ("healthier", "not_followed", REASON[0]),
        ]
        assert not look(session, told)[0].new


def test_a_draft_and_a_decision_on_something_else_are_not_told(
    factory: SessionFactory, told: Receipt
) -> None:
    with transaction(factory) as session:
        draft, other = make_decision(session, state="draft"), make_decision(session)
        cite(session, draft, told.story_id)
        hear(session, other, "global", "followed")
        assert look(session, told) == ()


def test_a_story_that_is_not_public_is_behind_no_decision(factory: SessionFactory, told: Receipt) -> None:
    with transaction(factory) as session:
        decision = make_decision(session)
        hear(session, decision, "healthier", "followed")
        assert len(look(session, told)) == 1
        session.delete(
            session.scalars(select(Publication).where(Publication.story_id == told.story_id)).one()
        )
        session.flush()
        assert look(session, told) == ()


def test_what_came_of_it_is_new_once_and_in_order(factory: SessionFactory, told: Receipt) -> None:
    with transaction(factory) as session:
        decision = make_decision(session)
        cite(session, decision, told.story_id, side="against")
        note(session, decision, "done", date(2026, 5, 3), LATER - timedelta(hours=1))
        note(session, decision, "under_way", date(2026, 4, 20), LATER - timedelta(hours=1), words=False)
        (mine,) = look(session, told)
        assert (mine.cited, mine.against) == (False, True)
        assert [(each.status, each.new) for each in mine.outcomes] == [("under_way", True), ("done", True)]
        assert mine.outcomes[0].words is None
        assert [each.new for each in look(session, told)[0].outcomes] == [False, False]


def test_a_story_in_a_theme_merged_into_another_is_heard_by_the_decision_on_that(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        room = Room(session)
        mine, into = room.theme(), room.theme(name=Bilingual("Bysiau", "Buses"))
        group_sentences(session, room.teller, mine, room.receipts[0].reference, [0], NOW)
        assert merge_theme(session, room.teller, mine, into, NOW)
        hear(session, make_decision(session), theme_id=into)
        (heard,) = look(session, room.receipts[0])
        assert [each.standing for each in heard.themes] == ["followed"]
        assert look(session, room.receipts[1]) == ()


def test_a_story_is_counted_and_stands_in_the_themes_that_people_kept(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme = room.theme()
        group_sentences(session, room.teller, theme, room.receipts[0].reference, [0], NOW)
        hidden = make_story(session)
        first, other, private = (
            show_my_story(session, each.story_id, NOW) for each in (*room.receipts, hidden)
        )
        assert show_my_way(session, first).readings[0].themes == ()
        room.close()
        assert [each.themes for each in show_my_way(session, first).readings] == [(NAME,)]
        assert [each.themes for each in show_my_way(session, other).readings] == [()]
        assert (show_my_way(session, first).counted, show_my_way(session, private)) == (2, MyWay(0, ()))


def test_a_session_that_was_over_before_the_story_was_public_did_not_read_it(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        room = Room(session)
        room.close()
        late = make_story(session)
        publish(session, late, LATER)
        assert show_my_way(session, show_my_story(session, late.story_id, LATER)).readings == ()
