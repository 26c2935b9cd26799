"""My story: opened by code alone, corrected and taken back by its teller, with everything public following."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotFound
from involve.models import Consent, Event, Message, Publication, PublicationTag, Reply, Story, Tag
from involve.services.moderation.moderate import decide_story, redact_story
from involve.services.moderation.replies import reply_to_stories
from involve.services.stories.codes import make_code
from involve.services.stories.tell import Receipt
from involve.services.stories.understand import tag_story
from involve.services.tellers.my_story import (
    MyStory,
    add_tag,
    answer_tag,
    change_consent,
    find_by_code,
    show_my_story,
    show_uses,
    withdraw_story,
)
from tests.factories import CODE_KEY, NOW, make_draft, make_project, make_staff, make_story
from tests.services.rows import all_rows

LATER = NOW + timedelta(days=3)
WORDS = "There is no bus after six, so I cannot get to the harbour to see my doctor, and I am lonely."


@pytest.fixture
def noise(factory: SessionFactory) -> Receipt:
    """A project with another person's story, which nothing here may touch."""
    with transaction(factory) as session:
        make_project(session)
        return make_story(session)


@pytest.fixture
def told(factory: SessionFactory, noise: Receipt) -> Receipt:
    """A story that the machine has read."""
    with transaction(factory) as session:
        return make_story(session, text=WORDS)


def look(factory: SessionFactory, story_id: int) -> MyStory:
    with transaction(factory) as session:
        return show_my_story(session, story_id, LATER)


def publish(factory: SessionFactory, receipt: Receipt) -> None:
    with transaction(factory) as session:
        decide_story(session, make_staff(session), receipt.reference, "published", LATER)


def reply(factory: SessionFactory, *receipts: Receipt, public: bool = False) -> None:
    with transaction(factory) as session:
        references = [receipt.reference for receipt in receipts]
        reply_to_stories(
            session, make_staff(session), references, "Ateb i chi.", "An answer for you.", LATER, public
        )


def goals(story: MyStory) -> dict[str, str | None]:
    return {tag.concept: tag.participant for tag in story.tags if tag.scheme == "goal"}


def test_a_code_opens_its_own_story(factory: SessionFactory, noise: Receipt, told: Receipt) -> None:
    with factory() as session:
        assert find_by_code(session, told.code, CODE_KEY) == told.story_id
        assert find_by_code(session, noise.code, CODE_KEY) == noise.story_id


def test_an_unknown_and_a_withdrawn_code_are_one_answer(factory: SessionFactory, told: Receipt) -> None:
    with transaction(factory) as session:
        withdraw_story(session, told.story_id, LATER)
    answers = []
    for code in (told.code, make_code(CODE_KEY, make_draft().client_id)):
        with factory() as session, pytest.raises(NotFound) as caught:
            find_by_code(session, code, CODE_KEY)
        answers.append(str(caught.value))
    assert answers[0] == answers[1]


def test_the_teller_sees_their_words_and_what_the_machine_made_of_them(
    factory: SessionFactory, told: Receipt
) -> None:
    story = look(factory, told.story_id)
    assert (story.text, story.language, story.reference) == (WORDS, "en", told.reference)
    assert (story.tagged_on, story.read_on, story.published) == (NOW.date(), None, None)
    assert story.tags
    assert all(tag.voice == "machine" and tag.verdict == "suggested" and tag.passages for tag in story.tags)


def test_a_story_that_was_not_read_yet_says_so(factory: SessionFactory, noise: Receipt) -> None:
    with transaction(factory) as session:
        receipt = make_story(session, tagged=False)
    story = look(factory, receipt.story_id)
    assert (story.tagged_on, story.tags) == (None, ())


def test_an_answer_to_a_tag_stands_beside_the_machine_and_can_be_changed(
    factory: SessionFactory, told: Receipt
) -> None:
    concept = next(iter(goals(look(factory, told.story_id))))
    for verdict in ("confirmed", "rejected", "confirmed"):
        with transaction(factory) as session:
            answer_tag(session, told.story_id, "goal", concept, verdict, LATER)
        assert goals(look(factory, told.story_id))[concept] == verdict
    with factory() as session:
        voices = session.execute(
            select(Tag.voice, Tag.state).where(Tag.story_id == told.story_id, Tag.concept == concept)
        ).all()
    assert {tuple(row) for row in voices} == {("machine", "suggested"), ("participant", "confirmed")}


def test_reading_the_story_again_leaves_what_the_teller_said(factory: SessionFactory, told: Receipt) -> None:
    concept = next(iter(goals(look(factory, told.story_id))))
    with transaction(factory) as session:
        answer_tag(session, told.story_id, "goal", concept, "rejected", LATER)
        add_tag(session, told.story_id, "way", "prevention", "idea", LATER)
        tag_story(session, told.story_id, LATER)
    story = look(factory, told.story_id)
    assert goals(story)[concept] == "rejected"
    added = next(tag for tag in story.tags if tag.concept == "prevention")
    assert (added.participant, added.stance, added.voice) == ("confirmed", "idea", "participant")


@pytest.mark.parametrize(
    ("scheme", "concept", "verdict"),
    [
        ("goal", "happier", "confirmed"),
        ("theme", "healthier", "confirmed"),
        ("", "", ""),
        ("goal", "healthier", "maybe"),
        ("goal", "healthier", "suggested"),
    ],
)
def test_a_tag_that_there_is_not_is_refused(
    factory: SessionFactory, told: Receipt, scheme: str, concept: str, verdict: str
) -> None:
    with pytest.raises(BadInput), transaction(factory) as session:
        answer_tag(session, told.story_id, scheme, concept, verdict, LATER)


