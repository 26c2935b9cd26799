"""Any form of a word finds the others, in both languages."""

import pytest

from involve.text.search import index_keys, query_keys
from tests.text.strange import STRANGE_TEXTS


def finds(query: str, story: str) -> bool:
    keys = set(index_keys(story))
    return all(keys & alternatives for alternatives in query_keys(query))


@pytest.mark.parametrize(
    ("query", "story"),
    [
        ("meddygfa", "Mae'r feddygfa ar gau"),
        ("feddygfeydd", "Does dim meddygfa yma"),
        ("cymuned", "yn ein cymunedau ni"),
        ("nghymuned", "y gymuned gyfan"),
        ("dwr", "Mae’r dŵr yn frwnt"),
        ("bus", "The buses never come"),
        ("children", "no place for a child"),
        ("Cardiff", "Rwy'n byw yng Nghaerdydd"),
        ("Abertawe", "moved to Swansea"),
        ("CAERDYDD", "bws i Gaerdydd"),
        ("byd-eang", "cynhesu byd-eang"),
        ("مرحبا", "مرحبا بكم"),
        ("2024", "ers haf 2024"),
        ('"late bus" AND (Bangor)', "the late bus to Bangor"),
        ("meddyg", "Three weeks to see a GP"),
        ("meddyg teulu", "The doctors surgery never picks up"),
        ("GP", "Mae’r feddygfa’n llawn"),
        ("food bank", "Ges i fag o’r banc bwyd"),
        ("sea", "Y môr yn codi"),
        ("llaith", "black mould on every wall"),
    ],
)
def test_a_question_finds_a_story_that_has_another_form_of_its_words(query: str, story: str) -> None:
    assert finds(query, story)


def test_every_word_of_a_question_counts() -> None:
    assert not finds("late train", "the late bus")


def test_keys_are_letters_and_digits_in_small_letters_without_grammar() -> None:
    keys = index_keys("Mae'r bysiau yn hwyr, and the Buses are late! * \" - ' ( OR")
    assert all(key.isalnum() and key == key.lower() for key in keys)
    assert not {"mae", "r", "yn", "and", "the", "are"} & set(keys)
    assert len(set(keys)) == len(keys)


def test_a_question_of_grammar_alone_is_still_a_question() -> None:
    assert query_keys("the") != ()


def test_a_question_is_bounded() -> None:
    assert len(query_keys("bws hwyr iawn " * 10_000)) <= 32
    assert len(query_keys(" ".join(f"gair{number}" for number in range(2_000)))) <= 32
    assert all(len(key) <= 64 for key in index_keys("x" * 10_000))


def test_marks_alone_ask_for_nothing() -> None:
    assert query_keys('"*" () -- ; 😀') == ()


@pytest.mark.parametrize("text", STRANGE_TEXTS)
def test_a_strange_text_has_keys_without_fault(text: str) -> None:
    assert all(key.isalnum() for key in index_keys(text))
    assert len(query_keys(text)) <= 32


def test_a_word_of_grammar_names_no_topic() -> None:
    assert not finds("sea", "Mae’r lle mor braf")
    assert not finds("peat", "Bu farw neb")
