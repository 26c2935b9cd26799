"""The words of the vocabulary are whole in both languages, well set and rightly mutated."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

import involve.vocabulary
from involve.errors import NotFound
from involve.text.types import Language, PersonalKind, Stance
from involve.vocabulary.areas import AREAS
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.consents import USES, WORDING_VERSION, find_use
from involve.vocabulary.personal_kinds import PERSONAL_KINDS, find_personal_kind
from involve.vocabulary.roles import ROLES, find_role
from involve.vocabulary.states import (
    LANGUAGES,
    STANCES,
    STORY_STATES,
    TAG_STATES,
    TOLD_AS,
    VOICES,
    find_language,
    find_stance,
    find_story_state,
    find_tag_state,
    find_told_as,
    find_voice,
)


def pairs_within(value: object) -> Iterator[Bilingual]:
    if isinstance(value, Bilingual):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from pairs_within(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from pairs_within(getattr(value, field.name))


def all_pairs() -> list[Bilingual]:
    rooms = [f"involve.vocabulary.{room.name}" for room in pkgutil.iter_modules(involve.vocabulary.__path__)]
    values = [value for room in rooms for value in vars(importlib.import_module(room)).values()]
    return list(dict.fromkeys(pair for value in values for pair in pairs_within(value)))


PAIRS = all_pairs()


def test_there_are_words_to_look_at() -> None:
    assert len(PAIRS) > 500


def test_nothing_stands_in_one_language_only() -> None:
    assert [pair for pair in PAIRS if not (pair.cy.strip() and pair.en.strip())] == []


def test_apostrophes_and_quotes_are_typographic_and_spaces_single() -> None:
    crooked = re.compile(r"['\"`´]|\s{2}|^\s|\s$|\.\.\.|\s[.,;:?!]")
    assert [pair for pair in PAIRS if crooked.search(pair.cy) or crooked.search(pair.en)] == []


def test_a_sentence_in_one_language_is_a_sentence_in_the_other() -> None:
    uneven = [pair for pair in PAIRS if pair.cy.endswith((".", "?")) != pair.en.endswith((".", "?"))]
    assert uneven == []


def test_welsh_speaks_to_the_reader_as_chi() -> None:
    familiar = re.compile(r"\b(?:ti|dy|rwyt|byddi|cei|gelli|wyt)\b", re.IGNORECASE)
    # "ti" is also the name of a letter.
    assert [pair.cy for pair in PAIRS if familiar.search(pair.cy) and pair.cy != "ti"] == []


def test_words_are_chosen_by_language_and_by_nothing_else() -> None:
    assert Bilingual("ie", "yes").in_language("cy") == "ie"
    assert Bilingual("ie", "yes").in_language("en") == "yes"
    with pytest.raises(ValueError, match="mixed"):
        Bilingual("ie", "yes").in_language("mixed")


@pytest.mark.parametrize(
    ("gss", "within", "from_place"),
    [
        ("W06000001", "ar Ynys Môn", "o Ynys Môn"),
        ("W06000002", "yng Ngwynedd", "o Wynedd"),
        ("W06000005", "yn Sir y Fflint", "o Sir y Fflint"),
        ("W06000013", "ym Mhen-y-bont ar Ogwr", "o Ben-y-bont ar Ogwr"),
        ("W06000014", "ym Mro Morgannwg", "o Fro Morgannwg"),
        ("W06000015", "yng Nghaerdydd", "o Gaerdydd"),
        ("W06000016", "yn Rhondda Cynon Taf", "o Rondda Cynon Taf"),
        ("W06000020", "yn Nhorfaen", "o Dorfaen"),
        ("W06000023", "ym Mhowys", "o Bowys"),
        ("W06000024", "ym Merthyr Tudful", "o Ferthyr Tudful"),
    ],
)
def test_welsh_place_phrases_are_mutated(gss: str, within: str, from_place: str) -> None:
    area = next(area for area in AREAS if area.gss == gss)
    assert (area.within.cy, area.from_place.cy) == (within, from_place)


def test_english_place_phrases_keep_their_article() -> None:
    vale = next(area for area in AREAS if area.id == "vale-of-glamorgan")
    assert (vale.within.en, vale.from_place.en) == ("in the Vale of Glamorgan", "from the Vale of Glamorgan")


@pytest.mark.parametrize(
    ("terms", "ids"),
    [
        (STORY_STATES, {"received", "published", "held", "declined", "withdrawn"}),
        (TAG_STATES, {"suggested", "confirmed", "rejected"}),
        (VOICES, {"machine", "participant", "staff"}),
        (STANCES, set(Stance.__args__)),
        (TOLD_AS, {"own", "on_behalf"}),
        (LANGUAGES, set(Language.__args__)),
        (PERSONAL_KINDS, set(PersonalKind.__args__)),
        (ROLES, {"worker", "intermediary", "moderator", "analyst", "decision_maker", "administrator"}),
    ],
)
def test_every_state_and_kind_has_words(terms, ids: set[str]) -> None:
    assert {term.id for term in terms} == ids
    assert len(terms) == len(ids)


@pytest.mark.parametrize(
    ("finder", "known"),
    [
        (find_story_state, "held"),
        (find_tag_state, "confirmed"),
        (find_voice, "staff"),
        (find_stance, "idea"),
        (find_told_as, "own"),
        (find_language, "und"),
        (find_personal_kind, "nino"),
        (find_role, "analyst"),
        (find_use, "learn"),
    ],
)
def test_words_are_found_by_id_and_an_unknown_id_is_not_found(finder, known: str) -> None:
    assert finder(known).id == known
    with pytest.raises(NotFound):
        finder("nowhere")


def test_the_six_uses_stand_in_order_and_only_reading_is_a_condition() -> None:
    assert [use.id for use in USES] == ["read", "publish", "quote", "share", "research", "learn"]
    assert [use.id for use in USES if use.required] == ["read"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", WORDING_VERSION)


@pytest.mark.parametrize("use", USES, ids=lambda use: use.id)
def test_the_wording_of_a_use_is_a_plain_paragraph_in_both_languages(use) -> None:
    assert len(use.label.cy) < 60
    assert len(use.label.en) < 60
    assert use.wording.cy.endswith(".")
    assert use.wording.en.endswith(".")
    assert 100 < len(use.wording.en) < 600


def test_reading_names_the_sensitive_information_that_a_story_may_hold() -> None:
    reading = find_use("read").wording
    assert "iechyd" in reading.cy
    assert "sensitif" in reading.cy
    assert "health" in reading.en
    assert "sensitive" in reading.en
