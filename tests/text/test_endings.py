"""Endings of unlisted Welsh words are guessed; the word list decides."""

import pytest

from involve.text.endings import base_forms, written_forms


@pytest.mark.parametrize(
    ("word", "base"), [("llyfrau", "llyfr"), ("meddygfeydd", "meddygfa"), ("newidodd", "newid")]
)
def test_the_base_of_an_inflected_word_is_among_the_guesses(word: str, base: str) -> None:
    assert base in list(base_forms(word))


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("petha", "pethau"),
        ("cynta", "cyntaf"),
        ("pentre", "pentref"),
        ("hannar", "hanner"),
        ("gweitho", "gweithio"),
        ("trenau", "trênau"),
    ],
)
def test_the_written_form_of_a_spoken_one_is_among_the_guesses(word: str, written: str) -> None:
    assert written in list(written_forms(word))


@pytest.mark.parametrize("word", ["", "a", "nôl"])
def test_short_words_are_left_alone(word: str) -> None:
    assert [*base_forms(word), *written_forms(word)] == []
