"""Codebooks are drafted, tried out, released in both languages, and stories are tagged by them, people's word kept."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory
from involve.errors import NotAllowed
from involve.models import Project, Publication, PublicationTag, Story, Tag, ThemeReading
from involve.services.codebook.books import draft_codebook, list_versions, open_codebook, released_codebook
from involve.services.codebook.differences import compare_versions
from involve.services.codebook.drafting import (
    ThemeChanged,
    ThemeDraft,
    ThemeRefused,
    discard_draft,
    save_theme,
    set_retired,
)
from involve.services.codebook.files import CodebookRefused, take_in, write_codebook
from involve.services.codebook.names import name_themes
from involve.services.codebook.releasing import CodebookIncomplete, find_missing, release_draft
from involve.services.codebook.retagging import retag_where_due, show_progress
from involve.services.codebook.trying import try_draft, try_theme
from involve.services.stories.tags import speak
from involve.services.tellers.my_story import withdraw_story
from involve.vocabulary.bilingual import Bilingual
from tests.factories import ENGLISH_STORY, NOW, WELSH_STORY, make_project, make_staff, make_story
from tests.publications import publish, publish_without

SLUG = "bywyd-da"
BUSES = ThemeDraft(
    Bilingual("Bysiau", "Buses"),
    Bilingual("Teithio ar fws.", "Travelling by bus."),
    cues_cy=("bws",),
    cues_en=("bus",),
)
FRIENDS = ThemeDraft(
    Bilingual("Ffrindiau", "Friends"),
    Bilingual("Gweld pobl.", "Seeing people."),
    cues_cy=("ffrind",),
    cues_en=("friend",),
)


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with factory() as opened:
        yield opened


def tags_of(session: Session, story_id: int) -> set[tuple[str, str, str]]:
    rows = session.scalars(select(Tag).where(Tag.story_id == story_id, Tag.scheme == "theme"))
    return {(row.concept, row.voice, row.state) for row in rows}


def public_themes(session: Session, story_id: int) -> set[str]:
    query = (
        select(PublicationTag.concept)
        .join(Publication)
        .where(Publication.story_id == story_id, PublicationTag.scheme == "theme")
    )
    return set(session.scalars(query))


def test_only_those_who_may_code_see_a_codebook(session: Session) -> None:
    make_project(session)
    with pytest.raises(NotAllowed):
        save_theme(session, make_staff(session, "moderator"), SLUG, "", BUSES, NOW)
    with pytest.raises(NotAllowed):
        open_codebook(session, make_staff(session, "decision_maker"), SLUG)


def test_a_draft_changes_nothing_until_it_is_released(session: Session) -> None:
    make_project(session)
    actor = make_staff(session, "analyst")
    key = save_theme(session, actor, SLUG, "", BUSES, NOW)
    assert save_theme(session, actor, SLUG, "", BUSES, NOW) == key  # pressed twice
    told = make_story(session)
    project = session.query(Project).one()
    assert (key, released_codebook(session, project), tags_of(session, told.story_id)) == (
        "buses",
        None,
        set(),
    )
    release_draft(session, actor, SLUG, NOW)
    released = released_codebook(session, project)
    assert released is not None
    assert [theme.concept for theme in released.themes] == ["bywyd-da.buses"]
    assert (released.released_by, draft_codebook(session, project)) == ("Mair", None)
    later = make_story(session, text=WELSH_STORY)
    assert tags_of(session, later.story_id) == {("bywyd-da.buses", "machine", "suggested")}
    assert name_themes(session, ["bywyd-da.buses", "bywyd-da.none"])["bywyd-da.buses"].name == BUSES.name


def test_a_theme_in_one_language_is_a_draft_and_is_not_released(session: Session) -> None:
    make_project(session)
    actor = make_staff(session, "analyst")
    save_theme(
        session, actor, SLUG, "", replace(BUSES, includes=Bilingual("Y bws ysgol", ""), cues_cy=()), NOW
    )
    _, draft = open_codebook(session, actor, SLUG)
    assert draft is not None
    assert [(each.part, each.language) for each in find_missing(draft)] == [
        ("includes", "en"),
        ("cues", "cy"),
    ]
    with pytest.raises(CodebookIncomplete):
        release_draft(session, actor, SLUG, NOW)


@pytest.mark.parametrize(
    ("draft", "problem"),
    [
        (replace(BUSES, name=Bilingual(" ", "")), "name"),
        (replace(BUSES, name=Bilingual("x" * 81, "")), "long"),
        (replace(BUSES, cues_en=("b*s",)), "cues"),
        (replace(BUSES, cues_cy=("bws",) * 201), "many_cues"),
    ],
)
def test_what_cannot_be_kept_is_refused(session: Session, draft: ThemeDraft, problem: str) -> None:
    make_project(session)
    with pytest.raises(ThemeRefused) as refused:
        save_theme(session, make_staff(session, "analyst"), SLUG, "", draft, NOW)
    assert refused.value.problem == problem


def test_who_changed_what_between_versions_is_seen_and_a_stale_page_overwrites_nobody(
    session: Session,
) -> None:
    make_project(session)
    actor, other = make_staff(session, "analyst"), make_staff(session, "administrator")
    key = save_theme(session, actor, SLUG, "", BUSES, NOW)
    release_draft(session, actor, SLUG, NOW)
    save_theme(session, other, SLUG, key, replace(BUSES, cues_en=("bus", "coach")), NOW, revision=1)
    with pytest.raises(ThemeChanged):
        save_theme(session, actor, SLUG, key, BUSES, NOW, revision=1)
    save_theme(session, other, SLUG, "", FRIENDS, NOW)
    set_retired(session, actor, SLUG, key, True, NOW)
    draft, first = list_versions(session, actor, SLUG)
    retired, added = compare_versions(first, draft)
    assert (retired.kind, added.kind, draft.number) == ("retired", "added", 2)
    assert [(part.part, part.language, part.before, part.after) for part in retired.parts] == [
        ("cues", "en", (), ("coach",))
    ]
    discard_draft(session, actor, SLUG, NOW)
    assert [each.number for each in list_versions(session, actor, SLUG)] == [1]


def test_a_release_tags_every_story_and_keeps_what_people_said(
    session: Session, factory: SessionFactory
) -> None:
    make_project(session)
    actor = make_staff(session, "analyst")
    told, other = make_story(session), make_story(session, text="The surgery is closed on Mondays.")
    publish(session, told)
    key = save_theme(session, actor, SLUG, "", BUSES, NOW)
    release_draft(session, actor, SLUG, NOW)
    session.commit()
    assert (retag_where_due(factory, NOW), retag_where_due(factory, NOW)) == (2, 0)
    session.expire_all()
    assert public_themes(session, told.story_id) == {"bywyd-da.buses"}
    speak(
        session,
        session.get_one(Story, told.story_id),
        "participant",
        "theme",
        "bywyd-da.buses",
        "rejected",
        NOW,
    )
    speak(
        session, session.get_one(Story, other.story_id), "staff", "theme", "bywyd-da.buses", "confirmed", NOW
    )
    save_theme(session, actor, SLUG, key, replace(BUSES, cues_en=("coach",)), NOW)
    save_theme(session, actor, SLUG, "", FRIENDS, NOW)
    release_draft(session, actor, SLUG, NOW)
    session.commit()
    assert show_progress(session, actor, SLUG).done == 0
    session.rollback()
    assert retag_where_due(factory, NOW) == 2
    session.expire_all()
    assert tags_of(session, told.story_id) == {
        ("bywyd-da.buses", "participant", "rejected"),
        ("bywyd-da.friends", "machine", "suggested"),
    }
    assert tags_of(session, other.story_id) == {("bywyd-da.buses", "staff", "confirmed")}
    assert public_themes(session, told.story_id) == {"bywyd-da.friends"}
    assert (show_progress(session, actor, SLUG).done, show_progress(session, actor, SLUG).all) == (2, 2)


def test_a_later_release_changes_what_its_cues_concern_and_publishes_nothing_that_is_hidden(
    session: Session, factory: SessionFactory
) -> None:
    make_project(session)
    actor, moderator = make_staff(session, "analyst"), make_staff(session, "moderator")
    hidden = "My friend Siân drove me."
    told, friend = make_story(session), make_story(session, text=hidden)
    other = make_story(session, text="The surgery is closed on Mondays.")
    publish(session, told)
    publish_without(session, moderator, friend, hidden, "friend Siân")
    key = save_theme(session, actor, SLUG, "", BUSES, NOW)
    save_theme(session, actor, SLUG, "", FRIENDS, NOW)
    release_draft(session, actor, SLUG, NOW)
    session.commit()
    retag_where_due(factory, NOW)
    set_retired(session, actor, SLUG, key, True, NOW)
    save_theme(session, actor, SLUG, "friends", replace(FRIENDS, cues_en=("friend", "surgery")), NOW, 1)
    release_draft(session, actor, SLUG, NOW)
    session.commit()
    assert (retag_where_due(factory, NOW), retag_where_due(factory, NOW)) == (3, 0)
    session.expire_all()
    machine = {("bywyd-da.friends", "machine", "suggested")}
    assert [tags_of(session, each.story_id) for each in (told, friend, other)] == [machine] * 3
    assert [public_themes(session, each.story_id) for each in (told, friend)] == [{"bywyd-da.friends"}, set()]


def test_a_withdrawn_story_is_not_read_again(session: Session, factory: SessionFactory) -> None:
    make_project(session)
    actor = make_staff(session, "analyst")
    told = make_story(session)
    save_theme(session, actor, SLUG, "", BUSES, NOW)
    release_draft(session, actor, SLUG, NOW)
    session.commit()
    retag_where_due(factory, NOW)
    withdraw_story(session, told.story_id, NOW)
    session.commit()
    assert session.query(ThemeReading).count() == 0
    assert retag_where_due(factory, NOW) == 0


def test_a_change_is_tried_on_published_words_before_it_is_saved(session: Session) -> None:
    make_project(session)
    actor = make_staff(session, "analyst")
    told = make_story(session)
    publish(session, told)
    make_story(session)  # not published, so nobody who tries a codebook out sees it
    key = save_theme(session, actor, SLUG, "", BUSES, NOW)
    changed = replace(BUSES, cues_en=("coach",))
    (lost,) = try_theme(session, actor, SLUG, key, changed, NOW).themes
    assert (lost.before, lost.after, lost.lost, lost.lost_stories[0].passages) == (1, 0, 1, ("bus",))
    (gained,) = try_theme(session, actor, SLUG, "", FRIENDS, NOW).themes
    assert (gained.gained, gained.gained_stories[0].reference) == (1, told.reference)
    assert gained.gained_stories[0].passages == ("friends",)
    whole = try_draft(session, actor, SLUG)
    assert (whole.stories, [each.theme.key for each in whole.themes]) == (1, ["buses"])
    assert "bus" in ENGLISH_STORY


@pytest.mark.parametrize("form", ["json", "toml", "qdc"])
def test_a_codebook_comes_back_from_its_file_as_it_was(session: Session, form: str) -> None:
    make_project(session)
    actor = make_staff(session, "analyst")
    tricky = replace(BUSES, includes=Bilingual('"Dyfynnu"\na llinell', "A \\ and a tab\t"))
    save_theme(session, actor, SLUG, "", tricky, NOW)
    _, draft = open_codebook(session, actor, SLUG)
    assert draft is not None
    data = write_codebook(draft.themes, form).encode()
    same = take_in(session, actor, SLUG, f"codebook.{form}", data, NOW)
    assert (same.added, same.changed, same.same) == (0, 0, 1)
    discard_draft(session, actor, SLUG, NOW)
    assert take_in(session, actor, SLUG, f"codebook.{form}", data, NOW).added == 1
    _, again = open_codebook(session, actor, SLUG)
    assert again is not None
    assert again.themes[0].includes.cy == '"Dyfynnu"\na llinell'


def test_a_file_with_a_fault_changes_nothing_and_says_each(session: Session) -> None:
    make_project(session)
    actor = make_staff(session, "analyst")
    data = b'{"themes": [{"id": "A b", "name": {"cy": "x", "en": "x"}}, {"id": "c", "name": {"cy": "", "en": ""}}]}'
    with pytest.raises(CodebookRefused) as refused:
        take_in(session, actor, SLUG, "a.json", data, NOW)
    assert [each.code for each in refused.value.problems] == ["key", "name"]
    assert open_codebook(session, actor, SLUG) == (None, None)
