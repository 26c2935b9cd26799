"""Copies and campaign letters are found and grouped; like stories in other words are not."""

from hypothesis import given
from hypothesis import strategies as st

from involve.text.themes.near_duplicates import find_firsts, group_near_duplicates, resemblance, shingles_of
from tests.text.strange import STRANGE_TEXTS

LETTER = (
    "I object to the closing of the library in the square because children read there after school every day"
)


def test_a_letter_with_a_few_words_of_ones_own_belongs_to_its_campaign() -> None:
    texts = [LETTER, "The river is brown", LETTER.upper() + "!", LETTER + ", as mine did"]
    assert group_near_duplicates(texts) == ((0, 2, 3),)


def test_accents_and_apostrophes_set_no_copy_apart() -> None:
    assert group_near_duplicates(["Mae’r tŷ’n llaith iawn", "Mae'r ty'n llaith iawn"]) == ((0, 1),)


def test_the_same_subject_in_other_words_is_no_copy() -> None:
    texts = [LETTER, "Please keep the library open: my children go there after school", "", "", "!", "!"]
    assert group_near_duplicates(texts) == ()


def test_a_hundred_copies_are_one_group() -> None:
    assert group_near_duplicates(["Dim bws"] * 100) == (tuple(range(100)),)


@given(st.lists(st.sampled_from([LETTER, *STRANGE_TEXTS]), max_size=12))
def test_groups_share_no_text_and_hold_equal_ones_together(texts: list[str]) -> None:
    groups = group_near_duplicates(texts)
    members = [number for group in groups for number in group]
    assert len(members) == len(set(members))
    where = {number: group for group in groups for number in group}
    for number, text in enumerate(texts):
        if text == LETTER and texts.count(LETTER) > 1:
            assert where[number] == where[texts.index(LETTER)]


def test_each_text_is_tied_to_the_earliest_one_that_it_repeats_and_chance_misses_none() -> None:
    words = f"{LETTER} and nobody asked them".split()
    copies = [" ".join([*words[:cut], "today", *words[cut:]]) for cut in (0, 5, 9, 14, 18)]
    texts = [" ".join(words), "No bus.", *copies, "No bus.", " ".join(reversed(words)), copies[0].upper()]
    runs = [shingles_of(text) for text in texts]
    firsts = find_firsts(texts)
    assert (firsts[1], firsts[7]) == (1, 7), "what is short is what many people say"
    for number, first in enumerate(firsts):
        alike = [
            at for at in range(number) if firsts[at] == at and resemblance(runs[at], runs[number]) >= 0.7
        ]
        assert first == (alike[0] if alike and len(texts[number].split()) > 2 else number)
    assert len(set(firsts)) < len(texts) - 3
