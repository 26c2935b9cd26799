"""Deciding with a panel: nobody publishes without its agreement, no text is lost, verdicts stay in the crowd."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, Conflict, LanguageMissing, NotAllowed, NotFound
from involve.models import Stage
from involve.services.deciding.against import NOTHING
from involve.services.deciding.decisions import (
    AgreementMissing,
    DecisionDraft,
    draft_decision,
    edit_decision,
    list_decisions,
    propose_decision,
    publish_decision,
)
from involve.services.deciding.ground_gate import Seen
from involve.services.deciding.panel import answer_offer, list_seats, offer_seat, say, show_my_seat
from involve.services.deciding.verdicts import Held, MyVerdict, give_verdict, show_held, show_verdict, wilson
from involve.services.projects.projects import find_project
from involve.services.promises.promises import show_promise
from involve.services.snapshots.due import take_snapshot
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import withdraw_story
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW, make_project, make_staff, make_story
from tests.grounds import publish_with_ground

DRAFT = DecisionDraft(
    Bilingual("Bws am wyth", "A bus at eight"),
    Bilingual("Bydd bws am wyth.", "There will be a bus at eight."),
    Bilingual("Roedd y bws am saith yn y cynllun cyntaf.", "The first plan had it at seven."),
)


@pytest.fixture
def staff(factory: SessionFactory) -> Actor:
    """A decision-maker of a project that is decided together with people."""
    with transaction(factory) as session:
        make_project(session)
        session.get_one(Stage, 1).rung = "collaborate"
        return make_staff(session, "decision_maker")


def seat(session: Session, staff: Actor) -> Receipt:
    """Tell a story and have its teller take a seat."""
    story = make_story(session)
    offer_seat(session, staff, story.reference, NOW)
    answer_offer(session, story.story_id, True, NOW)
    return story


def refused(session: Session, staff: Actor, decision_id: int) -> str:
    with pytest.raises(AgreementMissing) as error:
        publish_decision(session, staff, decision_id, Seen(NOTHING), NOW)
    return error.value.missing


def test_without_the_panel_nothing_is_published_and_each_refusal_says_why(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision = draft_decision(session, staff, 1, DRAFT, NOW)
        assert refused(session, staff, decision) == "panel"
        with pytest.raises(AgreementMissing):
            propose_decision(session, staff, decision, NOW)
        members = [seat(session, staff), seat(session, staff)]
        assert refused(session, staff, decision) == "proposal"
        propose_decision(session, staff, decision, NOW)
        say(session, members[0].story_id, decision, 1, "agree", "", NOW)
        assert refused(session, staff, decision) == "members"
        say(session, members[1].story_id, decision, 1, "disagree", "Too late for school.", NOW)
        assert refused(session, staff, decision) == "members"
        assert list_decisions(session, "bywyd-da", public=True) == ()
        say(session, members[1].story_id, decision, 1, "agree", "", NOW)
        publish_with_ground(session, staff, decision)
        (public,) = list_decisions(session, "bywyd-da", public=True)
        decided = replace(DRAFT, decided_on=NOW.date())
        assert (public.draft, public.agreed, public.seats, public.reasons) == (decided, 2, 2, ())
        found = {
            each.state.duty.id: each.state
            for each in show_promise(session, "bywyd-da", NOW.date()).stages[0].duties
        }
        assert {name: found[name].state for name in ("show_change", "agreement", "report_back")} == {
            "show_change": "kept",
            "agreement": "kept",
            "report_back": "kept",
        }
        assert (found["agreement"].done, found["agreement"].wanted) == (2, 2)


def test_changing_the_words_asks_everyone_again(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        decision = draft_decision(session, staff, 1, DRAFT, NOW)
        member = seat(session, staff)
        propose_decision(session, staff, decision, NOW)
        say(session, member.story_id, decision, 1, "agree", "", NOW)
        edit_decision(session, staff, decision, 1, replace(DRAFT, text=Bilingual("Na.", "No.")), NOW)
        assert refused(session, staff, decision) == "members"
        mine = show_my_seat(session, member.story_id)
        assert mine is not None
        assert mine.decisions[0].verdict == ""
        with pytest.raises(Conflict):
            say(session, member.story_id, decision, 1, "agree", "", NOW)


def test_two_co_owners_at_once_lose_nothing(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        decision = draft_decision(session, staff, 1, DRAFT, NOW)
        first = replace(DRAFT, title=Bilingual("Cyntaf", "First"))
        edit_decision(session, staff, decision, 1, first, NOW)
        with pytest.raises(Conflict):
            edit_decision(session, staff, decision, 1, DRAFT, NOW)
        assert list_decisions(session, "bywyd-da", public=False)[0].draft == first


def test_a_decision_stands_in_both_languages_and_says_what_views_changed(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        for name in ("title", "text", "change"):
            for words in (Bilingual("", "Words"), Bilingual("Geiriau", "")):
                with pytest.raises(LanguageMissing):
                    draft_decision(session, staff, 1, replace(DRAFT, **{name: words}), NOW)
        with pytest.raises(BadInput):
            draft_decision(session, staff, 1, replace(DRAFT, title=Bilingual("x" * 201, "x")), NOW)
        # On a lower rung nobody promised to say what changed.
        session.get_one(Stage, 1).rung = "consult"
        lower = draft_decision(session, staff, 1, replace(DRAFT, change=Bilingual("", "")), NOW)
        publish_with_ground(session, staff, lower)
        assert list_decisions(session, "bywyd-da", public=True)[0].state == "published"


def test_what_is_published_is_not_changed(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        session.get_one(Stage, 1).rung = "consult"
        decision = draft_decision(session, staff, 1, DRAFT, NOW)
        publish_with_ground(session, staff, decision)
        with pytest.raises(BadInput):
            edit_decision(session, staff, decision, 1, DRAFT, NOW)
        with pytest.raises(BadInput):
            propose_decision(session, staff, decision, NOW)


def test_who_may_not_decide_may_not(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        decision = draft_decision(session, staff, 1, DRAFT, NOW)
        moderator = make_staff(session, "moderator")
        with pytest.raises(NotAllowed):
            publish_decision(session, moderator, decision, Seen(NOTHING), NOW)
        with pytest.raises(NotAllowed):
            propose_decision(session, moderator, decision, NOW)
        with pytest.raises(NotAllowed):
            offer_seat(session, moderator, make_story(session).reference, NOW)


def test_a_seat_is_its_tellers_alone_and_goes_with_the_story(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        decision = draft_decision(session, staff, 1, DRAFT, NOW)
        member, stranger = seat(session, staff), make_story(session)
        propose_decision(session, staff, decision, NOW)
        with pytest.raises(NotFound):
            say(session, stranger.story_id, decision, 1, "agree", "", NOW)
        with pytest.raises(BadInput):
            say(session, member.story_id, decision, 1, "disagree", " ", NOW)
        with pytest.raises(BadInput):
            say(session, member.story_id, decision, 1, "perhaps", "", NOW)
        say(session, member.story_id, decision, 1, "disagree", "My own words", NOW)
        assert show_my_seat(session, stranger.story_id) is None
        withdraw_story(session, member.story_id, NOW)
        project = find_project(session, "bywyd-da")
        assert list_seats(session, staff, project) == ()
        assert list_decisions(session, "bywyd-da", public=False)[0].reasons == ()


def test_leaving_the_panel_takes_the_seat_out_of_the_count(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        decision = draft_decision(session, staff, 1, DRAFT, NOW)
        stays, leaves = seat(session, staff), seat(session, staff)
        propose_decision(session, staff, decision, NOW)
        say(session, stays.story_id, decision, 1, "agree", "", NOW)
        say(session, leaves.story_id, decision, 1, "agree", "", NOW)
        answer_offer(session, leaves.story_id, False, NOW)
        view = list_decisions(session, "bywyd-da", public=False)[0]
        assert (view.agreed, view.seats) == (1, 1)
        publish_with_ground(session, staff, decision)


def held_later(session: Session, claimed: str) -> Held:
    """Return what is shown when the next Monday has passed."""
    take_snapshot(session, NOW + timedelta(days=7))
    return show_held(session, 1, claimed)


def give(session: Session, number: int, said: MyVerdict) -> None:
    for _ in range(number):
        give_verdict(session, make_story(session).story_id, said, NOW)


def test_claimed_and_felt_stand_side_by_side_once_the_week_is_over(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        give(session, 6, MyVerdict(2, 4, "consult", "no"))
        give(session, 14, MyVerdict(2, 4, "collaborate", "yes"))
        take_snapshot(session, NOW)
        assert show_held(session, 1, "collaborate").felt is None
        held = held_later(session, "collaborate")
        assert held.felt is not None
        assert [(name, share.percent, share.answers) for name, share in held.felt] == [
            ("less", 30, 20),
            ("enough", 70, 20),
        ]
        assert held.changed is not None
        assert (held.changed.percent, held.changed.low, held.changed.high) == (70, 48, 85)
        # All of them said the same, so that it would tell what each said.
        assert held.agree_before is None


@pytest.mark.parametrize(("yes", "no"), [(4, 0), (4, 9), (9, 1), (1, 1), (0, 4)])
def test_no_number_stands_for_fewer_than_five_people(
    factory: SessionFactory, staff: Actor, yes: int, no: int
) -> None:
    with transaction(factory) as session:
        give(session, yes, MyVerdict(5, 5, "collaborate", "yes"))
        give(session, no, MyVerdict(1, 1, "none", "no"))
        held = held_later(session, "collaborate")
        assert held == type(held)(None, None, None, None)


def test_few_who_felt_more_are_counted_with_those_who_felt_enough(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        give(session, 5, MyVerdict(felt="inform"))
        give(session, 5, MyVerdict(felt="collaborate"))
        give(session, 2, MyVerdict(felt="devolve"))
        held = held_later(session, "collaborate")
        assert held.felt is not None
        assert [(name, share.percent) for name, share in held.felt] == [("less", 42), ("enough", 58)]


def test_answers_can_come_one_by_one_and_be_changed(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        story = make_story(session).story_id
        give_verdict(session, story, MyVerdict(influence_before=2), NOW)
        give_verdict(session, story, MyVerdict(changed="no"), NOW)
        give_verdict(session, story, MyVerdict(changed="partly", felt="none"), NOW)
        assert show_verdict(session, story) == MyVerdict(2, None, "none", "partly")
        for wrong in (MyVerdict(influence_before=6), MyVerdict(felt="much"), MyVerdict(changed="maybe")):
            with pytest.raises(BadInput):
                give_verdict(session, story, wrong, NOW)
        withdraw_story(session, story, NOW)
        assert show_verdict(session, story) == MyVerdict()
        with pytest.raises(NotFound):
            give_verdict(session, story, MyVerdict(changed="no"), NOW)


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share_and_narrows(answers: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, answers))
    low, high = wilson(hits, answers)
    assert 0 <= low <= hits / answers + 1e-9
    assert hits / answers - 1e-9 <= high <= 1
    wider_low, wider_high = wilson(hits, answers * 4) if hits == 0 else wilson(hits * 4, answers * 4)
    assert wider_high - wider_low < high - low