def test_an_unknown_stance_is_refused(factory: SessionFactory, told: Receipt) -> None:
    with pytest.raises(BadInput), transaction(factory) as session:
        add_tag(session, told.story_id, "goal", "healthier", "anger", LATER)


def test_what_the_teller_rejects_is_no_longer_public(factory: SessionFactory, told: Receipt) -> None:
    publish(factory, told)
    concept = next(iter(goals(look(factory, told.story_id))))
    with factory() as session:
        assert concept in session.scalars(select(PublicationTag.concept)).all()
    with transaction(factory) as session:
        answer_tag(session, told.story_id, "goal", concept, "rejected", LATER)
    with factory() as session:
        assert concept not in session.scalars(select(PublicationTag.concept)).all()


def test_taking_back_the_consent_to_publish_ends_it_at_once_and_keeps_every_answer(
    factory: SessionFactory, told: Receipt
) -> None:
    publish(factory, told)
    with transaction(factory) as session:
        change_consent(session, told.story_id, frozenset({"read", "research"}), "cy", LATER)
    with factory() as session:
        assert session.scalars(select(Publication)).all() == []
        assert show_uses(session, told.story_id) == {"read", "research"}
        answers = session.scalars(
            select(Consent)
            .where(Consent.story_id == told.story_id, Consent.use == "publish")
            .order_by(Consent.id)
        )
        assert [answer.given for answer in answers] == [True, False]
    assert look(factory, told.story_id).state == "received"


def test_a_story_cannot_be_kept_unread(factory: SessionFactory, told: Receipt) -> None:
    with pytest.raises(BadInput), transaction(factory) as session:
        change_consent(session, told.story_id, frozenset({"publish"}), "en", LATER)


def test_an_answer_comes_in_the_language_that_its_reader_chose_and_counts_as_read_when_seen(
    factory: SessionFactory, noise: Receipt, told: Receipt
) -> None:
    with transaction(factory) as session:
        welsh = make_story(session, text="Mae’r bws yn hwyr.", reply_language="cy")
    reply(factory, told, welsh)
    with factory() as session:
        assert set(session.scalars(select(Message.state))) == {"due"}
    answer = look(factory, welsh.story_id).replies[0]
    assert (answer.text, answer.language, answer.written_on) == ("Ateb i chi.", "cy", LATER.date())
    with factory() as session:
        states = {
            message.story_id: (message.state, message.read_at) for message in session.scalars(select(Message))
        }
    assert states == {told.story_id: ("due", None), welsh.story_id: ("read", LATER)}
    assert look(factory, noise.story_id).replies == ()


def test_words_of_danger_are_noticed(factory: SessionFactory, noise: Receipt) -> None:
    with transaction(factory) as session:
        receipt = make_story(session, text="He hits me every night and I am afraid of him.")
    assert look(factory, receipt.story_id).at_risk
    assert not look(factory, noise.story_id).at_risk


def test_withdrawing_takes_every_word_out_of_every_table(
    factory: SessionFactory, noise: Receipt, told: Receipt
) -> None:
    publish(factory, told)
    with transaction(factory) as session:
        redact_story(session, make_staff(session), told.reference, [(0, 5, "other")], LATER)
    reply(factory, told)
    reply(factory, told, noise, public=True)
    with transaction(factory) as session:
        withdraw_story(session, told.story_id, LATER)
    with factory() as session:
        rows = all_rows(session)
        assert "harbour" not in rows
        story = session.get_one(Story, told.story_id)
        assert (story.text, story.area, story.state, story.code_hash) == ("", None, "withdrawn", None)
        assert (story.personal, story.risk, story.consents) == ([], [], [])
        for table in (Tag, Message, Publication):
            assert session.scalars(select(table).where(table.story_id == told.story_id)).all() == []
        events = select(Event.kind).where(Event.subject == "story", Event.subject_id == told.story_id)
        assert session.scalars(events.order_by(Event.id)).all()[-1] == "withdrawn"


def test_an_answer_to_one_teller_goes_with_the_story_and_an_answer_to_many_stays(
    factory: SessionFactory, noise: Receipt, told: Receipt
) -> None:
    reply(factory, told)
    reply(factory, noise, told)
    with transaction(factory) as session:
        withdraw_story(session, told.story_id, LATER)
    with factory() as session:
        assert len(session.scalars(select(Reply)).all()) == 1
    assert len(look(factory, noise.story_id).replies) == 1


def test_withdrawing_leaves_the_stories_of_others(
    factory: SessionFactory, noise: Receipt, told: Receipt
) -> None:
    publish(factory, noise)
    # The first look sees that something moved; from the second on nothing is new.
    look(factory, noise.story_id)
    before = look(factory, noise.story_id)
    with transaction(factory) as session:
        withdraw_story(session, told.story_id, LATER)
    assert look(factory, noise.story_id) == before


def test_a_withdrawn_story_answers_nothing_any_more(factory: SessionFactory, told: Receipt) -> None:
    with transaction(factory) as session:
        withdraw_story(session, told.story_id, LATER)
        tag_story(session, told.story_id, LATER)
    for act in (
        lambda session: show_my_story(session, told.story_id, LATER),
        lambda session: show_uses(session, told.story_id),
        lambda session: answer_tag(session, told.story_id, "goal", "healthier", "confirmed", LATER),
        lambda session: add_tag(session, told.story_id, "goal", "healthier", "idea", LATER),
        lambda session: change_consent(session, told.story_id, frozenset({"read"}), "en", LATER),
        lambda session: withdraw_story(session, told.story_id, LATER),
    ):
        with pytest.raises(NotFound), transaction(factory) as session:
            act(session)
