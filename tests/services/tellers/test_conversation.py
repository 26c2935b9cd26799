"""Talking both ways by code: who reads what, in which language, how often, and that it goes with the story."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, LanguageMissing, NotAllowed, NotFound
from involve.models import Event, Remark, Story
from involve.services.moderation.queue import list_queue
from involve.services.moderation.queue_filter import QueueFilter
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.services.tellers.conversation import (
    LONGEST_REMARK,
    MOST_A_DAY,
    Conversation,
    SaidEnough,
    Voice,
    decline_to_answer,
    list_unread,
    read_by_staff,
    read_conversation,
    write_to_staff,
    write_to_teller,
)
from involve.services.tellers.my_story import withdraw_story
from tests.factories import NOW, make_project, make_staff, make_story
from tests.services.rows import all_rows

QUESTION = "Which stop do you wait at in the evening?"
ANSWER = "At the harbour stop, near the old lighthouse."


@pytest.fixture
def noise(factory: SessionFactory) -> Receipt:
    """A project with somebody else's story, of which staff asked something too."""
    with transaction(factory) as session:
        make_project(session)
        other = make_story(session)
        write_to_teller(session, make_staff(session), other.reference, "What happened afterwards?", NOW)
        return other


@pytest.fixture
def told(factory: SessionFactory, noise: Receipt) -> Receipt:
    """A story whose teller reads English."""
    with transaction(factory) as session:
        return make_story(session)


@pytest.fixture
def moderator(factory: SessionFactory, noise: Receipt) -> Actor:
    """Somebody who reads originals."""
    with transaction(factory) as session:
        return make_staff(session)


def ask(factory: SessionFactory, actor: Actor, told: Receipt, text: str = QUESTION) -> int:
    """Ask something and return the number of the question."""
    with transaction(factory) as session:
        write_to_teller(session, actor, told.reference, text, NOW)
        return session.scalars(select(Remark.id).order_by(Remark.id.desc())).first() or 0


def read(factory: SessionFactory, told: Receipt, reader: Voice) -> Conversation:
    with transaction(factory) as session:
        return read_conversation(session, told.story_id, reader, NOW)


def test_a_question_is_new_once_and_waits_until_it_is_answered(
    factory: SessionFactory, noise: Receipt, told: Receipt, moderator: Actor
) -> None:
    question = ask(factory, moderator, told)
    first, second = read(factory, told, "participant"), read(factory, told, "participant")
    assert (first.new, second.new) == (1, 0)
    assert [each.text for each in second.waiting] == [QUESTION]
    with transaction(factory) as session:
        write_to_staff(session, told.story_id, ANSWER, NOW, about=question)
    seen = read(factory, told, "staff")
    assert [(each.voice, each.kind, each.text, each.new) for each in seen.said] == [
        ("staff", "question", QUESTION, False),
        ("participant", "answer", ANSWER, True),
    ]
    assert seen.waiting == ()
    assert read(factory, told, "staff").new == 0
    assert len(read(factory, noise, "participant").said) == 1


def test_the_queue_marks_what_the_teller_wrote_until_staff_read_it(
    factory: SessionFactory, noise: Receipt, told: Receipt, moderator: Actor
) -> None:
    with transaction(factory) as session:
        write_to_staff(session, told.story_id, ANSWER, NOW)

    def marked() -> set[str]:
        with transaction(factory) as session:
            listed = list_queue(session, moderator, QueueFilter(), NOW.date())
            return {item.reference for item in listed.items if item.wrote}

    assert marked() == {told.reference}
    with transaction(factory) as session:
        stranger = make_staff(session, "moderator", "corff-arall")
        assert list_unread(session, moderator) == (told.reference,)
        assert list_unread(session, stranger) == ()
    with transaction(factory) as session:
        read_by_staff(session, moderator, told.reference, NOW)
    assert marked() == set()


def test_a_teller_may_decline_and_may_still_answer_afterwards(
    factory: SessionFactory, told: Receipt, moderator: Actor
) -> None:
    question = ask(factory, moderator, told)
    for _ in range(2):
        with transaction(factory) as session:
            decline_to_answer(session, told.story_id, question, NOW)
    seen = read(factory, told, "staff")
    assert [each.kind for each in seen.said] == ["question", "declined"]
    with transaction(factory) as session:
        write_to_staff(session, told.story_id, ANSWER, NOW, about=question)
    assert [each.kind for each in read(factory, told, "staff").said] == ["question", "declined", "answer"]


