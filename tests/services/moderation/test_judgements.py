"""Judgements: each gives a reason, is a step of a history, and can be agreed to, reviewed and undone."""

from random import Random

import pytest
from sqlalchemy import func, select, update

from involve.database import Session, SessionFactory, transaction
from involve.errors import BadInput
from involve.models import Event, Judgement, Letter, Membership, Publication, Redaction
from involve.services.moderation.judgements import (
    NothingToReview,
    NotTheLast,
    OwnJudgement,
    list_steps,
    review_judgement,
    undo_judgement,
)
from involve.services.moderation.moderate import Press, decide_story, judge_story, redact_story
from involve.services.moderation.second_people import second_people
from involve.services.moderation.staff_story import find_story, hidden_spans, open_story
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import change_consent, show_my_story, withdraw_story
from tests.factories import NOW, make_project, make_staff, make_story

RISK = "Some nights I just want to end my life and nobody comes."
NAMED = "My neighbour Gwenllian Tudur rings 01632 960123 when the bus fails."


def setting(session: Session, text: str = NAMED, **told: object) -> tuple[Actor, Receipt]:
    make_project(session)
    make_story(session, text="Noise beside the story under test, which nobody may touch.")
    return make_staff(session), make_story(session, text=text, **told)  # type: ignore[arg-type]


def is_public(session: Session, told: Receipt) -> bool:
    return session.scalar(select(Publication.id).where(Publication.story_id == told.story_id)) is not None


def state_of(session: Session, actor: Actor, told: Receipt) -> str:
    return find_story(session, actor, told.reference, "moderate").state


