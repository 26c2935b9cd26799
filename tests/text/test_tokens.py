"""Words are cut as Welsh and English are written, and each knows where it stood."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from involve.text.tokens import is_word, standardise, tokenise
from tests.text.strange import STRANGE_TEXTS


def cut(text: str) -> list[str]:
    return [token.surface for token in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mae'r bws i'r dref", ["Mae", "'r", "bws", "i", "'r", "dref"]),
        ("mae’n hwyr gyda’i fam a’u plant", ["mae", "'n", "hwyr", "gyda", "'i", "fam", "a", "'u", "plant"]),
        ("f'ewythr a d’eiriau", ["f'", "ewythr", "a", "d'", "eiriau"]),
        ("'dw i'n mynd, 'sdim ots", ["'dw", "i", "'n", "mynd", ",", "'sdim", "ots"]),
        ("o'dd hi'm yn dod", ["o'dd", "hi", "'m", "yn", "dod"]),
        ("MAE'R BWS", ["MAE", "'R", "BWS"]),
        ("byd-eang a Sir-y-Fflint", ["byd-eang", "a", "Sir-y-Fflint"]),
        ("It's late; they don't stop", ["It's", "late", ";", "they", "don't", "stop"]),
        ("'Helo' meddai", ["'", "Helo", "'", "meddai"]),
        ("am 10.30yb, £1,500 ar yr A470", ["am", "10.30yb", ",", "£", "1,500", "ar", "yr", "A470"]),
        (
            "bethan@example.com neu https://example.com/a?b=1",
            ["bethan@example.com", "neu", "https://example.com/a?b=1"],
        ),
        ("diolch 😀!", ["diolch", "😀", "!"]),
    ],
)
def test_a_sentence_is_cut_into_its_words(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_token_spelt_with_a_typographic_apostrophe_stands_where_it_stood() -> None:
    text = "Rwy’n hoffi’r ardd"
    assert [text[token.start : token.end] for token in tokenise(text)] == ["Rwy", "’n", "hoffi", "’r", "ardd"]


def test_an_accent_typed_apart_belongs_to_its_word_and_moves_no_position() -> None:
    text = "y to\u0302n a'r mo\u0302r"
    tokens = tokenise(text)
    assert [token.surface for token in tokens] == ["y", "tôn", "a", "'r", "môr"]
    assert text[tokens[-1].start : tokens[-1].end] == "mo\u0302r"


@pytest.mark.parametrize("text", STRANGE_TEXTS)
def test_a_strange_text_is_cut_without_fault(text: str) -> None:
    tokens = tokenise(text)
    assert all(standardise(text[token.start : token.end]) == token.surface for token in tokens)
    assert all(before.end <= after.start for before, after in pairwise(tokens))


@settings(max_examples=200)
@given(st.text(st.characters(codec=None), max_size=200))
def test_every_letter_and_digit_of_any_text_is_in_a_token(text: str) -> None:
    inside = {at for token in tokenise(text) for at in range(token.start, token.end)}
    assert all(at in inside for at, character in enumerate(text) if character.isalnum())


def test_a_hundred_thousand_words_take_time_in_proportion() -> None:
    words = "Mae'r bws yn hwyr eto a does neb yn gwrando " * 1_000
    started = time.process_time()
    tokenise(words)
    once = time.process_time() - started
    started = time.process_time()
    assert len(tokenise(words * 10)) == 110_000
    assert time.process_time() - started < 30 * once + 1


def test_marks_and_numbers_and_addresses_are_no_words() -> None:
    tokens = tokenise("bws 12 ! 'dw a@example.com www.example.com")
    assert [token.surface for token in tokens if is_word(token)] == ["bws", "'dw"]
