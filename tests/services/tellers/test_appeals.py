"""Appeals: asked for once, decided by somebody else, told to the teller with a reason, and gone with the story."""

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotAllowed, NotFound
from involve.models import Appeal, Event, Letter, Story
from involve.services.moderation.judgements import OwnJudgement, list_steps, review_judgement, undo_judgement
from involve.services.moderation.moderate import decide_story
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.services.tellers.appeals import (
    LONGEST_APPEAL,
    MyAppeal,
    NothingToAppeal,
    appeal_judgement,
    decide_appeal,
    find_appeal,
    list_appeals,
    show_my_appeal,
)
from involve.services.tellers.contacts import keep_contact
from involve.services.tellers.my_story import withdraw_story
from tests.factories import CODE_KEY, NOW, make_project, make_staff, make_story
from tests.services.rows import all_rows

WORDS = "I did not mean anybody at the lighthouse."
SENTENCE = "I read it as well, and the shopkeeper could be recognised."


@pytest.fixture
def judge(factory: SessionFactory) -> Actor:
    """A moderator, in a project with somebody else's story that was declined and appealed."""
    with transaction(factory) as session:
        make_project(session)
        actor = make_staff(session)
        other = make_story(session, text="Noise: the library.")
        decide_story(session, actor, other.reference, "declined", NOW)
        appeal_judgement(session, other.story_id, "Noise.", NOW)
        return actor


@pytest.fixture
def second(factory: SessionFactory, judge: Actor) -> Actor:
    with transaction(factory) as session:
        return make_staff(session)


@pytest.fixture
def told(factory: SessionFactory, judge: Actor) -> Receipt:
    """A story that was declined."""
    with transaction(factory) as session:
        receipt = make_story(session)
        decide_story(session, judge, receipt.reference, "declined", NOW, "identifies")
        return receipt


def ask(factory: SessionFactory, told: Receipt, words: str = WORDS) -> None:
    with transaction(factory) as session:
        appeal_judgement(session, told.story_id, words, NOW)


def decide(
    factory: SessionFactory, actor: Actor, told: Receipt, uphold: bool, sentence: str = SENTENCE
) -> None:
    with transaction(factory) as session:
        decide_appeal(session, actor, told.reference, uphold, sentence, NOW)


def mine(factory: SessionFactory, told: Receipt) -> MyAppeal | None:
    with transaction(factory) as session:
        return show_my_appeal(session, told.story_id, NOW)


def stands(factory: SessionFactory, told: Receipt) -> str | None:
    appeal = mine(factory, told)
    return appeal.stands if appeal else None


def waiting(factory: SessionFactory, actor: Actor) -> list[str]:
    with factory() as session:
        return [each.reference for each in list_appeals(session, actor)]


def test_an_appeal_waits_for_somebody_else_than_who_judged(
    factory: SessionFactory, told: Receipt, judge: Actor, second: Actor
) -> None:
    assert stands(factory, told) == "open"
    ask(factory, told)
    assert stands(factory, told) == "asked"
    assert waiting(factory, judge) == []
    assert waiting(factory, second)[-1] == told.reference
    with factory() as session:
        seen = find_appeal(session, judge, told.reference, NOW)
        assert seen is not None
        assert (seen.mine, seen.words, seen.words_language, seen.reason) == (True, WORDS, "en", "identifies")
    with pytest.raises(OwnJudgement):
        decide(factory, judge, told, True)
    assert stands(factory, told) == "asked"


def test_an_upheld_judgement_stays_and_the_teller_reads_why_once_as_new(
    factory: SessionFactory, told: Receipt, second: Actor
) -> None:
    ask(factory, told)
    decide(factory, second, told, True)
    first, later = mine(factory, told), mine(factory, told)
    assert first is not None
    assert later is not None
    assert (first.stands, first.sentence, first.language) == ("upheld", SENTENCE, "en")
    assert (first.new, later.new) == (True, False)
    with factory() as session:
        assert session.get_one(Story, told.story_id).state == "declined"
        row = session.scalars(select(Appeal).where(Appeal.story_id == told.story_id)).one()
        assert (row.verdict, row.language, row.upheld, row.user_id) == (
            "declined",
            "en",
            True,
            second.user_id,
        )
    assert told.reference not in waiting(factory, second)
    with pytest.raises(NotFound):
        decide(factory, second, told, False)


