"""Answers that a project saves: held to both languages and to the fields there are, and nobody else's to see."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, InvolveError, LanguageMissing, NotAllowed, NotFound
from involve.models import Event
from involve.services.staff.access import Actor
from involve.services.tellers.my_story import withdraw_story
from involve.services.telling.answer_templates import (
    MOST,
    begin_with,
    list_saved_answers,
    remove_saved_answer,
    save_answer,
)
from involve.services.telling.fields import FieldRefused
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW, make_project, make_staff, make_story

WORDS = Bilingual("Eich stori {cyfeirnod}: diolch.", "Your story {reference}: thank you.")
LATER = NOW + timedelta(days=1)


def save(
    session: Session, staff: Actor, name: str = "Diolch", words: Bilingual = WORDS, which: int | None = None
) -> int:
    return save_answer(session, staff, "bywyd-da", name, words, NOW, which)


def test_an_answer_is_saved_changed_and_removed_and_the_trail_says_so_without_its_words(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        saved, beside = save(session, staff, " Diolch "), save(session, staff, "Bws")
        changed = Bilingual(f"{WORDS.cy} Bydd bws.", f"{WORDS.en} There will be a bus.")
        assert save_answer(session, staff, "bywyd-da", "diolch", changed, LATER, saved) == saved
        kept = list_saved_answers(session, staff, "bywyd-da").answers
        assert [(each.name, each.words, each.changed_on.day) for each in kept] == [
            ("Bws", WORDS, 2),
            ("diolch", changed, 3),
        ]
        remove_saved_answer(session, staff, "bywyd-da", saved, LATER)
        assert [each.id for each in list_saved_answers(session, staff, "bywyd-da").answers] == [beside]
        query = select(Event).where(Event.kind.startswith("answer_template")).order_by(Event.id)
        events = session.scalars(query).all()
        assert [(each.kind.rpartition("_")[2], each.user_id, each.detail) for each in events] == [
            ("added", staff.user_id, {"template": saved}),
            ("added", staff.user_id, {"template": beside}),
            ("changed", staff.user_id, {"template": saved}),
            ("removed", staff.user_id, {"template": saved}),
        ]


@pytest.mark.parametrize(
    ("name", "words", "error", "why"),
    [
        ("Diolch", Bilingual("Annwyl {enw}", "Dear {reference}"), FieldRefused, "unknown"),
        ("Diolch", Bilingual("Diolch", "Thanks {reference}"), FieldRefused, "one_language"),
        ("Diolch", Bilingual("Diolch {", "Thanks"), FieldRefused, "braces"),
        ("Diolch", Bilingual(" ", "Thanks"), LanguageMissing, "cy"),
        ("Diolch", Bilingual("Diolch", ""), LanguageMissing, "en"),
        ("Diolch", Bilingual("Diolch", "x" * 5001), BadInput, "long"),
        ("x" * 101, WORDS, BadInput, "long"),
        (" ", WORDS, BadInput, "name"),
        ("BWS", WORDS, BadInput, "taken"),
    ],
)
def test_what_could_not_be_sent_is_refused_when_it_is_saved_and_not_on_the_day_of_sending(
    factory: SessionFactory, staff: Actor, name: str, words: Bilingual, error: type[InvolveError], why: str
) -> None:
    with transaction(factory) as session:
        save(session, staff, "Bws")
    with pytest.raises(error) as refused, transaction(factory) as session:
        save(session, staff, name, words)
    assert str(refused.value) == why
    with factory() as session:
        assert [each.name for each in list_saved_answers(session, staff, "bywyd-da").answers] == ["Bws"]


def test_there_is_room_for_so_many_and_one_that_is_there_can_still_be_changed(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        ids = [save(session, staff, f"Ateb {number}") for number in range(MOST)]
        with pytest.raises(BadInput, match="many"):
            save(session, staff, "Un arall")
        assert save(session, staff, "Enw newydd", which=ids[0]) == ids[0]


def test_another_body_a_role_without_answering_and_another_project_reach_none(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        make_project(session, "arall")
        saved = save(session, staff)
        outsider, analyst = (
            make_staff(session, "administrator", "corff-arall"),
            make_staff(session, "analyst"),
        )
        refusals: list[tuple[Callable[[], object], type[InvolveError]]] = [
            (lambda: list_saved_answers(session, outsider, "bywyd-da"), NotFound),
            (lambda: list_saved_answers(session, analyst, "bywyd-da"), NotAllowed),
            (lambda: save(session, analyst, "Un arall"), NotAllowed),
            (lambda: remove_saved_answer(session, outsider, "bywyd-da", saved, NOW), NotFound),
            (lambda: remove_saved_answer(session, staff, "arall", saved, NOW), NotFound),
            (lambda: save_answer(session, staff, "arall", "Diolch", WORDS, NOW, saved), NotFound),
        ]
        for act, error in refusals:
            with pytest.raises(error):
                act()
        assert list_saved_answers(session, staff, "arall").answers == ()
        assert [each.id for each in list_saved_answers(session, staff, "bywyd-da").answers] == [saved]


def test_taking_a_story_back_leaves_what_was_saved_as_it_is(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        save(session, staff)
        withdraw_story(session, make_story(session, tagged=False).story_id, LATER)
        assert [each.words for each in list_saved_answers(session, staff, "bywyd-da").answers] == [WORDS]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", "Saved."),
        (" \n", "Saved."),
        ("Mine.", "Mine.\n\nSaved."),
        ("Other.", "Saved."),
        ("Saved.", "Saved."),
        ("Other. And mine.", "Other. And mine.\n\nSaved."),
    ],
)
def test_beginning_from_a_saved_answer_loses_nothing_that_somebody_wrote(written: str, expected: str) -> None:
    assert begin_with(written, "Saved.", frozenset({"Other."})) == expected
