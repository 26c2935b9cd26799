"""Agreement is measured as the literature does it: published examples, and NLTK's own measure beside ours."""

from random import Random

import pytest
from nltk.metrics.agreement import AnnotationTask  # type: ignore[import-untyped]
from nltk.metrics.distance import masi_distance as nltk_masi  # type: ignore[import-untyped]

from involve.text.agreement import (
    FEWEST_UNITS,
    Unit,
    alpha_of,
    compare_coders,
    masi_distance,
    nominal_distance,
)

# Four observers, twelve units, “.” where one said nothing: Krippendorff, “Computing Krippendorff’s alpha-reliability”
# (2011), section C, where alpha of nominal data is 0.743; and the two observers of its section A, where it is 0.095.
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
TWO = ("0100000010", "1110010000")


def by_unit(rows: tuple[str, ...]) -> list[list[str]]:
    return [[value for value in column if value != "."] for column in zip(*rows, strict=True)]


def test_the_published_examples_come_out() -> None:
    assert alpha_of(by_unit(FOUR), nominal_distance) == pytest.approx(0.743, abs=0.001)
    assert alpha_of(by_unit(TWO), nominal_distance) == pytest.approx(0.095, abs=0.001)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ab", "ab", 0),
        ("ab", "a", 1 - 1 / 2 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
        ("a", "b", 1),
        ("", "", 0),
    ],
)
def test_masi_weighs_sets_that_overlap(one: str, other: str, expected: float) -> None:
    assert masi_distance(frozenset(one), frozenset(other)) == pytest.approx(expected)


def test_alpha_over_sets_is_that_of_nltk() -> None:
    rng = Random(7)
    sets = [frozenset("a"), frozenset("ab"), frozenset("bc"), frozenset("c"), frozenset("abc")]
    units = [[rng.choice(sets) for _ in range(3)] for _ in range(40)]
    votes = [(coder, at, value) for at, unit in enumerate(units) for coder, value in enumerate(unit)]
    theirs = AnnotationTask(data=votes, distance=nltk_masi).alpha()
    assert alpha_of(units, masi_distance) == pytest.approx(theirs, abs=1e-3)


def test_nothing_that_varies_is_no_agreement_and_no_disagreement() -> None:
    assert alpha_of([["a", "a"], ["a", "a"]], nominal_distance) is None
    assert alpha_of([["a"], ["b"]], nominal_distance) is None


def test_coders_are_compared_by_theme_and_language_and_too_few_say_nothing() -> None:
    bus, none = frozenset({"bus"}), frozenset[str]()
    units = [
        Unit(f"s{at // 5}", "cy" if at < FEWEST_UNITS else "en", {"A": codes, "B": codes, "·": none})
        for at, codes in enumerate([bus, none] * FEWEST_UNITS)
    ]
    units.append(Unit("alone", "cy", {"A": bus}))
    rows = {
        (row.coders, row.theme, row.language): row for row in compare_coders(units, ["bus"], "·", Random(1))
    }
    whole = rows[("A", "B"), None, "cy"]
    assert (whole.units, whole.alpha, whole.low, whole.enough) == (FEWEST_UNITS, 1.0, 1.0, True)
    machine = rows[("A", "·"), None, "all"]
    assert machine.alpha is not None
    assert machine.alpha < 0
    assert rows[("A", "B", "·"), "bus", "all"].units == 2 * FEWEST_UNITS
    few = compare_coders(units[: FEWEST_UNITS - 1], ["bus"], "·", Random(1))
    assert not any(row.enough for row in few)
