"""Citing for a decision or against it: whole published sentences of its own project, and nothing else."""

import pytest

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotAllowed, NotFound
from involve.models import Decision, DecisionPassage
from involve.services.deciding.citing import MOST_PASSAGES, CircularEvidence, cite_sentences, take_away
from involve.services.deciding.decisions import propose_decision
from involve.services.deciding.ground_stories import PAGE, find_stories_to_cite
from involve.services.deciding.heard import Subject
from involve.services.deciding.judging import judge_heard
from involve.services.deciding.panel import answer_offer, offer_seat
from involve.services.staff.access import Actor
from tests.factories import NOW, make_project, make_staff, make_story
from tests.publications import Shown, add_rows
from tests.services.deciding.drafts import LATER, SILENT, draft, ground


def test_only_published_words_of_the_project_are_cited_and_only_whole_sentences(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        (reference,) = add_rows(session, "bywyd-da", [Shown("One. Two.")])
        for starts in ([], [1], [0, 500]):
            with pytest.raises(BadInput):
                cite_sentences(session, staff, decision, reference, starts, "for", NOW)
        with pytest.raises(BadInput):
            cite_sentences(session, staff, decision, reference, [0], "beside", NOW)
        hidden = make_story(session)
        make_project(session, "other")
        (elsewhere,) = add_rows(session, "other", [Shown()])
        for other in (hidden.reference, elsewhere, "nothing"):
            with pytest.raises(NotFound):
                cite_sentences(session, staff, decision, other, [0], "for", NOW)
        assert cite_sentences(session, staff, decision, reference, [0, 5], "for", NOW) == 2
        assert cite_sentences(session, staff, decision, reference, [0, 5], "for", NOW) == 0
        with pytest.raises(NotAllowed):
            cite_sentences(session, make_staff(session), decision, reference, [0], "for", NOW)
        (many,) = add_rows(session, "bywyd-da", [Shown("A b. " * MOST_PASSAGES)])
        with pytest.raises(BadInput):
            cite_sentences(
                session, staff, decision, many, [5 * at for at in range(MOST_PASSAGES)], "for", NOW
            )


def test_what_was_told_about_the_decision_itself_cannot_speak_for_it(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        member = make_story(session)
        offer_seat(session, staff, member.reference, NOW)
        answer_offer(session, member.story_id, True, NOW)
        propose_decision(session, staff, decision, NOW)
        (late,) = add_rows(session, "bywyd-da", [Shown("A good plan.", now=LATER)])
        with pytest.raises(CircularEvidence):
            cite_sentences(session, staff, decision, late, [0], "for", LATER)
        assert cite_sentences(session, staff, decision, late, [0], "against", LATER) == 1
        # Putting it before the panel again makes nothing of it older.
        propose_decision(session, staff, decision, LATER)
        with pytest.raises(CircularEvidence):
            cite_sentences(session, staff, decision, late, [0], "for", LATER)
        for row in add_rows(session, "bywyd-da", [Shown(now=LATER, tags=(("goal", "global", "idea"),))] * 3):
            assert row
        judge_heard(session, staff, decision, "goal-global", "followed", SILENT, LATER)
        assert not ground(session, decision).has_evidence


def test_a_passage_is_taken_away_from_its_own_decision_alone(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        one, other = draft(session, staff), draft(session, staff)
        (reference,) = add_rows(session, "bywyd-da", [Shown()])
        cite_sentences(session, staff, one, reference, [0], "for", NOW)
        passage = session.query(DecisionPassage).one()
        take_away(session, staff, other, passage.id, NOW)
        assert ground(session, one).passages == 1
        take_away(session, staff, one, passage.id, NOW)
        take_away(session, staff, one, passage.id, NOW)
        assert ground(session, one).passages == 0


def test_stories_to_cite_are_found_by_what_was_heard_and_by_words_a_page_at_a_time(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        row = session.get_one(Decision, draft(session, staff))
        buses = add_rows(
            session,
            "bywyd-da",
            [Shown(f"The bus {at}.", tags=(("goal", "cohesive", "idea"),)) for at in range(PAGE + 2)],
        )
        add_rows(session, "bywyd-da", [Shown("A library.")])
        cite_sentences(session, staff, row.id, buses[0], [0], "for", NOW)
        first = find_stories_to_cite(session, row, Subject("goal", "cohesive"), "bus")
        assert (first.total, len(first.stories)) == (PAGE + 2, PAGE)
        rest = find_stories_to_cite(session, row, Subject("goal", "cohesive"), "bus", first.next)
        assert [each.reference for each in rest.stories] == [buses[1], buses[0]]
        assert rest.stories[1].cited == ((0, "for"),)
        assert rest.next is None
        assert find_stories_to_cite(session, row, words="library").total == 1
        for cursor in ("-1", "x", "9" * 30):
            with pytest.raises(BadInput):
                find_stories_to_cite(session, row, after=cursor)
