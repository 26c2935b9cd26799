"""Any form of a word finds the others, in both languages."""

import pytest

from involve.text.query import find_marks, phrase_form, read_query
from involve.text.search import index_keys
from involve.text.search_keys import topic_key
from involve.text.topics import find_topic
from tests.text.strange import STRANGE_TEXTS


def finds(query: str, story: str) -> bool:
    keys = set(index_keys(story))
    return all(keys & word.keys for word in read_query(query).words)


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
    assert read_query("the").words != ()


def test_a_question_is_bounded() -> None:
    assert len(read_query("bws hwyr iawn " * 10_000).words) <= 32
    assert len(read_query(" ".join(f"gair{number}" for number in range(2_000))).words) <= 32
    assert all(len(key) <= 64 for key in index_keys("x" * 10_000))


def test_marks_alone_ask_for_nothing() -> None:
    assert not read_query('"*" () -- ; 😀 - "" -""').asks


@pytest.mark.parametrize("text", STRANGE_TEXTS)
def test_a_strange_text_has_keys_without_fault(text: str) -> None:
    assert all(key.isalnum() for key in index_keys(text))
    assert len(read_query(text).words) <= 32
    find_marks(text, read_query(text))


def test_a_word_of_grammar_names_no_topic() -> None:
    assert not finds("sea", "Mae’r lle mor braf")
    assert not finds("peat", "Bu farw neb")


@pytest.mark.parametrize(
    ("query", "phrases", "words", "excluded", "no_phrases"),
    [
        ("late bus", [], ["late", "bus"], [], []),
        ('"late bus" Bangor', [" late bus "], ["Bangor", "late", "bus"], [], []),
        ("“ar ôl chwech”", [" ar ol chwech "], ["ôl", "chwech"], [], []),
        ("bws -ysgol", [], ["bws"], ["ysgol"], []),
        ('bws -"ar ôl"', [], ["bws"], [], [" ar ol "]),
        ("ail-law", [], ["ail-law"], [], []),
        ("-bws", [], [], ["bws"], []),
        ('un "heb ei gau', [], ["un", "heb", "ei", "gau"], [], []),
    ],
)
def test_phrases_and_exclusions_are_read(
    query: str, phrases: list[str], words: list[str], excluded: list[str], no_phrases: list[str]
) -> None:
    read = read_query(query)
    assert list(read.phrases) == phrases
    assert [word.typed for word in read.words if word.typed in words] == [
        word for word in words if word in [each.typed for each in read.words]
    ]
    assert {word.typed for word in read.words} <= set(words)
    assert len(read.excluded) == len(excluded)
    assert all(word in keys for word, keys in zip(excluded, read.excluded, strict=True))
    assert list(read.no_phrases) == no_phrases


def test_a_phrase_has_one_form_whatever_its_accents_and_apostrophes() -> None:
    assert phrase_form("I’r TŶ, wedyn") == phrase_form("i'r ty wedyn") == " i r ty wedyn "


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Mae’r feddygfa ar gau.", "meddygfa", ["feddygfa"]),
        ("Three weeks to see a GP, and no bus.", "meddyg bws", ["GP", "bus"]),
        ("The buses never come.", "bws", ["buses"]),
        ("Nothing of it.", "bws", []),
    ],
)
def test_the_words_that_answer_a_search_are_marked(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in find_marks(text, read_query(query))] == marked


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Yr unig beth sydd ar goll ydy golau.", False),
        ("Dyna’r unig sgwrs o’n i’n ei chael, a dw i’n unig iawn.", True),
        ("Mae’r cwmni bysiau wedi stopio dod.", False),
        ("Roedd ei chwmni’n gysur.", True),
        ("The bus company never answered.", False),
        ("I miss company in the evening.", True),
    ],
)
def test_a_word_that_means_something_else_in_its_wording_names_no_topic(text: str, named: bool) -> None:
    assert (topic_key(find_topic("loneliness")) in index_keys(text)) == named