def test_an_overturned_judgement_leaves_the_story_as_it_was_before(
    factory: SessionFactory, told: Receipt, second: Actor
) -> None:
    ask(factory, told)
    decide(factory, second, told, False, "")
    assert stands(factory, told) == "changed"
    with factory() as session:
        assert session.get_one(Story, told.story_id).state == "received"


def test_it_is_asked_once_for_each_judgement(
    factory: SessionFactory, told: Receipt, judge: Actor, second: Actor
) -> None:
    ask(factory, told)
    with pytest.raises(NothingToAppeal):
        ask(factory, told)
    decide(factory, second, told, False, "")
    with pytest.raises(NothingToAppeal):
        ask(factory, told)
    with transaction(factory) as session:
        decide_story(session, judge, told.reference, "held", NOW, "legal")
    assert stands(factory, told) == "open"
    ask(factory, told)
    assert stands(factory, told) == "asked"


def test_nothing_is_asked_of_a_story_that_nobody_decided_against(
    factory: SessionFactory, judge: Actor, second: Actor
) -> None:
    with transaction(factory) as session:
        received, grave = make_story(session), make_story(session, text="He hits me and I am afraid of him.")
        decide_story(session, judge, grave.reference, "declined", NOW)
    assert (stands(factory, received), stands(factory, grave)) == (None, None)
    for story in (received, grave):
        with pytest.raises(NothingToAppeal):
            ask(factory, story)
    with transaction(factory) as session:
        review_judgement(session, second, grave.reference, True, NOW)
    assert stands(factory, grave) == "looked_at"
    with pytest.raises(NothingToAppeal):
        ask(factory, grave)


def test_whoever_judged_may_still_undo_it_and_the_teller_is_told(
    factory: SessionFactory, told: Receipt, judge: Actor, second: Actor
) -> None:
    ask(factory, told)
    with transaction(factory) as session:
        story = session.get_one(Story, told.story_id)
        [step] = list_steps(session, judge, story.id)
        undo_judgement(session, judge, told.reference, step.id, NOW)
    assert stands(factory, told) == "changed"
    assert told.reference not in waiting(factory, second)


@pytest.mark.parametrize(("uphold", "sentence"), [(True, " "), (True, "x" * 501), (False, "x" * 501)])
def test_a_judgement_that_stands_needs_a_sentence_and_none_is_too_long(
    factory: SessionFactory, told: Receipt, second: Actor, uphold: bool, sentence: str
) -> None:
    ask(factory, told)
    with pytest.raises(BadInput):
        decide(factory, second, told, uphold, sentence)
    assert stands(factory, told) == "asked"


def test_words_that_are_too_long_are_refused(factory: SessionFactory, told: Receipt) -> None:
    with pytest.raises(BadInput):
        ask(factory, told, "x" * (LONGEST_APPEAL + 1))


@pytest.mark.parametrize(("role", "body"), [("analyst", "corff-prawf"), ("moderator", "corff-arall")])
def test_a_second_person_is_one_who_moderates_there(
    factory: SessionFactory, told: Receipt, role: str, body: str
) -> None:
    ask(factory, told)
    with transaction(factory) as session:
        stranger = make_staff(session, role, body)
    assert waiting(factory, stranger) == []
    with pytest.raises((NotAllowed, NotFound)):
        decide(factory, stranger, told, True)


def test_events_hold_no_words_news_is_sent_and_withdrawing_erases_it(
    factory: SessionFactory, told: Receipt, second: Actor
) -> None:
    with transaction(factory) as session:
        keep_contact(session, told.story_id, "rhywun@enghraifft.example", "en", NOW, CODE_KEY)
    ask(factory, told)
    decide(factory, second, told, True)
    with factory() as session:
        assert [each.kind for each in session.scalars(select(Letter))] == ["news"]
        kinds = session.scalars(select(Event.kind).where(Event.subject_id == told.story_id)).all()
        assert {"appealed", "appeal_decided"} <= set(kinds)
        details = repr(session.scalars(select(Event.detail)).all())
        assert "lighthouse" not in details
        assert "shopkeeper" not in details
    with transaction(factory) as session:
        withdraw_story(session, told.story_id, NOW)
    with factory() as session:
        rows = all_rows(session)
        assert "lighthouse" not in rows
        assert "shopkeeper" not in rows
        assert len(session.scalars(select(Appeal)).all()) == 1
