"""The vocabulary holds the whole of what the Act and the field fixed, and each fact says where it comes from."""

import re
from collections import Counter

import pytest

from involve.errors import NotFound
from involve.vocabulary.areas import AGE_BANDS, AREAS, code_of, find_area
from involve.vocabulary.bodies import BODIES, BODY_KINDS, find_body, find_body_kind
from involve.vocabulary.demographics import CHARACTERISTICS, USUAL_RESIDENTS_2021, find_characteristic
from involve.vocabulary.goals import GOALS, find_goal
from involve.vocabulary.indicators import INDICATORS, LAID_ON, find_indicator
from involve.vocabulary.ladders import LADDERS
from involve.vocabulary.lawful import BASES, CONDITIONS, find_basis, find_condition
from involve.vocabulary.principles import PRINCIPLE_SETS, PRINCIPLES, find_principle_set
from involve.vocabulary.provenance import CONFIDENCES, Named, Sourced
from involve.vocabulary.sources import SOURCES
from involve.vocabulary.stages import STAGES, find_stage
from involve.vocabulary.steeple import STEEPLE, find_heading
from involve.vocabulary.ways import WAYS, find_way

NAMED: dict[str, tuple[Named, ...]] = {
    "goals": GOALS,
    "ways": WAYS,
    "stages": STAGES,
    "headings": STEEPLE,
    "areas": AREAS,
    "bodies": BODIES,
    "indicators": INDICATORS,
    "principles": PRINCIPLES,
    "sets of principles": PRINCIPLE_SETS,
    "characteristics": CHARACTERISTICS,
    "ladders": LADDERS,
    "lawful bases": BASES,
    "conditions": CONDITIONS,
}
# What is shown of each kind, beside the name in both languages.
SHOWN = {
    "goals": ("number", "short_cy", "short_en", "gloss_cy", "gloss_en"),
    "ways": ("order", "statutory_ref", "gloss_cy", "gloss_en"),
    "stages": ("order", "gloss_cy", "gloss_en", "question_cy", "question_en"),
    "headings": ("gloss_cy", "gloss_en"),
    "areas": (
        "gss",
        "in_cy",
        "in_en",
        "from_cy",
        "from_en",
        "health_board",
        "services_board",
        "police",
        "fire",
        "region",
        "tile",
        "neighbours",
        "population_2021",
        "welsh_speakers_2021",
        "ages_2021",
    ),
    "bodies": ("basis",),
    "indicators": ("number", "title_en", "suggested_goals"),
    "principles": ("order", "gloss_cy", "gloss_en"),
    "sets of principles": (),
    "characteristics": ("universe_cy", "universe_en", "category.name", "category.count"),
    "ladders": ("about_cy", "about_en", "author"),
    "lawful bases": ("article", "meaning_cy", "meaning_en", "advice_cy", "advice_en"),
    "conditions": ("article", "meaning_cy", "meaning_en", "advice_cy", "advice_en"),
}


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("goals", 7),
        ("ways", 5),
        ("stages", 4),
        ("headings", 7),
        ("areas", 22),
        ("bodies", 56),
        ("indicators", 50),
        ("principles", 17),
        ("characteristics", 8),
        ("ladders", 4),
        ("lawful bases", 7),
        ("conditions", 10),
    ],
)
def test_nothing_of_a_kind_is_missing(kind: str, count: int) -> None:
    assert len(NAMED[kind]) == count


