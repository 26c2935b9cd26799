"""Words come to the form they are looked up by, and say how."""

import pytest

from involve.text.forms import fold, normal_keys, normalise
from involve.text.function_words import function_words, is_function_word
from tests.text.strange import STRANGE_TEXTS


@pytest.mark.parametrize(
    ("word", "key", "step", "mutation"),
    [
        ("nghymuned", "cymuned", "word list", "nasal"),
        ("feddygfa", "meddygfa", "word list", "soft"),
        ("phont", "pont", "word list", "aspirate"),
        ("hysgol", "ysgol", "word list", "h"),
        ("haf", "haf", "override", None),
        ("car", "car", "override", None),
        ("gafodd", "cael", "override", "soft"),
        ("bysiau", "bws", "override", None),
        ("gweithwyr", "gweithiwr", "override", None),
        ("ddeddf", "deddf", "word list", "soft"),
        ("isio", "eisiau", "spoken form", None),
        ("pobol", "pobl", "spoken form", None),
        ("hannar", "hanner", "spoken form", None),
        ("ffrindia", "ffrind", "spoken form", None),
        ("dwr", "dŵr", "spoken form", None),
        ("Gaerdydd", "caerdydd", "place", "soft"),
        ("Nghaerdydd", "caerdydd", "place", "nasal"),
        ("Fangor", "bangor", "place", "soft"),
        ("xyzxyz", "xyzxyz", "as is", None),
    ],
)
def test_a_welsh_word_comes_to_its_dictionary_form(
    word: str, key: str, step: str, mutation: str | None
) -> None:
    form = normalise(word, "cy")
    assert (form.key, form.step, form.mutation) == (key, step, mutation)


@pytest.mark.parametrize(
    ("word", "key"),
    [("buses", "bus"), ("children's", "child"), ("went", "go"), ("GPs", "gp"), ("staff", "staff")],
)
def test_an_english_word_comes_to_its_dictionary_form(word: str, key: str) -> None:
    assert normalise(word, "en").key == key


def test_a_word_in_doubt_keeps_both_readings() -> None:
    assert normal_keys("law", "both") == (("cy", "llaw"), ("en", "law"))
    assert normal_keys("law", "en") == (("en", "law"),)


def test_a_word_of_an_unknown_language_is_left_alone() -> None:
    assert normal_keys("Pomysł", "und") == (("cy", "pomysł"), ("en", "pomysł"))


def test_an_unknown_name_inside_a_sentence_keeps_its_form() -> None:
    assert normalise("Elwyns", "cy", inside_sentence=True).step == "name"
    assert normalise("Meddygon", "cy", inside_sentence=True).key == "meddyg"


def test_a_typographic_apostrophe_makes_no_difference() -> None:
    assert normalise("o’dd", "cy").key == normalise("o'dd", "cy").key


@pytest.mark.parametrize(
    ("text", "folded"), [("Dŵr", "dwr"), ("TŶ", "ty"), ("ôl", "ol"), ("مرحبا", "مرحبا"), ("É", "e")]
)
def test_folding_drops_accents_and_capitals_but_no_script(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", STRANGE_TEXTS)
@pytest.mark.parametrize("language", ["cy", "en", "both", "und"])
def test_a_strange_word_has_a_form_too(text: str, language: str) -> None:
    assert isinstance(normalise(text, language).key, str)  # type: ignore[arg-type]


def test_function_words_are_known_by_language() -> None:
    assert is_function_word("Yn", "cy")
    assert not is_function_word("yn", "en")
    assert is_function_word("a", "both")
    assert not is_function_word("the", "both")
    assert function_words("und") == frozenset()
    assert not function_words("cy") & {"bws", "dŵr", "tŷ", "ysgol"}
