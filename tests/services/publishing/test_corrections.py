"""Corrections: offered by staff, said yes or no to by the teller alone, followed by all that is public, and undone."""

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, Conflict, NotAllowed, NotFound
from involve.models import Correction, Event, Letter, Publication, PublicationTag, Story
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.filters import EvidenceFilter
from involve.services.moderation.moderate import decide_story, redact_story
from involve.services.publishing.corrections import (
    CorrectionView,
    WordingRefused,
    answer_correction,
    list_corrections_for_staff,
    list_my_corrections,
    offer_correction,
    take_correction_back,
)
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.services.tellers.contacts import keep_contact
from involve.services.tellers.my_story import withdraw_story
from tests.factories import CODE_KEY, NOW, make_project, make_staff, make_story
from tests.services.rows import all_rows

WORDS = "Mrs Prydderch says the buss to the hopsital is gone, so I am lonely and I cannot see my doctor."
HIDDEN = (0, len("Mrs Prydderch"), "name")


@pytest.fixture
def noise(factory: SessionFactory) -> Receipt:
    """A project with somebody else's published story, which nothing here may touch."""
    with transaction(factory) as session:
        make_project(session)
        other = make_story(session, text="The buss is late.")
        decide_story(session, make_staff(session), other.reference, "published", NOW)
        return other


@pytest.fixture
def moderator(factory: SessionFactory, noise: Receipt) -> Actor:
    with transaction(factory) as session:
        return make_staff(session)


@pytest.fixture
def told(factory: SessionFactory, moderator: Actor) -> Receipt:
    """A published story of which a name is hidden."""
    with transaction(factory) as session:
        receipt = make_story(session, text=WORDS)
        redact_story(session, moderator, receipt.reference, (HIDDEN,), NOW)
        decide_story(session, moderator, receipt.reference, "published", NOW)
        return receipt


def offer(
    factory: SessionFactory, actor: Actor, told: Receipt, old: str, new: str, reason: str = "slip"
) -> int:
    with transaction(factory) as session:
        offer_correction(session, actor, told.reference, old, new, reason, NOW)
        return session.scalars(select(Correction.id).order_by(Correction.id.desc())).first() or 0


def answer(factory: SessionFactory, told: Receipt, correction: int, said: str) -> None:
    with transaction(factory) as session:
        answer_correction(session, told.story_id, correction, said, NOW)


def published(factory: SessionFactory, told: Receipt) -> tuple[str, bool]:
    with factory() as session:
        row = session.scalars(select(Publication).where(Publication.story_id == told.story_id)).one()
        return row.text, row.corrected


def mine(factory: SessionFactory, told: Receipt) -> tuple[CorrectionView, ...]:
    with transaction(factory) as session:
        return list_my_corrections(session, told.story_id, NOW)


def found(factory: SessionFactory, words: str) -> set[str]:
    with factory() as session:
        return {each.reference for each in find_stories(session, EvidenceFilter(words=words)).stories}


def test_only_an_accepted_correction_changes_what_is_public_and_never_the_story(
    factory: SessionFactory, noise: Receipt, told: Receipt, moderator: Actor
) -> None:
    before = published(factory, told)
    correction = offer(factory, moderator, told, "hopsital", "hospital")
    assert published(factory, told) == before == (before[0], False)
    answer(factory, told, correction, "accepted")
    assert published(factory, told) == (before[0].replace("hopsital", "hospital"), True)
    assert found(factory, "hospital") == {told.reference}
    assert found(factory, "hopsital") == set()
    with factory() as session:
        assert session.get_one(Story, told.story_id).text == WORDS
    assert published(factory, noise) == ("The buss is late.", False)
    answer(factory, told, correction, "undone")
    assert published(factory, told) == before
    assert found(factory, "hospital") == set()


def test_a_refused_one_changes_nothing(factory: SessionFactory, told: Receipt, moderator: Actor) -> None:
    before = published(factory, told)
    answer(factory, told, offer(factory, moderator, told, "the buss to", "the bus to"), "refused")
    assert published(factory, told) == before
    assert [view.state for view in mine(factory, told)] == ["refused"]


def test_the_teller_sees_both_wordings_as_the_public_would_and_what_is_new_once(
    factory: SessionFactory, told: Receipt, moderator: Actor
) -> None:
    offer(factory, moderator, told, "hopsital", "hospital")
    [first], [second] = mine(factory, told), mine(factory, told)
    assert (first.now.words, first.then.words) == ("hopsital", "hospital")
    assert first.now.before.endswith("the buss to the ")
    assert "Prydderch" not in first.now.before
    assert (first.has_effect, first.new, second.new) == (True, True, False)


