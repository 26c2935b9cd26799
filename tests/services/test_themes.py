"""Reading together: who may do what with a theme, what becomes of minorities, and that nothing hidden is shown."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, Conflict, LanguageMissing, NotAllowed, NotFound
from involve.models import Redaction, Stage, Story, Theme, ThemePassage
from involve.services.my_story import withdraw_story
from involve.services.publish import publish_story, refresh_publication
from involve.services.reading_sessions import (
    Reader,
    close_session,
    open_session,
    readings_of_story,
    seat_staff,
    seat_teller,
)
from involve.services.theme_passages import group_sentences, take_out
from involve.services.theme_views import find_story, list_public_themes, list_stories, list_themes
from involve.services.themes import (
    MOST_THEMES,
    NameIsTheirs,
    Naming,
    answer_merge,
    merge_theme,
    part_theme,
    put_forward,
    rename_theme,
    say_of,
)
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW, make_project, make_staff, make_story
from tests.publications import publish

NAME = Bilingual("Teithio gyda’r nos", "Getting about in the evening")
WELSH = "Mae’r bws olaf yn gadael am chwech. Fy enw i yw Mair. Mae’r meddyg yn bell."
ENGLISH = "There is no bus after six. The doctor is far away."


class Room:
    """A session that is open: two tellers and two members of staff, in one transaction of a test."""

    def __init__(self, session: Session, rung: str = "collaborate") -> None:
        self.session = session
        slug = make_project(session)
        stage = session.scalars(select(Stage)).one()
        stage.rung = rung
        self.stage_id, self.project_id = stage.id, stage.project_id
        self.receipts = [make_story(session, slug, words) for words in (WELSH, ENGLISH)]
        for receipt in self.receipts:
            publish(session, receipt)
        self.chair = make_staff(session, "decision_maker")
        open_session(session, self.chair, self.stage_id, NOW)
        self.teller, self.other = (
            seat_teller(session, receipt.story_id, self.stage_id) for receipt in self.receipts
        )
        self.staff = seat_staff(session, self.chair, self.stage_id)
        self.analyst = seat_staff(session, make_staff(session, "analyst"), self.stage_id)

    def theme(self, reader: Reader | None = None, name: Bilingual = NAME) -> int:
        return put_forward(self.session, reader or self.teller, name, NOW)

    def view(self, theme_id: int, reader: Reader | None = None):  # type: ignore[no-untyped-def]
        return next(each for each in list_themes(self.session, reader or self.teller) if each.id == theme_id)

    def close(self) -> None:
        close_session(self.session, self.chair, self.stage_id, NOW)

    def public(self) -> dict[str, str]:
        return {each.name.en: each.standing for each in list_public_themes(self.session, self.project_id)}


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
        assert [each.reference for each in list_stories(session, room.teller)][-1] == reference


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
