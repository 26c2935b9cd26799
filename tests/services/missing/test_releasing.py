"""What may be released of the answers about people, played against somebody who keeps every number that ever stood."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from involve.services.account.suppression import FEWEST
from involve.services.missing.releasing import Turn, choose_shown, may_gather

GROUPS = ("a", "b")
# How many of each group, and silent ones, told a story between two turns; few enough to try every world there could be.
CAME = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 3)).filter(
    lambda came: sum(came) >= FEWEST
)


def test_what_is_small_or_gives_a_small_number_away_waits() -> None:
    assert choose_shown([], {"a": 12, "b": 8}, 20) == {"a", "b"}
    assert choose_shown([], {"a": 12, "b": 4}, 20) == {"a"}
    # All that were told but two are of one group: nobody of the others could be hidden among so few.
    assert choose_shown([], {"a": 12, "b": 1}, 14) == set()
    assert choose_shown([], {"a": 12, "b": 1}, 15) == {"a"}
    # Of five more all five would be known to be of the group.
    assert choose_shown([Turn(8, {"a": 5})], {"a": 5, "b": 0}, 5) == set()
    # At most four of nine were there when none was shown, so nearly all that came since are of the group.
    assert choose_shown([Turn(20, {})], {"a": 9, "b": 2}, 6) == set()
    assert choose_shown([Turn(20, {})], {"a": 9, "b": 2}, 8) == {"a"}


def test_projects_together_show_a_number_that_says_nothing_of_any_one_of_them() -> None:
    assert may_gather([(2, 20), (2, 20), (1, 20)])
    assert not may_gather([(3, 20), (4, 20)])
    assert not may_gather([(1, 20), (1, 20), (2, 20)])
    # A project of one teller makes up little: nearly all must be of the others.
    assert not may_gather([(4, 20), (1, 1), (1, 1)])
    assert not may_gather([(4, 20), (4, 20), (4, 20)])


@given(months=st.lists(CAME, min_size=1, max_size=2))
@settings(max_examples=25, deadline=None)
def test_whoever_compares_all_snapshots_learns_of_no_few_people(months: list[tuple[int, int, int]]) -> None:
    turns = _play(months)
    assert all(number >= FEWEST for turn in turns for number in turn.shown.values())
    # The attacker knows how many came, that whoever answers does so at once, and what the site would have shown of each
    # world that there could be.
    told = [sum(came) for came in months]
    worlds = [
        world
        for world in product(*map(_ways, told))
        if all(_fits(world, turns, place) for place in range(len(GROUPS)))
        and turns == _play([(a, b, all_of - a - b) for (a, b), all_of in zip(world, told, strict=True)])
    ]
    assert tuple(came[:2] for came in months) in worlds
    for month, place in product(range(len(months)), range(len(GROUPS))):
        possible = {world[month][place] for world in worlds}
        assert len(possible) >= 4 or min(possible) >= FEWEST, (turns, month, GROUPS[place], possible)


def _play(months: list[tuple[int, int, int]]) -> list[Turn]:
    """Return what the site would show, turn by turn."""
    waiting, turns = dict.fromkeys(GROUPS, 0), list[Turn]()
    for came in months:
        waiting = {name: waiting[name] + more for name, more in zip(GROUPS, came, strict=False)}
        shown = choose_shown(turns, waiting, sum(came))
        turns.append(Turn(sum(came), {name: waiting[name] for name in shown}))
        waiting = {name: 0 if name in shown else number for name, number in waiting.items()}
    return turns


def _ways(told: int) -> list[tuple[int, int]]:
    """Return every way in which so many tellers can be of the groups or silent."""
    return [(a, b) for a in range(told + 1) for b in range(told + 1 - a)]


def _fits(world: tuple[tuple[int, int], ...], turns: list[Turn], place: int) -> bool:
    """Whether a world agrees with every number of a group that was shown."""
    since = 0
    for came, turn in zip(world, turns, strict=True):
        since += came[place]
        if GROUPS[place] in turn.shown:
            if turn.shown[GROUPS[place]] != since:
                return False
            since = 0
    return True
