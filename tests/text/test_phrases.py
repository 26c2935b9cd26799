"""Phrases written in data files are found as they are meant."""

import time

import pytest

from involve.text.phrases import PhraseBook, flatten


def finds(phrase: str, text: str) -> bool:
    return bool(PhraseBook([phrase]).find(flatten(text)))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("end it all", "I want to end it all."),
        ("(end|ended) it all", "she Ended it   all"),
        ("end (my own |)life", "end life"),
        ("(own|) life", "life"),
        ("hunanladd*", "Hunanladdiadau"),
        ("dad ... hit me", "dad has often hit me"),
        ("dwr", "Dŵr"),
        ("don't care", "I don’t care"),
        ("lladd 'n hun", "lladd'n hun"),
    ],
)
def test_a_phrase_is_found_in_its_variants(phrase: str, text: str) -> None:
    assert finds(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"), [("end it", "bend it"), ("dad ... hit", "dad a b c d e f g hit"), ("car", "carer")]
)
def test_a_phrase_keeps_to_whole_words_and_to_its_gap(phrase: str, text: str) -> None:
    assert not finds(phrase, text)


def test_flattening_keeps_every_position() -> None:
    text = "Dŵr’r İl ôl ﬁ"
    assert len(flatten(text)) == len(text)


@pytest.mark.parametrize("text", ["he " + "'" * 50_000, "he a' " * 20_000, "he " * 50_000])
def test_no_text_makes_the_search_slow(text: str) -> None:
    started = time.process_time()
    finds("he ... hit ... me", text)
    assert time.process_time() - started < 5
