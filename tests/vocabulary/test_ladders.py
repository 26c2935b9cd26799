"""Every rung of every ladder promises something in both languages and stands on the one scale of influence."""

import pytest

from involve.errors import NotFound
from involve.vocabulary.influence import INFLUENCES, find_influence
from involve.vocabulary.ladders import LADDERS, Rung, find_ladder, find_rung

RUNGS = [rung for ladder in LADDERS for rung in ladder.rungs]
# On Hart's ladder the top rung is shared and the one beneath it is not: he ranks who began, the scale who decides.
OUT_OF_STEP = {("hart", "child_initiated_shared")}


@pytest.mark.parametrize("rung", RUNGS, ids=lambda rung: f"{rung.ladder}-{rung.id}")
def test_a_rung_says_what_it_means_and_promises_in_both_languages(rung: Rung) -> None:
    for words in (rung.name, rung.meaning, rung.promise, rung.because):
        assert words.cy.strip()
        assert words.en.strip()
        assert words.cy != words.en
    for words in (rung.meaning, rung.promise, rung.because):
        assert words.cy.endswith(".")
        assert words.en.endswith(".")


def test_every_rung_stands_on_the_scale_and_every_level_is_used() -> None:
    assert {rung.influence for rung in RUNGS} == {level.id for level in INFLUENCES}
    assert [level.order for level in INFLUENCES] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("ladder", LADDERS, ids=lambda ladder: ladder.id)
def test_climbing_a_ladder_never_lessens_the_influence(ladder) -> None:
    levels = [
        find_influence(rung.influence).order
        for rung in ladder.rungs
        if (ladder.id, rung.id) not in OUT_OF_STEP
    ]
    assert levels == sorted(levels)


@pytest.mark.parametrize("ladder", LADDERS, ids=lambda ladder: ladder.id)
def test_rungs_are_numbered_from_the_lowest_and_stand_in_bands_of_their_ladder(ladder) -> None:
    assert [rung.order for rung in ladder.rungs] == list(range(1, len(ladder.rungs) + 1))
    bands = {band.id for band in ladder.bands} or {None}
    assert {rung.band for rung in ladder.rungs} == bands


def test_the_same_id_means_another_rung_on_another_ladder() -> None:
    assert find_rung("arnstein", "informing") is not find_rung("coproduction", "informing")
    assert find_ladder("iap2").kind == "spectrum"


@pytest.mark.parametrize(("ladder", "rung"), [("arnstein", "empower"), ("nowhere", "inform")])
def test_an_unknown_rung_is_not_found(ladder: str, rung: str) -> None:
    with pytest.raises(NotFound):
        find_rung(ladder, rung)


def test_welsh_names_of_rungs_are_never_official() -> None:
    assert not any(
        rung.is_official(field) for rung in RUNGS for field in ("name_cy", "promise_cy", "influence")
    )
    assert find_rung("arnstein", "partnership").official_name("en") == "Partnership"
    assert find_rung("hart", "child_initiated_shared").official_name("en") is None
