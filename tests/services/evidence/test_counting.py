"""Counting: examples worked by hand, and what must hold of any count."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involve.services.evidence.counting import Places, Tally, count_approval, count_ranked, count_votes

A, B, C, D, E = 1, 2, 3, 4, 5
OPTIONS = st.integers(2, 5).map(lambda number: list(range(1, number + 1)))


def times(number: int, *vote: int) -> list[list[int]]:
    return [list(vote)] * number


# By hand: Schulze's own example of 45 voters; a circle; the option all can live with against the largest camp.
RANKED: list[tuple[str, list[int], list[list[int]], Places]] = [
    (
        "Schulze's example",
        [A, B, C, D, E],
        times(5, A, C, B, E, D)
        + times(5, A, D, E, C, B)
        + times(8, B, E, D, A, C)
        + times(3, C, A, B, E, D)
        + times(7, C, A, E, B, D)
        + times(2, C, B, A, D, E)
        + times(7, D, C, E, B, A)
        + times(8, E, B, A, D, C),
        ((E,), (A,), (C,), (B,), (D,)),
    ),
    # A beats B 5 to 2, B beats C 5 to 2, C beats A 4 to 3: the weakest link of the circle gives way.
    ("a circle", [A, B, C], times(3, A, B, C) + times(2, B, C, A) + times(2, C, A, B), ((A,), (B,), (C,))),
    ("a circle of equals", [A, B, C], [[A, B, C], [B, C, A], [C, A, B]], ((A, B, C),)),
    # B is nobody's enemy: it beats A 5 to 4 and C 6 to 3, though fewest put it first.
    (
        "the middle way",
        [A, B, C],
        times(4, A, B, C) + times(2, B, C, A) + times(3, C, B, A),
        ((B,), (C,), (A,)),
    ),
    ("level", [A, B], [[A, B], [B, A]], ((A, B),)),
    ("left out is last", [A, B, C], [[B], [B], [A]], ((B,), (A,), (C,))),
    ("one voter", [A, B, C], [[C, A]], ((C,), (A,), (B,))),
    ("nobody", [A, B], [], ()),
]
APPROVAL: list[tuple[str, list[int], list[list[int]], Places]] = [
    ("most marks", [A, B, C], [[A, B], [B], [B, C]], ((B,), (A, C))),
    ("everyone marks all", [A, B], [[A, B], [B, A]], ((A, B),)),
    ("somebody can live with none", [A, B], [[], [A]], ((A,), (B,))),
    ("nobody", [A, B], [], ()),
]


@pytest.mark.parametrize(
    ("options", "votes", "places"), [row[1:] for row in RANKED], ids=[r[0] for r in RANKED]
)
def test_rankings_are_counted_as_by_hand(options: list[int], votes: list[list[int]], places: Places) -> None:
    assert count_ranked(options, votes).places == places


@pytest.mark.parametrize(
    ("options", "votes", "places"), [row[1:] for row in APPROVAL], ids=[r[0] for r in APPROVAL]
)
def test_marks_are_counted_as_by_hand(options: list[int], votes: list[list[int]], places: Places) -> None:
    assert count_approval(options, votes).places == places


def test_the_same_nine_people_may_come_to_another_end_by_the_other_method() -> None:
    # Five like A best and could live with B; four like B best and could live with C.
    ranked = count_ranked([A, B, C], times(5, A, B, C) + times(4, B, C, A))
    marked = count_approval([A, B, C], times(5, A, B) + times(4, B, C))
    assert ranked.places[0] == (A,)
    assert marked.places[0] == (B,)
    assert dict(marked.marks) == {A: 5, B: 9, C: 4}


def test_the_comparisons_say_how_many_stood_on_each_side() -> None:
    (pair,) = count_ranked([A, B], [[A, B], [A], [B], []]).pairs
    assert (pair.before, pair.after, pair.level) == (2, 1, 1)


def test_a_method_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="dice"):
        count_votes("dice", [A, B], [])


def rankings(options: list[int]) -> st.SearchStrategy[list[list[int]]]:
    vote = st.permutations(options).flatmap(
        lambda order: st.integers(0, len(options)).map(lambda size: list(order[:size]))
    )
    return st.lists(vote, max_size=9)


cases = OPTIONS.flatmap(lambda options: st.tuples(st.just(options), rankings(options)))


def as_sets(tally: Tally) -> list[frozenset[int]]:
    return [frozenset(place) for place in tally.places]


@given(cases, st.sampled_from(["approval", "ranked"]), st.randoms(use_true_random=False))
def test_neither_the_order_of_votes_nor_of_options_changes_a_result(
    case: tuple[list[int], list[list[int]]], method: str, random: object
) -> None:
    options, votes = case
    mixed, others = list(votes), list(options)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    random.shuffle(others)  # type: ignore[attr-defined]
    assert as_sets(count_votes(method, options, votes)) == as_sets(count_votes(method, others, mixed))


@given(cases, st.sampled_from(["approval", "ranked"]), st.data())
def test_no_option_is_favoured_for_its_name(
    case: tuple[list[int], list[list[int]]], method: str, data: st.DataObject
) -> None:
    options, votes = case
    renamed = dict(zip(options, data.draw(st.permutations(options)), strict=True))
    there = count_votes(method, options, [[renamed[each] for each in vote] for vote in votes])
    here = [
        frozenset(renamed[each] for each in place) for place in count_votes(method, options, votes).places
    ]
    assert as_sets(there) == here


@given(cases, st.sampled_from(["approval", "ranked"]))
def test_each_option_has_one_place_as_soon_as_somebody_voted(
    case: tuple[list[int], list[list[int]]], method: str
) -> None:
    options, votes = case
    placed = [each for place in count_votes(method, options, votes).places for each in place]
    assert sorted(placed) == (options if votes else [])


@given(cases, st.data())
def test_a_mark_more_never_harms_an_option(
    case: tuple[list[int], list[list[int]]], data: st.DataObject
) -> None:
    options, votes = case
    option = data.draw(st.sampled_from(options))
    lacking = [at for at, vote in enumerate(votes) if option not in vote]
    if not lacking:
        return
    more = [list(vote) for vote in votes]
    more[data.draw(st.sampled_from(lacking))].append(option)
    before, after = count_approval(options, votes), count_approval(options, more)
    beaten = {other for other, marks in before.marks if marks < dict(before.marks)[option]}
    assert beaten <= {other for other, marks in after.marks if marks < dict(after.marks)[option]}


@given(cases, st.data())
def test_ranking_the_winner_higher_never_makes_it_lose(
    case: tuple[list[int], list[list[int]]], data: st.DataObject
) -> None:
    options, votes = case
    if not votes:
        return
    winner = data.draw(st.sampled_from(count_ranked(options, votes).places[0]))
    at = data.draw(st.integers(0, len(votes) - 1))
    higher = [list(vote) for vote in votes]
    higher[at] = [winner, *(each for each in votes[at] if each != winner)]
    assert winner in count_ranked(options, higher).places[0]


@given(cases)
def test_who_beats_every_other_option_comes_first_alone(case: tuple[list[int], list[list[int]]]) -> None:
    options, votes = case
    tally = count_ranked(options, votes)
    won = {(p.one, p.other) for p in tally.pairs if p.before > p.after}
    won |= {(p.other, p.one) for p in tally.pairs if p.after > p.before}
    for option in options:
        if all((option, other) in won for other in options if other != option):
            assert tally.places[0] == (option,)


def test_every_order_of_three_counts_the_same_for_each() -> None:
    everyone = [list(order) for order in permutations([A, B, C])]
    assert count_ranked([A, B, C], everyone).places == ((A, B, C),)
