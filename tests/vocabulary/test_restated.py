"""What was read for reference and what the vocabulary carries are the same facts, and no surer than they were."""

import json
from pathlib import Path
from typing import Any

import pytest

from involve.vocabulary.areas import AREAS, find_area
from involve.vocabulary.bodies import BODIES, find_body
from involve.vocabulary.demographics import CHARACTERISTICS, USUAL_RESIDENTS_2021, find_characteristic
from involve.vocabulary.goals import GOALS
from involve.vocabulary.indicators import INDICATORS, LAID_ON
from involve.vocabulary.ladders import LADDERS, find_rung
from involve.vocabulary.principles import PRINCIPLES
from involve.vocabulary.provenance import Named
from involve.vocabulary.stages import STAGES
from involve.vocabulary.steeple import STEEPLE
from involve.vocabulary.ways import WAYS

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "data"


def read(name: str) -> Any:
    path = REFERENCE / f"{name}.json"
    if not path.is_file():
        pytest.skip(f"the reference facts are not beside this checkout ({path.name})")
    return json.loads(path.read_text(encoding="utf-8"))


def fact(item: dict[str, Any], field: str) -> Any:
    """Return a fact of the reference, or None where it is somebody's own wording."""
    return item.get(field) if item["provenance"].get(field, {}).get("confidence") != "own" else None


# Kind, file, how our fields are called there.
SIMPLE = [
    ("goals", GOALS, {}),
    ("ways", WAYS, {}),
    ("project_stages", STAGES, {}),
    ("steeple", STEEPLE, {}),
    ("engagement_principles", PRINCIPLES, {"name_cy": "title_cy", "name_en": "title_en"}),
    ("public_bodies", BODIES, {"basis": "listed"}),
    ("national_indicators", INDICATORS, {"name_cy": "short_cy", "name_en": "short_en"}),
    ("areas", AREAS, {}),
]


@pytest.mark.parametrize(("name", "things", "called"), SIMPLE, ids=[name for name, *_ in SIMPLE])
def test_names_are_those_that_were_read(name: str, things: tuple[Named, ...], called: dict[str, str]) -> None:
    items = read(name)["items"]
    assert [thing.id for thing in things] == [item["id"] for item in items]
    for thing, item in zip(things, items, strict=True):
        for language in ("cy", "en"):
            expected = fact(item, called.get(f"name_{language}", f"name_{language}"))
            assert expected in (None, thing.name.in_language(language))


@pytest.mark.parametrize(("name", "things", "called"), SIMPLE, ids=[name for name, *_ in SIMPLE])
def test_nothing_became_official_by_being_restated(
    name: str, things: tuple[Named, ...], called: dict[str, str]
) -> None:
    for thing, item in zip(things, read(name)["items"], strict=True):
        for field, before in item["provenance"].items():
            ours = {there: here for here, there in called.items()}.get(field, field)
            if thing.is_official(ours):
                assert before["confidence"] == "verified", (thing.id, field)


def test_areas_have_the_codes_services_and_figures_that_were_read() -> None:
    for item in read("areas")["items"]:
        area = find_area(item["gss"])
        assert area.id == item["id"]
        assert (area.within.cy, area.within.en, area.from_place.cy) == (
            item["in_cy"],
            item["in_en"],
            item["from_cy"],
        )
        for service, key in (
            (area.health_board, "health_board"),
            (area.services_board, "public_services_board"),
            (area.police, "police"),
            (area.fire, "fire"),
            (area.region, "corporate_joint_committee"),
        ):
            there = item[key]
            assert service.id == there["id"]
            assert service.name.cy == there.get("name_cy", there.get("region_cy"))
            assert service.name.en == there.get("name_en", there.get("region_en"))
            assert service.gss == there.get("gss")
        assert (area.tile.column, area.tile.row) == (item["tile"]["col"], item["tile"]["row"])
        assert list(area.neighbours) == item["neighbours"]
        assert area.population_2021 == item["population_2021"]
        speakers = item["welsh_speakers_2021"]
        assert (area.aged_3_plus_2021, area.welsh_speakers_2021) == (
            speakers["aged_3_plus"],
            speakers["can_speak"],
        )
        assert area.welsh_percent_2021 == speakers["percent"]
        for band, there in item["age_bands_2021"].items():
            assert (area.ages_2021[band], area.age_percent_2021(band)) == (there["count"], there["percent"])


def test_bodies_have_the_basis_kind_and_areas_that_were_read() -> None:
    for item in read("public_bodies")["items"]:
        body = find_body(item["id"])
        assert (body.kind, body.basis, list(body.areas)) == (
            item["kind"],
            item["basis"],
            item.get("areas", []),
        )
        assert body.statutory_name_en == item.get("statutory_name_en")
        assert body.statutory_name_cy == item.get("statutory_name_cy")


def test_indicators_have_the_titles_that_were_read_and_no_other() -> None:
    data = read("national_indicators")
    for indicator, item in zip(INDICATORS, data["items"], strict=True):
        assert (indicator.number, indicator.title_cy, indicator.title_en) == (
            item["number"],
            item["title_cy"],
            item["title_en"],
        )
        assert indicator.added_2021 == item["added_2021"]
        assert indicator.official_goals == item["goals_official"]
        assert list(indicator.suggested_goals) == item["goals_suggested"]
    assert data["set_facts"]["laid_on"] == LAID_ON.isoformat()


def test_rungs_have_the_names_and_order_that_were_read() -> None:
    items = read("ladders")["items"]
    assert [ladder.id for ladder in LADDERS] == [item["id"] for item in items]
    for ladder, item in zip(LADDERS, items, strict=True):
        assert (ladder.author, ladder.year, ladder.kind) == (item["author"], item["year"], item["kind"])
        assert [band.id for band in ladder.bands] == [band["id"] for band in item["bands"]]
        assert [rung.id for rung in ladder.rungs] == [rung["id"] for rung in item["rungs"]]
        for there in item["rungs"]:
            rung = find_rung(item["id"], there["id"])
            assert (rung.order, rung.name.en, rung.band) == (there["order"], there["name_en"], there["band"])
            assert rung.provenance["name_en"].confidence == there["provenance"]["name_en"]["confidence"]


def test_census_counts_and_shares_are_those_that_were_read() -> None:
    data = read("demographics")
    assert data["published_total"]["usual_residents"] == USUAL_RESIDENTS_2021
    assert [c.id for c in CHARACTERISTICS] == [item["id"] for item in data["items"]]
    for item in data["items"]:
        characteristic = find_characteristic(item["id"])
        assert characteristic.base == item["base"]
        assert [(c.id, c.count, c.percent) for c in characteristic.categories] == [
            (c["id"], c["count"], c["percent"]) for c in item["categories"]
        ]