def test_passages_of_tags_follow_the_new_words(
    factory: SessionFactory, told: Receipt, moderator: Actor
) -> None:
    def passages() -> set[str]:
        text = published(factory, told)[0]
        with factory() as session:
            rows = session.scalars(select(PublicationTag).join(PublicationTag.publication))
            mine = [row for row in rows if row.publication.story_id == told.story_id]
            return {text[start:end] for row in mine for start, end in row.passages}

    before = passages()
    assert any("lonely" in words for words in before)
    answer(factory, told, offer(factory, moderator, told, "buss to the hopsital", "bus"), "accepted")
    assert {words for words in before if "lonely" in words or "doctor" in words} <= passages()


def test_neutral_words_stand_for_what_is_hidden_and_what_is_hidden_later_wins(
    factory: SessionFactory, told: Receipt, moderator: Actor
) -> None:
    correction = offer(factory, moderator, told, "Mrs Prydderch", "My neighbour", "neutral")
    answer(factory, told, correction, "accepted")
    assert published(factory, told)[0].startswith("My neighbour says")
    later = offer(factory, moderator, told, "the buss to the hopsital", "the bus to town")
    answer(factory, told, later, "accepted")
    assert "bus to town" in published(factory, told)[0]
    place = WORDS.index("hopsital")
    with transaction(factory) as session:
        spans = (HIDDEN, (place, place + len("hopsital"), "other"))
        redact_story(session, moderator, told.reference, spans, NOW)
    text = published(factory, told)[0]
    assert text.startswith("My neighbour says the buss to the [")
    assert "town" not in text
    assert [view.has_effect for view in mine(factory, told)] == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("hospital", "surgery", "missing"),
        ("", "surgery", "missing"),
        ("the", "a", "several"),
        ("hopsital", "hopsital", "same"),
        ("hopsital", "  ", "same"),
        ("hopsital", "x" * 201, "long"),
        ("Prydderch says", "he says", "crosses"),
        ("Mrs Prydderch", "mrs prydderch", "reveals"),
        ("hopsital", "hospital, ring 07700 900123", "reveals"),
    ],
)
def test_what_cannot_be_offered_is_refused(
    factory: SessionFactory, told: Receipt, moderator: Actor, old: str, new: str, why: str
) -> None:
    with pytest.raises(WordingRefused, match=why):
        offer(factory, moderator, told, old, new)


def test_two_corrections_never_stand_in_one_place(
    factory: SessionFactory, told: Receipt, moderator: Actor
) -> None:
    first = offer(factory, moderator, told, "buss to", "bus to")
    with pytest.raises(WordingRefused, match="overlaps"):
        offer(factory, moderator, told, "the buss", "the bus")
    with transaction(factory) as session:
        take_correction_back(session, moderator, told.reference, first, NOW)
    assert mine(factory, told) == ()
    with pytest.raises(Conflict):
        answer(factory, told, first, "accepted")
    offer(factory, moderator, told, "the buss", "the bus")


def test_an_answer_is_for_the_one_whose_story_it_is(
    factory: SessionFactory, noise: Receipt, told: Receipt, moderator: Actor
) -> None:
    correction = offer(factory, moderator, told, "hopsital", "hospital")
    with pytest.raises(NotFound):
        answer(factory, noise, correction, "accepted")
    with pytest.raises(BadInput):
        answer(factory, told, correction, "offered")
    with pytest.raises(Conflict):
        answer(factory, told, correction, "undone")
    answer(factory, told, correction, "accepted")
    with pytest.raises(Conflict), transaction(factory) as session:
        take_correction_back(session, moderator, told.reference, correction, NOW)


@pytest.mark.parametrize("role", ["worker", "analyst", "decision_maker"])
def test_only_those_who_moderate_offer_corrections(factory: SessionFactory, told: Receipt, role: str) -> None:
    with transaction(factory) as session:
        actor = make_staff(session, role)
    with pytest.raises(NotAllowed):
        offer(factory, actor, told, "hopsital", "hospital")
    with pytest.raises(NotAllowed), factory() as session:
        list_corrections_for_staff(session, actor, told.reference, NOW)


def test_a_story_that_nobody_may_publish_has_no_wording_to_correct(
    factory: SessionFactory, noise: Receipt, moderator: Actor
) -> None:
    with transaction(factory) as session:
        private = make_story(session, text=WORDS, uses=frozenset({"read"}))
    with pytest.raises(NotAllowed):
        offer(factory, moderator, private, "hopsital", "hospital")


def test_an_offer_tells_of_news_and_its_events_hold_no_words_and_withdrawing_erases_it(
    factory: SessionFactory, told: Receipt, moderator: Actor
) -> None:
    with transaction(factory) as session:
        keep_contact(session, told.story_id, "rhywun@enghraifft.example", "cy", NOW, CODE_KEY)
    answer(factory, told, offer(factory, moderator, told, "hopsital", "infirmary"), "accepted")
    with factory() as session:
        assert [letter.kind for letter in session.scalars(select(Letter))] == ["news"]
        assert "infirmary" not in repr(session.scalars(select(Event.detail)).all())
    with transaction(factory) as session:
        withdraw_story(session, told.story_id, NOW)
    with factory() as session:
        assert "infirmary" not in all_rows(session)