def test_a_story_is_held_or_declined_for_a_reason_only_and_its_teller_reads_it(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        actor, told = setting(session)
        for press in (
            Press("held"),
            Press("held", reason="advert"),
            Press("declined", reason="nonsense"),
            Press("declined", reason="advert", sentence="x" * 501),
            Press("published", reason="other"),
            Press("vanished"),
        ):
            with pytest.raises(BadInput):
                judge_story(session, actor, told.reference, press, NOW)
        assert show_my_story(session, told.story_id, NOW).decided is None
        judge_story(session, actor, told.reference, Press("held", reason="asked", sentence="Which bus?"), NOW)
        decided = show_my_story(session, told.story_id, NOW).decided
        assert decided is not None
        assert (decided.reason, decided.sentence, decided.language) == ("asked", "Which bus?", "en")
        decide_story(session, actor, told.reference, "published", NOW)
        assert show_my_story(session, told.story_id, NOW).decided is None


def test_what_was_done_last_can_be_undone_step_by_step_back_to_the_beginning(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        actor, told = setting(session)
        proposed = open_story(session, actor, told.reference, NOW).hidden
        first = redact_story(session, actor, told.reference, ((0, 12, "other"),), NOW)
        second = judge_story(session, actor, told.reference, Press("published", ((13, 22, "name"),)), NOW)
        assert is_public(session, told)
        with pytest.raises(NotTheLast):
            undo_judgement(session, actor, told.reference, first.id, NOW)
        undo_judgement(session, actor, told.reference, second.id, NOW)
        assert not is_public(session, told)
        story = open_story(session, actor, told.reference, NOW)
        assert (story.state, story.hidden) == ("received", ((0, 12, "other"),))
        undo_judgement(session, actor, told.reference, first.id, NOW)
        # Nobody has decided what to hide, so that all the machine noticed is proposed again.
        assert open_story(session, actor, told.reference, NOW).hidden == proposed
        assert hidden_spans(session, find_story(session, actor, told.reference, "moderate")) is None
        steps = list_steps(session, actor, told.story_id)
        assert [(step.verdict, bool(step.undone_at), step.may_undo) for step in steps] == [
            ("published", True, False),
            ("redacted", True, False),
        ]
        kinds = session.scalars(
            select(Event.kind).where(Event.subject_id == told.story_id).order_by(Event.id)
        )
        assert [kind for kind in kinds if "view" not in kind][-4:] == [
            "hiding_undone",
            "judgement_undone",
            "hiding_undone",
            "judgement_undone",
        ]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_was_done_undoing_it_all_goes_back_through_each_state(
    factory: SessionFactory, seed: int
) -> None:
    chance = Random(seed)
    with transaction(factory) as session:
        first, told = setting(session)
        people, seen, done = (first, make_staff(session)), [], []

        def snapshot() -> tuple[object, ...]:
            story = find_story(session, first, told.reference, "moderate")
            public = session.scalar(select(Publication.text).where(Publication.story_id == story.id))
            return story.state, hidden_spans(session, story), public

        for _ in range(8):
            seen.append(snapshot())
            verdict = chance.choice(("redacted", "published", "held", "declined"))
            spans = tuple(
                sorted({(at, at + 3, "other") for at in chance.sample(range(50), chance.randrange(3))})
            )
            reason = "other" if verdict in ("held", "declined") else None
            press = Press(verdict, chance.choice((spans, None)), reason)
            done.append(judge_story(session, chance.choice(people), told.reference, press, NOW).id)
        for judgement_id in reversed(done):
            undo_judgement(session, chance.choice(people), told.reference, judgement_id, NOW)
            assert snapshot() == seen.pop()


def test_undoing_a_hold_publishes_again_only_what_its_teller_still_agrees_to(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        actor, told = setting(session)
        decide_story(session, actor, told.reference, "published", NOW)
        held = decide_story(session, actor, told.reference, "held", NOW)
        undo_judgement(session, actor, told.reference, held.id, NOW)
        assert is_public(session, told)
        held = decide_story(session, actor, told.reference, "held", NOW)
        change_consent(session, told.story_id, frozenset({"read"}), "en", NOW)
        undo_judgement(session, actor, told.reference, held.id, NOW)
        assert (is_public(session, told), state_of(session, actor, told)) == (False, "received")


def test_what_its_teller_took_back_meanwhile_cannot_be_undone(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        actor, told = setting(session)
        published = decide_story(session, actor, told.reference, "published", NOW)
        change_consent(session, told.story_id, frozenset({"read"}), "en", NOW)
        with pytest.raises(NotTheLast):
            undo_judgement(session, actor, told.reference, published.id, NOW)


def test_declining_a_story_of_danger_waits_for_a_second_person(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        actor, told = setting(session, RISK)
        colleague = make_staff(session)
        proposed = decide_story(session, actor, told.reference, "declined", NOW, "threat")
        assert (proposed.pending, state_of(session, actor, told)) == (True, "held")
        letters = session.scalars(select(Letter).where(Letter.kind == "second_person")).all()
        assert [letter.user_id for letter in letters] == [colleague.user_id]
        assert len(proposed.asked) == 1
        assert show_my_story(session, told.story_id, NOW).decided is None
        with pytest.raises(OwnJudgement):
            review_judgement(session, actor, told.reference, True, NOW)
        [step] = list_steps(session, colleague, told.story_id)
        assert (step.pending, step.may_review) == (True, True)
        review_judgement(session, colleague, told.reference, True, NOW)
        assert state_of(session, actor, told) == "declined"
        decided = show_my_story(session, told.story_id, NOW).decided
        assert decided is not None
        assert decided.reason == "threat"
        [step] = list_steps(session, actor, told.story_id)
        assert (step.upheld, step.may_undo) == (True, False)
        with pytest.raises(NotTheLast):
            undo_judgement(session, actor, told.reference, step.id, NOW)


def test_without_agreement_the_story_is_as_it_was(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        actor, told = setting(session, RISK)
        decide_story(session, actor, told.reference, "published", NOW)
        decide_story(session, actor, told.reference, "declined", NOW, "threat")
        assert not is_public(session, told)
        review_judgement(session, make_staff(session), told.reference, False, NOW)
        assert is_public(session, told)
        with pytest.raises(NothingToReview):
            review_judgement(session, make_staff(session), told.reference, False, NOW)


def test_a_new_verdict_takes_the_place_of_one_that_waits(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        actor, told = setting(session, RISK)
        decide_story(session, actor, told.reference, "declined", NOW, "threat")
        decide_story(session, make_staff(session), told.reference, "published", NOW)
        assert [step.pending for step in list_steps(session, actor, told.story_id)] == [False, False]
        with pytest.raises(NothingToReview):
            review_judgement(session, make_staff(session), told.reference, True, NOW)
        assert is_public(session, told)


def test_an_appeal_is_heard_by_somebody_else(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        actor, told = setting(session)
        colleague = make_staff(session, "administrator")
        decide_story(session, actor, told.reference, "declined", NOW)
        with pytest.raises(OwnJudgement):
            review_judgement(session, actor, told.reference, False, NOW)
        review_judgement(session, colleague, told.reference, True, NOW)
        assert state_of(session, actor, told) == "declined"
        # Whoever agreed once is not the other eye a second time.
        with pytest.raises(OwnJudgement):
            review_judgement(session, colleague, told.reference, False, NOW)
        review_judgement(session, make_staff(session), told.reference, False, NOW)
        assert state_of(session, actor, told) == "received"


def test_who_can_be_the_second_person_is_named_and_nobody_of_another_body(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        actor, told = setting(session)
        make_staff(session, "moderator", "corff-arall")
        make_staff(session, "analyst")
        gone = make_staff(session)
        session.execute(
            update(Membership).where(Membership.user_id == gone.user_id).values(switched_off_at=NOW)
        )
        project = find_story(session, actor, told.reference, "moderate").project_id
        assert second_people(session, actor, project) == second_people(session, actor, project)
        assert (
            second_people(session, actor, project).moderators,
            second_people(session, actor, project).administrators,
        ) == (
            (),
            (),
        )
        make_staff(session, "administrator")
        assert len(second_people(session, actor, project).administrators) == 1
        make_staff(session)
        assert len(second_people(session, actor, project).moderators) == 1


def test_taking_a_story_back_leaves_nothing_of_what_was_judged(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        actor, told = setting(session)
        press = Press("held", ((0, 5, "name"),), "asked", "Which bus to Gwenllian’s?")
        judge_story(session, actor, told.reference, press, NOW)
        withdraw_story(session, told.story_id, NOW)
        for table in (Judgement, Redaction):
            assert session.scalar(select(func.count()).where(table.story_id == told.story_id)) == 0
        details = session.scalars(select(Event.detail).where(Event.subject_id == told.story_id))
        assert "Gwenllian" not in str(list(details))
