"""The search index follows what is published: added, changed and taken away in the same transaction."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Publication, Redaction, Story
from involve.services.evidence.evidence import find_stories, get_story
from involve.services.evidence.filters import EvidenceFilter
from involve.services.publishing.publish import (
    PublishingNotAgreed,
    publish_story,
    refresh_publication,
    unpublish_story,
)
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import answer_tag, change_consent, withdraw_story
from tests.factories import NOW, make_project, make_story

WORDS = "Gwenllian waits at the surgery, and the phone is dead. Ring 07700 900123."


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with transaction(factory) as session:
        make_project(session)
        yield session
        check_index(session)


@pytest.fixture
def told(session: Session) -> Receipt:
    return make_story(session, text=WORDS)


def story_of(session: Session, receipt: Receipt) -> Story:
    return session.get_one(Story, receipt.story_id)


def found(session: Session, words: str) -> int:
    return find_stories(session, EvidenceFilter(words=words)).total


def hide(session: Session, story: Story, words: str, kind: str) -> None:
    start = story.text.index(words)
    session.add(Redaction(story_id=story.id, start=start, end=start + len(words), kind=kind, at=NOW))
    session.flush()


def check_index(session: Session) -> None:
    """Have SQLite compare its index with the rows; PostgreSQL's is an index of the rows themselves."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(
            text("insert into publication_search(publication_search, rank) values ('integrity-check', 1)")
        )


def test_a_story_is_found_from_the_moment_it_is_published(session: Session, told: Receipt) -> None:
    assert found(session, "surgeries") == 0
    publish_story(session, story_of(session, told), NOW)
    assert found(session, "surgeries") == 1


def test_a_story_is_found_no_more_once_it_is_taken_away(session: Session, told: Receipt) -> None:
    story = story_of(session, told)
    publish_story(session, story, NOW)
    unpublish_story(session, story)
    assert found(session, "surgery") == found(session, "") == 0
    unpublish_story(session, story)
    publish_story(session, story, NOW)
    assert found(session, "surgery") == 1


def test_hidden_words_are_not_found_and_neither_is_the_mark_that_stands_for_them(
    session: Session, told: Receipt
) -> None:
    story = story_of(session, told)
    publish_story(session, story, NOW)
    assert found(session, "Gwenllian") == found(session, "07700") == 1
    hide(session, story, "Gwenllian", "name")
    hide(session, story, "07700 900123", "phone")
    refresh_publication(session, story)
    assert (
        found(session, "Gwenllian")
        == found(session, "07700")
        == found(session, "ffôn")
        == found(session, "enw")
        == 0
    )
    assert found(session, "surgery") == found(session, "phone") == 1
    publication = session.query(Publication).one()
    assert publication.text.startswith("[enw · name] waits")
    assert "gwenllian" not in publication.keys


def test_a_story_whose_only_phone_is_a_mark_is_not_found_by_that_word(session: Session) -> None:
    story = story_of(session, make_story(session, text="Ring 07700 900123."))
    hide(session, story, "07700 900123", "phone")
    publish_story(session, story, NOW)
    assert found(session, "phone") == found(session, "ffôn") == 0
    assert found(session, "ring") == 1


def test_a_story_hidden_whole_is_published_without_words_to_find(session: Session, told: Receipt) -> None:
    story = story_of(session, told)
    hide(session, story, WORDS, "other")
    publish_story(session, story, NOW)
    publication = session.query(Publication).one()
    assert (publication.keys, publication.tags) == ("", [])


def test_withdrawing_and_taking_back_consent_empty_the_index_at_once(session: Session) -> None:
    for number, take_back in enumerate((withdraw, disagree)):
        receipt = make_story(session, text=f"{WORDS} Number {number}.")
        publish_story(session, story_of(session, receipt), NOW)
        assert found(session, "surgery") == 1
        take_back(session, receipt.story_id)
        assert found(session, "surgery") == found(session, "") == 0
        assert get_story(session, receipt.reference) is None


def withdraw(session: Session, story_id: int) -> None:
    withdraw_story(session, story_id, NOW)


def disagree(session: Session, story_id: int) -> None:
    change_consent(session, story_id, frozenset({"read", "quote"}), "en", NOW)


def test_without_consent_nothing_is_published(session: Session) -> None:
    story = story_of(session, make_story(session, uses=frozenset({"read"})))
    with pytest.raises(PublishingNotAgreed):
        publish_story(session, story, NOW)
    assert found(session, "") == 0


def test_a_withdrawn_story_is_never_published_again(session: Session, told: Receipt) -> None:
    story = story_of(session, told)
    withdraw_story(session, story.id, NOW)
    with pytest.raises(PublishingNotAgreed):
        publish_story(session, story, NOW)


def test_what_the_teller_says_of_a_tag_is_public_at_once(session: Session, told: Receipt) -> None:
    story = story_of(session, told)
    publish_story(session, story, NOW)

    def shown() -> dict[str, bool]:
        published = get_story(session, told.reference)
        assert published is not None
        return {tag.concept: tag.agreed for tag in published.tags if tag.scheme == "goal"}

    before = shown()
    assert before
    assert not any(before.values())
    answer_tag(session, story.id, "goal", next(iter(before)), "confirmed", NOW)
    assert shown()[next(iter(before))] is True
    answer_tag(session, story.id, "goal", next(iter(before)), "rejected", NOW)
    assert next(iter(before)) not in shown()


def test_what_is_rolled_back_is_not_found(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        receipt = make_story(session, text=WORDS)
    with factory() as session:
        publish_story(session, story_of(session, receipt), NOW)
        session.rollback()
    with factory() as session:
        assert found(session, "surgery") == 0
        check_index(session)
