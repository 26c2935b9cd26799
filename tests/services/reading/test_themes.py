"""Themes in a reading session: who may do what with one, and what becomes of minorities."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, Conflict, LanguageMissing, NotAllowed, NotFound
from involve.models import Stage, ThemePassage
from involve.services.reading.reading_sessions import (
    open_session,
    seat_staff,
)
from involve.services.reading.theme_passages import group_sentences, take_out
from involve.services.reading.theme_views import list_themes
from involve.services.reading.themes import (
    MOST_THEMES,
    NameIsTheirs,
    Naming,
    answer_merge,
    merge_theme,
    part_theme,
    rename_theme,
    say_of,
)
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW, make_project, make_staff, make_story
from tests.publications import publish
from tests.reading_room import NAME, Room


def test_the_machine_suggests_what_several_people_speak_of_in_either_language(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        room = Room(session)
        suggested = list_themes(session, room.teller)
        assert suggested
        assert {each.voice for each in suggested} == {"machine"}
        assert {each.standing for each in suggested} == {"suggested"}
        assert all(each.stories == 2 and each.name.cy and each.name.en for each in suggested)
        transport = next(each for each in suggested if any("bus" in p.text for p in each.passages))
        assert {p.text for p in transport.passages} == {
            "Mae’r bws olaf yn gadael am chwech.",
            "There is no bus after six.",
        }


def test_opening_again_suggests_nothing_twice_and_brings_back_nothing_taken_out(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme = list_themes(session, room.teller)[0]
        take_out(session, room.teller, theme.passages[0].id)
        before = [each.id for each in list_themes(session, room.teller)]
        room.close()
        open_session(session, room.chair, room.stage_id, NOW)
        assert [each.id for each in list_themes(session, room.teller)] == before
        assert len(room.view(theme.id).passages) == len(theme.passages) - 1


def test_a_suggestion_that_nobody_agrees_with_is_not_kept_and_a_minority_is(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theirs = room.theme()
        minority = room.theme(room.other, Bilingual("Unigrwydd", "Loneliness"))
        alone = room.theme(room.staff, Bilingual("Arian", "Money"))
        for reader in (room.staff, room.other):
            say_of(session, reader, theirs, "agree", NOW)
        for reader in (room.staff, room.teller):
            say_of(session, reader, minority, "disagree", NOW)
        assert room.view(theirs).agree == 3
        assert room.view(alone).standing == "minority"
        room.close()
        assert room.public() == {NAME.en: "agreed", "Loneliness": "minority", "Money": "minority"}


def test_a_later_word_replaces_the_earlier_one(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme = room.theme()
        say_of(session, room.other, theme, "disagree", NOW)
        say_of(session, room.other, theme, "agree", NOW)
        view = room.view(theme, room.other)
        assert (view.agree, view.disagree, view.mine) == (2, 0, "agree")


def test_nothing_is_public_while_the_session_is_open(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        room.theme()
        assert room.public() == {}


def test_a_session_does_not_close_with_a_theme_in_one_language(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme = room.theme(name=Bilingual("Dim bws", ""))
        with pytest.raises(LanguageMissing, match="en"):
            room.close()
        rename_theme(session, room.staff, theme, Naming(1, Bilingual("Dim bws", "No bus")), NOW)
        room.close()
        assert room.public() == {"No bus": "agreed"}


def test_of_somebody_elses_theme_only_the_missing_language_can_be_written(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme = room.theme(name=Bilingual("Dim bws", ""))
        for reader in (room.staff, room.other):
            with pytest.raises(NameIsTheirs):
                rename_theme(session, reader, theme, Naming(1, Bilingual("Bysiau", "Buses")), NOW)
        assert room.view(theme).name == Bilingual("Dim bws", "")


def test_two_who_name_at_once_lose_nobodys_words(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme = room.theme(room.staff)
        rename_theme(session, room.analyst, theme, Naming(1, Bilingual("Bysiau", "Buses")), NOW)
        with pytest.raises(Conflict):
            rename_theme(session, room.staff, theme, Naming(1, Bilingual("Trenau", "Trains")), NOW)
        assert room.view(theme).name.en == "Buses"


def test_a_participants_theme_is_merged_only_by_that_participant(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theirs, target = room.theme(), room.theme(room.staff, Bilingual("Bysiau", "Buses"))
        group_sentences(session, room.teller, theirs, room.receipts[0].reference, [0], NOW)
        assert merge_theme(session, room.staff, theirs, target, NOW) is False
        assert room.view(theirs).asked_into == Bilingual("Bysiau", "Buses")
        with pytest.raises(NotAllowed):
            answer_merge(session, room.staff, theirs, True, NOW)
        answer_merge(session, room.teller, theirs, True, NOW)
        merged = room.view(target)
        assert merged.parts == ((theirs, NAME, True),)
        assert [each.text for each in merged.passages] == ["Mae’r bws olaf yn gadael am chwech."]
        part_theme(session, room.teller, theirs, NOW)
        assert room.view(theirs).stories == 1
        assert room.view(target).stories == 0


def test_a_merge_can_be_refused(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theirs, target = room.theme(), room.theme(room.staff)
        merge_theme(session, room.staff, theirs, target, NOW)
        answer_merge(session, room.teller, theirs, False, NOW)
        assert room.view(theirs).asked_into is None
        with pytest.raises(NotFound):
            answer_merge(session, room.teller, theirs, True, NOW)


def test_what_was_merged_goes_along_when_its_theme_is_merged(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        first, second, third = (room.theme(room.staff) for _ in range(3))
        assert merge_theme(session, room.staff, first, second, NOW)
        merge_theme(session, room.staff, second, third, NOW)
        assert {part[0] for part in room.view(third).parts} == {first, second}
        with pytest.raises(BadInput):
            merge_theme(session, room.staff, third, third, NOW)
        with pytest.raises(NotFound):
            merge_theme(session, room.staff, first, third, NOW)


def test_on_a_lower_rung_people_agree_and_disagree_but_make_nothing(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session, "involve")
        suggested = list_themes(session, room.teller)[0]
        say_of(session, room.teller, suggested.id, "agree", NOW)
        for attempt in (
            lambda: room.theme(),
            lambda: group_sentences(session, room.teller, suggested.id, room.receipts[0].reference, [0], NOW),
            lambda: take_out(session, room.teller, suggested.passages[0].id),
        ):
            with pytest.raises(NotAllowed):
                attempt()
        assert room.theme(room.staff)


def test_a_session_needs_a_rung_that_shows_themes_and_something_to_read(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        chair, stage = make_staff(session, "decision_maker"), session.scalars(select(Stage)).one()
        with pytest.raises(BadInput, match="rung"):
            open_session(session, chair, stage.id, NOW)
        stage.rung = "collaborate"
        with pytest.raises(BadInput, match="nothing"):
            open_session(session, chair, stage.id, NOW)
        with pytest.raises(NotAllowed):
            open_session(session, make_staff(session, "moderator"), stage.id, NOW)


def test_a_closed_session_takes_nothing_more(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme = room.theme()
        room.close()
        for attempt in (
            lambda: say_of(session, room.other, theme, "agree", NOW),
            lambda: rename_theme(session, room.teller, theme, Naming(1, NAME), NOW),
            lambda: room.theme(),
        ):
            with pytest.raises(Conflict):
                attempt()


@pytest.mark.parametrize(
    ("name", "reason"), [(Bilingual(" ", ""), "name"), (Bilingual("a" * 121, "b"), "long")]
)
def test_a_name_that_cannot_be_taken_is_refused(
    factory: SessionFactory, name: Bilingual, reason: str
) -> None:
    with transaction(factory) as session:
        room = Room(session)
        with pytest.raises(BadInput, match=reason):
            room.theme(name=name)


def test_a_session_has_room_for_so_many_themes_and_says_so(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        for _ in range(MOST_THEMES - len(list_themes(session, room.teller))):
            room.theme()
        with pytest.raises(BadInput, match="many"):
            room.theme()


def test_a_reader_of_another_session_finds_nothing_here(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme = room.theme()
        group_sentences(session, room.teller, theme, room.receipts[0].reference, [0], NOW)
        passage = session.scalars(select(ThemePassage.id).where(ThemePassage.theme_id == theme)).one()
        make_project(session, "other")
        stage = session.scalars(select(Stage).order_by(Stage.id.desc())).first()
        assert stage is not None
        stage.rung = "collaborate"
        publish(session, make_story(session, "other"))
        open_session(session, room.chair, stage.id, NOW)
        stranger = replace(seat_staff(session, room.chair, stage.id))
        for attempt in (
            lambda: say_of(session, stranger, theme, "agree", NOW),
            lambda: take_out(session, stranger, passage),
            lambda: part_theme(session, stranger, theme, NOW),
        ):
            with pytest.raises(NotFound):
                attempt()