def test_staff_write_in_the_language_that_was_chosen_or_say_that_nobody_can(
    factory: SessionFactory, noise: Receipt, moderator: Actor
) -> None:
    with transaction(factory) as session:
        welsh = make_story(session, reply_language="cy")
    with pytest.raises(LanguageMissing, match="cy"), transaction(factory) as session:
        write_to_teller(session, moderator, welsh.reference, QUESTION, NOW)
    with transaction(factory) as session:
        write_to_teller(session, moderator, welsh.reference, "Ble ydych chi’n aros gyda’r nos?", NOW)
        write_to_teller(session, moderator, welsh.reference, QUESTION, NOW, other_language=True)
    seen = read(factory, welsh, "participant").said
    assert [(each.language, each.unasked) for each in seen] == [("cy", False), ("en", True)]


def test_each_answer_knows_its_own_language(factory: SessionFactory, told: Receipt) -> None:
    with transaction(factory) as session:
        write_to_staff(session, told.story_id, "Dw i’n aros wrth yr harbwr bob nos.", NOW)
        write_to_staff(session, told.story_id, ANSWER, NOW)
    assert [each.language for each in read(factory, told, "staff").said] == ["cy", "en"]


def test_each_side_says_so_much_in_a_day_and_the_same_words_count_once(
    factory: SessionFactory, told: Receipt, moderator: Actor
) -> None:
    with transaction(factory) as session:
        for number in range(MOST_A_DAY):
            write_to_staff(session, told.story_id, f"Thing {number}", NOW)
            write_to_staff(session, told.story_id, f"Thing {number}", NOW)
    assert len(read(factory, told, "staff").said) == MOST_A_DAY
    with pytest.raises(SaidEnough), transaction(factory) as session:
        write_to_staff(session, told.story_id, "One more", NOW)
    ask(factory, moderator, told)
    with transaction(factory) as session:
        write_to_staff(session, told.story_id, "One more", NOW + timedelta(days=1, minutes=1))


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST_REMARK + 1)])
def test_no_words_and_too_many_are_refused(
    factory: SessionFactory, told: Receipt, moderator: Actor, text: str
) -> None:
    with pytest.raises(BadInput), transaction(factory) as session:
        write_to_staff(session, told.story_id, text, NOW)
    with pytest.raises(BadInput), transaction(factory) as session:
        write_to_teller(session, moderator, told.reference, text, NOW)


def test_nobody_answers_the_question_of_another_story(
    factory: SessionFactory, noise: Receipt, told: Receipt
) -> None:
    with factory() as session:
        theirs = session.scalars(select(Remark.id).where(Remark.story_id == noise.story_id)).one()
    with pytest.raises(NotFound), transaction(factory) as session:
        write_to_staff(session, told.story_id, ANSWER, NOW, about=theirs)
    with pytest.raises(NotFound), transaction(factory) as session:
        decline_to_answer(session, told.story_id, theirs, NOW)


@pytest.mark.parametrize("role", ["worker", "intermediary", "analyst", "decision_maker"])
def test_only_those_who_read_originals_take_part(factory: SessionFactory, told: Receipt, role: str) -> None:
    with transaction(factory) as session:
        actor = make_staff(session, role)
    with pytest.raises(NotAllowed), transaction(factory) as session:
        read_by_staff(session, actor, told.reference, NOW)
    with pytest.raises(NotAllowed), transaction(factory) as session:
        write_to_teller(session, actor, told.reference, QUESTION, NOW)


def test_a_story_without_a_code_cannot_be_asked(
    factory: SessionFactory, told: Receipt, moderator: Actor
) -> None:
    with transaction(factory) as session:
        session.get_one(Story, told.story_id).code_hash = None
    with pytest.raises(BadInput), transaction(factory) as session:
        write_to_teller(session, moderator, told.reference, QUESTION, NOW)
    with transaction(factory) as session:
        assert not read_by_staff(session, moderator, told.reference, NOW).reachable


def test_withdrawing_erases_the_words_of_both_sides_and_no_event_holds_any(
    factory: SessionFactory, noise: Receipt, told: Receipt, moderator: Actor
) -> None:
    question = ask(factory, moderator, told)
    with transaction(factory) as session:
        write_to_staff(session, told.story_id, ANSWER, NOW, about=question)
        read_by_staff(session, moderator, told.reference, NOW)
    with factory() as session:
        kinds = session.scalars(select(Event.kind).where(Event.subject_id == told.story_id)).all()
        assert {"teller_asked", "teller_wrote", "conversation_viewed"} <= set(kinds)
        details = repr(session.scalars(select(Event.detail)).all())
        assert "harbour" not in details
        assert "evening" not in details
    with transaction(factory) as session:
        withdraw_story(session, told.story_id, NOW)
    with factory() as session:
        rows = all_rows(session)
        assert "lighthouse" not in rows
        assert QUESTION not in rows
        assert "What happened afterwards?" in rows
