"""Passages of themes: whole published sentences, and nothing that is hidden or taken back is shown."""

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotAllowed, NotFound
from involve.models import Redaction, Story, Theme
from involve.services.publishing.publish import publish_story, refresh_publication
from involve.services.reading.reading_sessions import (
    readings_of_story,
    seat_teller,
)
from involve.services.reading.theme_passages import group_sentences, take_out
from involve.services.reading.theme_views import PAGE, find_story, list_public_themes, list_stories
from involve.services.reading.themes import (
    say_of,
)
from involve.services.tellers.my_story import withdraw_story
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW, make_project, make_story
from tests.publications import Shown, add_rows, publish
from tests.reading_room import WELSH, Room


def test_only_whole_sentences_of_published_stories_of_the_project_are_grouped(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme, reference = room.theme(), room.receipts[0].reference
        assert group_sentences(session, room.other, theme, reference, [0, 36], NOW) == 2
        assert group_sentences(session, room.other, theme, reference, [0], NOW) == 0
        for starts in ([], [1], [0, 5000], [-1]):
            with pytest.raises(BadInput):
                group_sentences(session, room.teller, theme, reference, starts, NOW)
        hidden = make_story(session, text="Nobody may read this.")
        with pytest.raises(NotFound):
            group_sentences(session, room.teller, theme, hidden.reference, [0], NOW)
        make_project(session, "other")
        elsewhere = make_story(session, "other")
        publish(session, elsewhere)
        with pytest.raises(NotFound):
            group_sentences(session, room.teller, theme, elsewhere.reference, [0], NOW)
        assert find_story(session, room.teller, elsewhere.reference) is None
        assert [each.reference for each in list_stories(session, room.teller).stories][-1] == reference


def test_a_passage_is_taken_out_by_who_put_it_there(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme = room.theme()
        group_sentences(session, room.teller, theme, room.receipts[0].reference, [0], NOW)
        (passage,) = room.view(theme).passages
        for reader in (room.other, room.staff):
            with pytest.raises(NotAllowed):
                take_out(session, reader, passage.id)
        take_out(session, room.teller, passage.id)
        assert room.view(theme).passages == ()


def test_who_told_elsewhere_or_took_their_story_back_has_no_seat(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        make_project(session, "other")
        stranger = make_story(session, "other")
        with pytest.raises(NotFound):
            seat_teller(session, stranger.story_id, room.stage_id)
        withdraw_story(session, room.receipts[0].story_id, NOW)
        with pytest.raises(NotFound):
            seat_teller(session, room.receipts[0].story_id, room.stage_id)
        assert readings_of_story(session, room.receipts[0].story_id) == ()
        assert len(readings_of_story(session, room.receipts[1].story_id)) == 1


def test_with_a_story_its_passages_and_its_tellers_word_are_gone(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        alone, held = room.theme(name=Bilingual("Fy enw i", "My name")), room.theme()
        say_of(session, room.other, held, "agree", NOW)
        for receipt, reader in zip(room.receipts, (room.teller, room.other), strict=True):
            group_sentences(session, reader, held, receipt.reference, [0], NOW)
        withdraw_story(session, room.receipts[0].story_id, NOW)
        session.expire_all()
        view = room.view(held, room.other)
        assert (view.agree, view.stories) == (1, 1)
        assert [each.text for each in view.passages] == ["There is no bus after six."]
        assert session.get(Theme, alone) is None
        assert "Mair" not in str([(row.name_cy, row.name_en) for row in session.scalars(select(Theme))])


def test_what_is_hidden_later_is_shown_in_no_theme_and_the_rest_stays_in_place(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme, receipt = room.theme(), room.receipts[0]
        group_sentences(session, room.teller, theme, receipt.reference, [0, 36, 54], NOW)
        start = WELSH.index("Mair")
        session.add(Redaction(story_id=receipt.story_id, start=start, end=start + 4, kind="name", at=NOW))
        session.flush()
        story = session.get_one(Story, receipt.story_id)
        publish_story(session, story, NOW)
        session.expire_all()
        texts = [each.text for each in room.view(theme).passages]
        assert texts == ["Mae’r bws olaf yn gadael am chwech.", "Mae’r meddyg yn bell."]
        refresh_publication(session, story)
        assert [each.text for each in room.view(theme).passages] == texts


def test_the_public_sees_words_only_of_those_who_may_be_quoted(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        quiet = make_story(session, text="Please do not quote me.", uses=frozenset({"read", "publish"}))
        publish(session, quiet)
        theme = room.theme()
        for receipt in (room.receipts[1], quiet):
            group_sentences(session, room.teller, theme, receipt.reference, [0], NOW)
        room.close()
        (public,) = list_public_themes(session, room.project_id)
        assert set(public.stories) == {room.receipts[1].reference, quiet.reference}
        assert [each.text for each in public.quotations] == ["There is no bus after six."]


def test_stories_come_a_page_at_a_time_and_those_in_no_theme_first(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        new = add_rows(session, "bywyd-da", [Shown(f"Words {number}. More.") for number in range(PAGE + 5)])
        first = list_stories(session, room.teller)
        assert (len(first.stories), first.next) == (PAGE, PAGE)
        assert [each.reference for each in first.stories] == new[::-1][:PAGE]
        group_sentences(session, room.teller, room.theme(), new[-1], [0, 10], NOW)
        moved = list_stories(session, room.teller)
        assert new[-1] not in {each.reference for each in moved.stories}
        rest = list_stories(session, room.teller, PAGE)
        assert (len(rest.stories), rest.next) == (7, None)
        assert {each.reference: each.grouped for each in rest.stories}[new[-1]] == 2
        assert list_stories(session, room.teller, 500).stories == ()
