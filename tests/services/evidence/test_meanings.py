"""What published stories mean is kept beside them, of their published words alone, and goes with these."""

from array import array
from collections.abc import Mapping

import pytest
from sqlalchemy import select, update

from involve.database import SessionFactory, transaction
from involve.models import Publication, PublicationVector
from involve.services.evidence.alike import AlikeStories, find_alike
from involve.services.evidence.meanings import keep_meanings
from involve.services.tellers.my_story import withdraw_story
from involve.text.meaning import SIZE, can_embed
from tests.factories import NOW, make_project, make_story
from tests.publications import Shown, add_rows, publish

needs_extra = pytest.mark.skipif(not can_embed(), reason="the extra embeddings is not installed")
BEARING = (("goal", "healthier", "concern"), ("goal", "equal", "idea"), ("way", "prevention", "idea"))


def keep_by_hand(
    factory: SessionFactory, directions: Mapping[int, tuple[int, ...]], model: str = "m"
) -> None:
    """Keep a few numbers for publications, in place of what the model would say."""
    with transaction(factory) as session:
        for number, direction in directions.items():
            vector = array("b", (*direction, *[0] * (SIZE - len(direction)))).tobytes()
            session.merge(PublicationVector(publication_id=number, model=model, vector=vector))


def kept(factory: SessionFactory) -> dict[int, bytes]:
    with factory() as session:
        return {row.publication_id: row.vector for row in session.scalars(select(PublicationVector))}


@needs_extra
def test_published_words_alone_are_read_and_read_again_when_they_change(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        told, _private = make_story(session, text="There is no bus."), make_story(session, text="I am ill.")
        publish(session, told)
    assert keep_meanings(factory) == 1
    assert keep_meanings(factory) == 0
    before = kept(factory)
    with transaction(factory) as session:
        session.execute(update(Publication).values(text="The choir sings."))
    assert kept(factory) == {}
    assert keep_meanings(factory) == 1
    after = kept(factory)
    assert after.keys() == before.keys()
    assert after != before
    with transaction(factory) as session:
        session.execute(update(PublicationVector).values(model="an older one", vector=b"\1"))
    # Another process, which has looked at nothing yet.
    factory.kw["info"]["memory"].clear()
    assert keep_meanings(factory) == 1
    assert kept(factory) == after


def test_what_a_story_means_goes_with_it_and_with_its_words(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        told, other = make_story(session), make_story(session, text="Another story of a bus.")
        publish(session, told)
        publish(session, other)
        first, second = session.scalars(select(Publication.id).order_by(Publication.id))
    keep_by_hand(factory, {first: (1,), second: (2,)})
    with transaction(factory) as session:
        session.execute(update(Publication).values(quotable=True))
    assert kept(factory).keys() == {first, second}
    with transaction(factory) as session:
        withdraw_story(session, told.story_id, NOW)
    assert kept(factory).keys() == {second}
    with transaction(factory) as session:
        session.execute(update(Publication).values(text="Other words."))
    assert kept(factory) == {}


def test_of_stories_that_share_most_the_nearest_come_first_in_either_language(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        make_project(session)
        own, same, near, far, against = add_rows(
            session,
            "bywyd-da",
            [
                Shown("A.", tags=BEARING),
                Shown("B.", tags=BEARING),
                Shown("C.", "cy", tags=BEARING[:2]),
                Shown("D.", tags=BEARING),
                Shown("E.", tags=BEARING),
            ],
        )
        add_rows(session, "bywyd-da", [Shown("Rain.")] * 5)
        numbers = dict(session.execute(select(Publication.reference, Publication.id)).all())

    def alike() -> AlikeStories:
        with factory() as session:
            return find_alike(session, numbers[own])

    def names() -> list[str]:
        return [each.story.reference for each in alike().stories]

    by_topics = names()
    assert set(by_topics) == {same, near, far, against}
    assert by_topics[-1] == near
    keep_by_hand(factory, {numbers[own]: (100,), numbers[near]: (90, 10), numbers[far]: (10, 90)})
    assert names() == by_topics, "too little is known yet"
    assert not alike().by_meaning
    keep_by_hand(factory, {numbers[same]: (50, 50), numbers[against]: (-50, 50)})
    assert names() == [near, same, far]
    assert alike().by_meaning
    assert len(alike().stories[0].shared) == 2
    # Those of another model cannot be compared.
    keep_by_hand(factory, {numbers[own]: (100,)}, "another")
    assert names() == by_topics
