"""Whom to quote: the most typical, and those who say otherwise, by a rule that can be checked."""

from involve.text.themes.quotations import choose_quotations, rank_by_typicality

TEXTS = [
    "Mae’r bws yn hwyr bob bore a’r plant yn colli ysgol",
    "The late bus makes the children miss school",
    "Bws hwyr eto, a’r plant yn hwyr i’r ysgol",
    "The late bus makes the children miss school!",
    "Our bus driver waits for everyone, the bus is never late",
    "Cafodd fy nghath ei geni ddydd Mawrth",
]
STANCES = ("concern", "concern", "concern", "concern", "strength", "mixed")


def test_what_is_unlike_the_rest_comes_last() -> None:
    assert rank_by_typicality(TEXTS)[-1] == 5


def test_the_contrary_voice_is_quoted_beside_the_typical_ones_and_copies_once() -> None:
    quoted = choose_quotations(TEXTS, STANCES, most=6)
    assert quoted.contrary == (4,)
    assert len({1, 3} & set(quoted.typical)) == 1
    assert 4 not in quoted.typical


def test_where_nobody_says_otherwise_no_contrary_voice_is_invented() -> None:
    assert choose_quotations(TEXTS[:3], STANCES[:3]).contrary == ()
    assert choose_quotations([], []) == choose_quotations([""], ["mixed"], most=0)


def test_the_order_does_not_depend_on_that_of_the_sets() -> None:
    there = [TEXTS[at] for at in rank_by_typicality(TEXTS)]
    back = TEXTS[::-1]
    assert sorted(there) == sorted(back[at] for at in rank_by_typicality(back))
