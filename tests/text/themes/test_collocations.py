"""Words that people say together, in any form of each."""

from involve.text.themes.collocations import find_collocations

TEXTS = [
    "Dim band eang yn y pentref",
    "Mae’r band eang yn araf yma",
    "Talu am fand eang nad yw’n dod",
    "Band pres yn y pentref",
]


def test_a_pair_is_found_across_mutations_and_shown_as_written() -> None:
    [pair] = find_collocations(TEXTS)
    assert (pair.words, pair.times) == (("band", "eang"), 3)


def test_a_pair_said_less_often_than_asked_is_left_out() -> None:
    assert find_collocations(TEXTS, least_times=4) == ()
    assert find_collocations([]) == find_collocations(["", "the of"]) == ()
