"""Welsh, English, both and neither are told apart, for a text and for each word."""

import pytest

from involve.text.language import identify_language, identify_words, welsh_share, word_evidence
from involve.text.lexicon import word_priors
from involve.text.tokens import tokenise
from tests.text.strange import STRANGE_TEXTS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dim bws", "cy"),
        ("'Sdim sens", "cy"),
        ("Gwasanaeth da iawn, diolch", "cy"),
        ("Ma fe'n grêt chwarae teg", "cy"),
        ("No bus", "en"),
        ("We can't get a doctor's appointment", "en"),
        ("My girl goes to Ysgol Gynradd Llanbedr and loves it", "en"),
        ("Mae'r plant yn mynd i'r ysgol ar y bws bob bore", "cy"),
        ("Dwi'n mynd i'r siop achos they never have bread ar y silff", "mixed"),
        ("12345", "und"),
        ("😀", "und"),
        ("", "und"),
        ("مرحبا بكم", "und"),
        ("To jest bardzo dobry pomysł dla naszego miasta", "und"),
        ("Das ist eine gute Idee für unsere Stadt", "und"),
    ],
)
def test_a_text_is_welsh_english_mixed_or_neither(text: str, expected: str) -> None:
    assert identify_language(text) == expected


def test_each_word_of_a_mixed_text_has_its_language() -> None:
    tokens = tokenise("Mae'r plant wrth eu bodd but there is nothing for teenagers")
    languages = identify_words(tokens)
    assert set(languages[:6]) == {"cy"}
    assert set(languages[6:]) == {"en"}


def test_a_spelling_of_both_languages_follows_the_words_around_it() -> None:
    welsh, english = tokenise("cefais law gan y ferch"), tokenise("it is against the law to park")
    assert identify_words(welsh)[1] == "cy"
    assert identify_words(english)[4] == "en"


def test_numbers_marks_and_other_scripts_are_of_no_language() -> None:
    assert identify_words(tokenise("12 ! 😀 مرحبا")) == ("und",) * 4


def test_the_share_of_welsh_counts_words_only() -> None:
    assert welsh_share(("cy", "cy", "en", "en", "und", "und")) == 0.5
    assert welsh_share(("cy", "both")) == 0.75
    assert welsh_share(("und",)) == 0.0


def test_evidence_points_to_the_language_that_has_the_word() -> None:
    assert word_evidence("cymdogaeth") > 1
    assert word_evidence("neighbourhood") < -1


def test_the_prior_of_the_installed_package_is_where_we_read_it() -> None:
    priors = word_priors()
    assert len(priors) > 30_000
    assert priors["yn"] > 2 > -2 > priors["the"]


@pytest.mark.parametrize("text", STRANGE_TEXTS)
def test_a_strange_text_has_a_language_too(text: str) -> None:
    assert identify_language(text) in ("cy", "en", "mixed", "und")
