"""Stories that are nearly the same find each other, in their own project only, and let go when one is taken back."""

from sqlalchemy import func, select

from involve.database import SessionFactory, transaction
from involve.models import CopyKey, Likeness, Story
from involve.services.publishing.likeness import copies_of
from involve.services.stories.understand import tag_story
from involve.services.tellers.my_story import withdraw_story
from tests.factories import NOW, make_project, make_story

LETTER = (
    "Annwyl bawb, mae’r llyfrgell yn lle cynnes i’r plant ar ôl ysgol ac mae pobl hŷn yn cwrdd yno bob dydd Mawrth. "
    "Peidiwch â’i chau."
)
SIGNED = LETTER + " Diolch, Nia"
OTHER = (
    "The bus to the hospital stopped in May and my husband cannot drive any more, so we miss appointments."
)


def test_a_letter_of_a_campaign_says_what_it_is_nearly_the_same_as(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "arall")
        first = make_story(session, text=LETTER)
        second = make_story(session, text=SIGNED)
        third = make_story(session, text=LETTER.upper())
        make_story(session, text=OTHER)
        make_story(session, "arall", text=LETTER)
        make_story(session, text="Dim bws")
        make_story(session, text="Dim bws")
        ids = session.scalars(select(Story.id)).all()
        copies = copies_of(session, ids)
        assert set(copies) == {each.story_id for each in (first, second, third)}
        assert copies[second.story_id].reference == first.reference
        assert copies[first.story_id].reference in (second.reference, third.reference)
        assert {each.others for each in copies.values()} == {2}
        noticed = session.scalars(select(Story.id).where(Story.noticed.bitwise_and(16) != 0))
        assert set(noticed) == set(copies)


def test_reading_a_story_again_changes_no_group(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        told = [make_story(session, text=text).story_id for text in (LETTER, SIGNED)]
        before = session.scalar(select(func.count()).select_from(CopyKey))
        for story_id in told:
            tag_story(session, story_id, NOW)
        assert session.scalar(select(func.count()).select_from(CopyKey)) == before
        assert copies_of(session, told)[told[0]].others == 1


def test_taking_a_story_back_leaves_no_key_of_its_words_and_the_rest_together(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        make_project(session)
        told = [make_story(session, text=text).story_id for text in (LETTER, SIGNED, LETTER)]
        withdraw_story(session, told[0], NOW)
        assert session.scalar(select(CopyKey.id).where(CopyKey.story_id == told[0])) is None
        assert {each.others for each in copies_of(session, told).values()} == {1}
        withdraw_story(session, told[1], NOW)
        assert copies_of(session, told) == {}
        assert session.scalar(select(Likeness.story_id)) is None
        assert session.get_one(Story, told[2]).noticed & 16 == 0
