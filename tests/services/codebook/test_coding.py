"""Two people code the same stories without seeing each other's marks, and then see how far they agree."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from involve.database import SessionFactory
from involve.errors import BadInput, NotFound
from involve.models import CodedPassage, CodedStory, CodingStory
from involve.services.codebook.agreeing import MACHINE, agreement_rows, show_agreement
from involve.services.codebook.coding import (
    CodingEnded,
    finish_story,
    mark_sentences,
    open_coding,
    take_mark_away,
)
from involve.services.codebook.drafting import save_theme
from involve.services.codebook.releasing import release_draft
from involve.services.codebook.rounds import close_round, finish_coding, list_rounds, open_round, start_round
from involve.services.staff.access import Actor
from involve.services.tellers.my_story import withdraw_story
from tests.factories import NOW, make_project, make_staff, make_story
from tests.publications import make_public, publish
from tests.services.codebook.test_codebooks import BUSES, FRIENDS, SLUG

TEXT = "There is no bus after six. I cannot see my friends. The rain was heavy."


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with factory() as opened:
        yield opened


@pytest.fixture
def coders(session: Session) -> tuple[Actor, Actor]:
    """Two analysts of a project with a released codebook and two published stories."""
    make_project(session)
    pair = make_staff(session, "analyst"), make_staff(session, "analyst")
    for theme in (BUSES, FRIENDS):
        save_theme(session, pair[0], SLUG, "", theme, NOW)
    release_draft(session, pair[0], SLUG, NOW)
    for _ in range(2):
        make_public(session, TEXT)
    return pair


def begin(session: Session, actor: Actor) -> int:
    return start_round(session, actor, SLUG, 2, 7, NOW)


def code_all(session: Session, actor: Actor, number: int, theme: str = "buses") -> None:
    for story in open_round(session, actor, SLUG, number)[1]:
        first = open_coding(session, actor, SLUG, number, story.reference).sentences[0]
        mark_sentences(session, actor, SLUG, number, story.reference, [first.start], theme, "concern", NOW)
        finish_story(session, actor, SLUG, number, story.reference, NOW)
    finish_coding(session, actor, SLUG, number, NOW)


def test_each_coder_has_the_same_stories_and_sees_only_their_own_marks(
    session: Session, coders: tuple[Actor, Actor]
) -> None:
    one, other = coders
    number = begin(session, one)
    stories = [[story.reference for story in open_round(session, each, SLUG, number)[1]] for each in coders]
    assert stories[0] == stories[1]
    mark_sentences(session, one, SLUG, number, stories[0][0], [0], "buses", None, NOW)
    mine = open_coding(session, one, SLUG, number, stories[0][0])
    theirs = open_coding(session, other, SLUG, number, stories[0][0])
    assert [len(each.sentences[0].marks) for each in (mine, theirs)] == [1, 0]
    with pytest.raises(NotFound):
        take_mark_away(session, other, SLUG, number, stories[0][0], mine.sentences[0].marks[0].id, NOW)
    take_mark_away(session, one, SLUG, number, stories[0][0], mine.sentences[0].marks[0].id, NOW)
    assert not open_coding(session, one, SLUG, number, stories[0][0]).sentences[0].marks


def test_agreement_is_shown_to_those_who_finished_with_the_machine_as_one_more_coder(
    session: Session, coders: tuple[Actor, Actor]
) -> None:
    one, other = coders
    number = begin(session, one)
    code_all(session, one, number)
    assert show_agreement(session, other, SLUG, number) is None
    code_all(session, other, number, "friends")
    view = show_agreement(session, other, SLUG, number)
    assert view is not None
    pair = (str(one.user_id), str(other.user_id))
    rows = {(row.coders, row.theme, row.language): row for row in view.rows}
    people, machine = rows[pair, None, "all"], rows[(pair[0], MACHINE), None, "all"]
    assert (people.units, people.marked, people.enough) == (6, 2, False)
    assert people.alpha is not None
    assert machine.alpha is not None
    assert machine.alpha > people.alpha
    assert len(list(agreement_rows(view))) == len(view.rows) + 1
    with pytest.raises(CodingEnded):
        code_all(session, one, number)


def test_a_round_that_is_closed_takes_no_marks_and_shows_what_there_is(
    session: Session, coders: tuple[Actor, Actor]
) -> None:
    number = begin(session, coders[0])
    close_round(session, coders[0], SLUG, number, NOW)
    assert show_agreement(session, coders[1], SLUG, number) is not None
    assert [each.closed for each in list_rounds(session, coders[0], SLUG)] == [True]
    with pytest.raises(CodingEnded):
        code_all(session, coders[0], number)


def test_a_button_pressed_twice_begins_one_round(session: Session, coders: tuple[Actor, Actor]) -> None:
    first = begin(session, coders[0])
    assert begin(session, coders[0]) == first
    assert begin(session, coders[1]) != first
    assert start_round(session, coders[0], SLUG, 2, 7, NOW + timedelta(minutes=1)) != first


def test_a_round_needs_stories_and_a_finished_coder_has_coded_all(
    session: Session, coders: tuple[Actor, Actor]
) -> None:
    with pytest.raises(BadInput, match="size"):
        start_round(session, coders[0], SLUG, 101, 7, NOW)
    number = begin(session, coders[0])
    with pytest.raises(BadInput, match="stories"):
        finish_coding(session, coders[0], SLUG, number, NOW)
    reference = open_round(session, coders[0], SLUG, number)[1][0].reference
    with pytest.raises(BadInput, match="sentences"):
        mark_sentences(session, coders[0], SLUG, number, reference, [3], "buses", None, NOW)


def test_withdrawing_a_story_deletes_what_was_marked_on_it(
    session: Session, coders: tuple[Actor, Actor]
) -> None:
    told = make_story(session, text=TEXT)
    publish(session, told)
    number = start_round(session, coders[0], SLUG, 3, 7, NOW)
    code_all(session, coders[0], number)
    session.commit()
    withdraw_story(session, told.story_id, NOW)
    session.commit()
    counts = [session.query(table).count() for table in (CodingStory, CodedStory, CodedPassage)]
    assert counts == [2, 2, 2]