@pytest.mark.parametrize("kind", NAMED)
def test_ids_are_unique_and_fit_for_addresses(kind: str) -> None:
    ids = [thing.id for thing in NAMED[kind]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", id_) for id_ in ids)


def test_goals_and_ways_have_the_ids_that_commands_promise() -> None:
    assert [goal.id for goal in GOALS] == [
        "prosperous",
        "resilient",
        "healthier",
        "equal",
        "cohesive",
        "culture",
        "global",
    ]
    assert {way.id for way in WAYS} == {
        "long_term",
        "prevention",
        "integration",
        "collaboration",
        "involvement",
    }


@pytest.mark.parametrize("kind", NAMED)
def test_each_shown_field_says_where_it_comes_from(kind: str) -> None:
    fields = ("name_cy", "name_en", *SHOWN[kind])
    unsaid = [
        (thing.id, field) for thing in NAMED[kind] for field in fields if not thing.provenance_of(field)
    ]
    assert unsaid == []


def all_sourced() -> list[Sourced]:
    inner = [part for ladder in LADDERS for part in (*ladder.bands, *ladder.rungs)]
    return [thing for things in NAMED.values() for thing in things] + inner


def test_each_provenance_names_a_source_of_the_list() -> None:
    stated = [found for thing in all_sourced() for found in thing.provenance.values()]
    assert {found.source for found in stated} <= set(SOURCES)
    assert {found.confidence for found in stated} == set(CONFIDENCES)
    assert {found.confidence for found in stated if found.source == "own"} == {"own"}
    assert {found.confidence for found in stated if found.source == "recall"} == {"recalled"}


def test_each_source_is_named_by_a_fact_or_marks_what_has_none() -> None:
    named = {found.source for thing in all_sourced() for found in thing.provenance.values()}
    services = [
        service for area in AREAS for service in (area.health_board, area.services_board, area.region)
    ]
    named |= {found.source for service in services for found in service.provenance.values()}
    named |= {found.source for area in AREAS for found in area.police.provenance.values()}
    assert set(SOURCES) == named


def test_the_names_of_goals_are_official_and_our_glosses_never_are() -> None:
    assert all(goal.official_name(language) for goal in GOALS for language in ("cy", "en"))
    for thing in all_sourced():
        assert not any(
            thing.is_official(field) for field in ("gloss_cy", "gloss_en", "promise_cy", "suggested_goals")
        )


def test_a_name_that_was_not_seen_is_shown_but_not_called_official() -> None:
    collaboration = find_way("collaboration")
    assert collaboration.name.cy == "Cydweithio"
    assert collaboration.official_name("cy") is None
    assert collaboration.official_name("en") == "Collaboration"


def test_only_verified_titles_of_indicators_are_official() -> None:
    official = {
        language: [i.number for i in INDICATORS if i.official_title(language)] for language in ("cy", "en")
    }
    assert official == {"cy": [1, 2, 3, 5], "en": [1, 2, 3, 5, 7, 19, 23, 30, 35]}


def test_an_unknown_welsh_title_stays_unknown() -> None:
    without = [indicator for indicator in INDICATORS if indicator.title_cy is None]
    assert len(without) == 45
    assert not any(indicator.is_official("title_cy") for indicator in without)


def test_no_indicator_has_an_official_link_to_a_goal() -> None:
    goals = {goal.id for goal in GOALS}
    assert all(indicator.official_goals is None for indicator in INDICATORS)
    assert all(
        indicator.suggested_goals and set(indicator.suggested_goals) <= goals for indicator in INDICATORS
    )
    assert [indicator.number for indicator in INDICATORS] == list(range(1, 51))
    assert LAID_ON.isoformat() == "2021-12-14"


def test_area_codes_are_well_formed_and_neighbours_mutual() -> None:
    codes = {area.gss for area in AREAS}
    assert len(codes) == 22
    assert all(re.fullmatch(r"W060000\d\d", code) for code in codes)
    for area in AREAS:
        for neighbour in area.neighbours:
            assert area.gss in find_area(neighbour).neighbours
    assert find_area("W06000001").bridges == ("W06000002",)


def test_every_area_has_a_tile_of_its_own() -> None:
    tiles = Counter((area.tile.column, area.tile.row) for area in AREAS)
    assert max(tiles.values()) == 1
    assert all(0 <= column < 6 and 0 <= row < 6 for column, row in tiles)


def test_census_figures_add_up() -> None:
    for area in AREAS:
        assert tuple(area.ages_2021) == AGE_BANDS
        assert sum(area.ages_2021.values()) == area.population_2021
        assert 0 < area.welsh_speakers_2021 < area.aged_3_plus_2021 < area.population_2021
    for characteristic in CHARACTERISTICS:
        assert sum(category.count for category in characteristic.categories) == characteristic.base
        assert abs(sum(category.percent for category in characteristic.categories) - 100) < 0.3
    assert abs(sum(area.population_2021 for area in AREAS) - USUAL_RESIDENTS_2021) < 10


def test_shares_are_rounded_to_one_decimal() -> None:
    gwynedd = find_area("W06000002")
    assert gwynedd.welsh_percent_2021 == 64.4
    assert find_area("W06000001").age_percent_2021("75+") == 12.2


def test_the_public_bodies_came_in_three_waves() -> None:
    assert Counter(body.basis for body in BODIES) == {"act-2015": 44, "cjc-2021": 4, "regs-2024": 8}
    assert {body.kind for body in BODIES} == {kind.id for kind in BODY_KINDS}
    councils = [body for body in BODIES if body.kind == "local_authority"]
    assert {body.areas for body in councils} == {(area.gss,) for area in AREAS}


def test_the_two_sets_of_principles_keep_their_numbers() -> None:
    assert {group.id: len(group.principles) for group in PRINCIPLE_SETS} == {
        "national_principles": 10,
        "participation_standards": 7,
    }
    for group in PRINCIPLE_SETS:
        assert [principle.order for principle in group.principles] == list(
            range(1, len(group.principles) + 1)
        )


def test_steeple_is_spelt_by_its_headings() -> None:
    assert "".join(heading.letter for heading in STEEPLE) == "STEEPLE"


@pytest.mark.parametrize(
    "finder",
    [
        find_goal,
        find_way,
        find_basis,
        find_condition,
        find_stage,
        find_area,
        find_body,
        find_body_kind,
        find_indicator,
        find_heading,
        find_principle_set,
        find_characteristic,
    ],
)
def test_an_unknown_id_is_not_found(finder) -> None:
    with pytest.raises(NotFound):
        finder("nowhere")


def test_facts_cannot_be_changed() -> None:
    goal = GOALS[0]
    with pytest.raises(AttributeError):
        goal.number = 9  # type: ignore[misc]
    with pytest.raises(TypeError):
        goal.provenance["name_cy"] = None  # type: ignore[index]
    assert len({*GOALS, *GOALS}) == 7


def test_an_area_is_known_by_its_name_in_either_language_and_anything_else_stays_as_it_is() -> None:
    assert code_of(" ynys môn ") == code_of("Isle of Anglesey") == "W06000001"
    assert [code_of(written) for written in ("W06000001", "", "Lyonesse")] == ["W06000001", "", "Lyonesse"]
