"""Words that set one group of stories apart, shown as people wrote them."""

import math

import pytest

from involve.text.themes.keyness import find_keywords
from involve.text.themes.word_counts import count_words

BUSES = [
    "Mae’r bysiau’n hwyr bob dydd",
    "Does dim bws ar ôl chwech",
    "The buses stop at six and the shop is far",
    "No bus on Sunday, so I missed the match",
    "Ges i’r bws ola adra",
]
SHOPS = ["The shop closed in May", "Our shop is lovely", "Siop dda ydi hon", "The shop sells bread"]


def test_forms_of_a_word_count_as_one_and_are_shown_in_the_commonest_spelling() -> None:
    [welsh, *_] = find_keywords(count_words(BUSES), count_words(SHOPS), least_z=0)
    assert (welsh.word, welsh.language, welsh.stories, welsh.elsewhere) == ("bws", "cy", 3, 0)


def test_the_word_of_one_person_is_no_theme() -> None:
    counts = count_words(["dyfrgi dyfrgi dyfrgi"]), count_words(SHOPS)
    assert find_keywords(*counts, least_z=0) == ()
    assert [each.word for each in find_keywords(*counts, least_stories=1, least_z=0)] == ["dyfrgi"]


def test_words_of_grammar_are_left_out() -> None:
    found = find_keywords(count_words(["the and of"] * 9), count_words(SHOPS), least_z=-9)
    assert found == ()


def test_the_score_is_the_log_odds_with_the_prior_of_the_source() -> None:
    """Equations 15 to 22 of Monroe et al. for one word said by 6 of 6 words here and 2 of 10 there."""
    here, there = count_words(["river"] * 6), count_words(["river"] * 2 + ["mountain"] * 8)
    [river] = find_keywords(here, there, least_z=-9)
    prior = 100 * 8 / 16
    odds_here = (6 + prior) / (6 + 100 - 6 - prior)
    odds_there = (2 + prior) / (10 + 100 - 2 - prior)
    expected = math.log(odds_here / odds_there) / math.sqrt(1 / (6 + prior) + 1 / (2 + prior))
    assert river.z == pytest.approx(expected)


def test_a_group_compared_with_itself_or_with_nothing_has_no_words_of_its_own() -> None:
    assert find_keywords(count_words(BUSES), count_words(BUSES)) == ()
    assert find_keywords(count_words(BUSES), count_words([])) == ()
    assert find_keywords(count_words([]), count_words(BUSES)) == ()
