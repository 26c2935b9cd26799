"""Hidden numbers against somebody who subtracts: within a table, across tables that share numbers, and over months."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from involve.services.account.suppression import FEWEST, WIDTH, Sum, find_exposed, find_ranges, hide

# arrived = in time + late = published + held + declined; declined is told by reason; both languages add up to all.
LANGUAGES = ("cy", "en")
PARTS = ("in_time", "published", "held", "because", "other")


def table(cells: Mapping[str, int]) -> tuple[dict[str, int], list[Sum]]:
    """Return the numbers and sums of one month from its smallest parts."""
    values: dict[str, int] = {}
    sums: list[Sum] = []
    for each in LANGUAGES:
        published, held, because, other = (cells[f"{name}:{each}"] for name in PARTS[1:])
        arrived = published + held + because + other
        in_time = min(cells[f"in_time:{each}"], arrived)
        values |= {
            f"arrived:{each}": arrived,
            f"in_time:{each}": in_time,
            f"late:{each}": arrived - in_time,
            f"published:{each}": published,
            f"held:{each}": held,
            f"declined:{each}": because + other,
            f"because:{each}": because,
            f"other:{each}": other,
        }
        sums += [
            Sum(f"arrived:{each}", (f"in_time:{each}", f"late:{each}")),
            Sum(f"arrived:{each}", (f"published:{each}", f"held:{each}", f"declined:{each}")),
            Sum(f"declined:{each}", (f"because:{each}", f"other:{each}")),
        ]
    values["all"] = sum(values[f"arrived:{each}"] for each in LANGUAGES)
    sums.append(Sum("all", tuple(f"arrived:{each}" for each in LANGUAGES)))
    return values, sums


cells = st.fixed_dictionaries({f"{name}:{each}": st.integers(0, 12) for name in PARTS for each in LANGUAGES})


@given(cells)
@settings(max_examples=100)
def test_no_small_number_of_a_month_is_found_by_subtraction(drawn: dict[str, int]) -> None:
    values, sums = table(drawn)
    hidden = hide(values, sums)
    assert {name for name, value in values.items() if value < FEWEST} <= hidden
    assert find_exposed(values, sums, hidden) == frozenset()


def worlds(values: Mapping[str, int], unknown: frozenset[str]) -> Iterator[dict[str, int]]:
    """Yield every way in which the Welsh numbers could stand for whoever sees the others: all are tried."""
    most = values["arrived:cy"] + FEWEST
    for published, held, because, other in product(range(most), repeat=4):
        declined = because + other
        arrived = published + held + declined
        fixed = {
            "published": published,
            "held": held,
            "because": because,
            "other": other,
            "declined": declined,
            "arrived": arrived,
        }
        if any(values[f"{name}:cy"] != value for name, value in fixed.items() if f"{name}:cy" not in unknown):
            continue
        for in_time in range(arrived + 1):
            world = {**fixed, "in_time": in_time, "late": arrived - in_time}
            shown = (name for name in ("in_time", "late") if f"{name}:cy" not in unknown)
            if all(values[f"{name}:cy"] == world[name] for name in shown):
                yield world


@given(st.fixed_dictionaries({f"{name}:cy": st.integers(0, 5) for name in PARTS}))
@settings(max_examples=15)
def test_whoever_tries_every_world_finds_several_that_look_alike(drawn: dict[str, int]) -> None:
    values, sums = table({**drawn, **{f"{name}:en": 0 for name in PARTS}})
    # Without the sum over both languages: what one language by itself gives away.
    sums = [each for each in sums if each.total.endswith(":cy")]
    values = {name: value for name, value in values.items() if name.endswith(":cy")}
    unknown = hide(values, sums)
    found: dict[str, set[int]] = {name: set() for name in unknown}
    for world in worlds(values, unknown):
        for name in unknown:
            found[name].add(world[name.removesuffix(":cy")])
    assert [name for name, seen in found.items() if len(seen) <= WIDTH] == []


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"all": 20, "a": 12, "b": 8}, {"all", "a", "b"}),
        ({"all": 20, "a": 17, "b": 3}, {"all"}),
        ({"all": 4, "a": 4, "b": 0}, set()),
        ({"all": 30, "a": 22, "b": 8, "c": 0}, {"all", "a"}),
        ({"all": 11, "a": 3, "b": 2, "c": 6}, {"all", "c"}),
        # The two small ones add up to fewer than five, so a third is hidden with them.
        ({"all": 20, "a": 1, "b": 1, "c": 18}, {"all"}),
    ],
)
def test_a_single_small_number_takes_another_with_it(values: dict[str, int], shown: set[str]) -> None:
    sums = [Sum("all", tuple(name for name in values if name != "all"))]
    assert set(values) - hide(values, sums) == shown


def test_a_ring_of_sums_is_seen_through() -> None:
    # Rows a+b, c+d and columns a+c, b+d leave one number free; a fifth sum with a and d finds it.
    sums = [Sum("r1", ("a", "b")), Sum("r2", ("c", "d")), Sum("c1", ("a", "c")), Sum("c2", ("b", "d"))]
    values = {"a": 3, "b": 9, "c": 8, "d": 7, "r1": 12, "r2": 15, "c1": 11, "c2": 16}
    square = {"a", "b", "c", "d"}
    assert find_exposed(values, sums, square) == set()
    assert find_exposed({**values, "x": 10}, [*sums, Sum("x", ("a", "d"))], square) == square


def test_bounds_hold_what_is_true() -> None:
    values, sums = table({f"{name}:{each}": 3 for name in PARTS for each in LANGUAGES})
    for name, (low, high) in find_ranges(values, sums, hide(values, sums)).items():
        assert low <= values[name] <= (high if high is not None else values[name])
