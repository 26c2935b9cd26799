"""Each character of a story code has a name to be said by, in both languages, and no two sound alike."""

import pytest

from involve.errors import NotFound
from involve.services.stories.codes import ALPHABET
from involve.vocabulary.spoken import SPOKEN, find_spoken, spell_code
from tests.translations.test_spelling import misspelt


def test_every_character_of_a_code_is_said_and_no_other() -> None:
    assert "".join(each.id for each in SPOKEN) == ALPHABET
    with pytest.raises(NotFound):
        find_spoken("O")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_no_two_characters_are_said_alike(language: str) -> None:
    names = [each.name.in_language(language) for each in SPOKEN]
    words = [each.word.in_language(language) for each in SPOKEN if each.word]
    assert len(set(names)) == len(names) == 32
    assert len(set(words)) == len(words) == 22


def test_a_word_begins_with_its_letter() -> None:
    for each in SPOKEN:
        if each.word and each.id != "X":
            assert each.word.cy.upper().startswith(each.id)
            assert each.word.en.startswith(each.id)


def test_no_welsh_word_begins_with_a_letter_of_two_signs() -> None:
    for each in SPOKEN:
        assert not each.word or each.word.cy.upper()[:2] not in {
            "CH",
            "DD",
            "FF",
            "NG",
            "LL",
            "PH",
            "RH",
            "TH",
        }


def test_the_welsh_words_are_spelt_right() -> None:
    assert [word for each in SPOKEN if each.word for word in misspelt(each.word.cy)] == []


def test_a_code_is_spelt_group_by_group() -> None:
    groups = spell_code("K7QM-3XR9")
    assert [[each.id for each in group] for group in groups] == [list("K7QM"), list("3XR9")]
    assert groups[0][1].name.cy == "saith"
