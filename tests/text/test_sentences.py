"""Sentences: where a reader can point."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involve.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mae’r bws wedi mynd. Dw i’n unig!", ["Mae’r bws wedi mynd.", "Dw i’n unig!"]),
        ("“Beth nesa?” meddai hi. Dim.", ["“Beth nesa?” meddai hi.", "Dim."]),
        ("Gwelais Dr. Evans, h.y. y meddyg. Da.", ["Gwelais Dr. Evans, h.y. y meddyg.", "Da."]),
        ("no bus. nobody comes!! help… ok", ["no bus.", "nobody comes!!", "help…", "ok"]),
        ("We need:\n- a bus\n - a bench\n\nThanks", ["We need:", "a bus", "a bench", "Thanks"]),
        ("It costs £2.50 at 9.30 a.m. on weekdays.", ["It costs £2.50 at 9.30 a.m. on weekdays."]),
        ("Dyna wnes i. Nid oedd J. Evans yno.", ["Dyna wnes i.", "Nid oedd J. Evans yno."]),
        ("one line", ["one line"]),
        ("…", ["…"]),
        (" \n ", []),
        ("", []),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, sentences: list[str]) -> None:
    assert [each.text for each in split_sentences(text)] == sentences


@given(st.text(alphabet="ab .!?…\n-“”'ŵ", max_size=80))
def test_each_sentence_stands_at_its_place_and_no_letter_is_lost(text: str) -> None:
    found = split_sentences(text)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    kept = "".join(each.text for each in found)
    assert [letter for letter in kept if letter.isalnum()] == [letter for letter in text if letter.isalnum()]
