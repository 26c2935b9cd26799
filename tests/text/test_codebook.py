"""Codebooks are read, refused with every error at once, and checked for what is weak."""

import json
from pathlib import Path

import pytest

from involve.errors import BadInput
from involve.text.codebook import check_codebook, load_builtin, load_codebook
from involve.text.codebook_file import HINT

NHS = Path(__file__).resolve().parents[3] / "shared" / "data" / "corpora" / "nhs_fft" / "codebook.json"
BUSES = {
    "id": "buses",
    "name": {"cy": "Bysiau", "en": "Buses"},
    "definition": {"cy": "Bysiau a’u hamserlenni", "en": "Buses and their timetables"},
    "cues": {"cy": ["bws", "amserlen"], "en": ["bus", "timetable*"]},
}


def write(tmp_path: Path, content: object, name: str = "codebook.json") -> Path:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def reasons(tmp_path: Path, *themes: object) -> list[str]:
    found = check_codebook(write(tmp_path, {"themes": list(themes)}))
    return [f"{problem.place}: {problem.reason}" for problem in found.warnings]


def test_the_builtin_codebook_has_seven_goals_and_five_ways_in_both_languages() -> None:
    concepts = load_builtin().concepts
    assert [concept.scheme for concept in concepts] == ["goal"] * 7 + ["way"] * 5
    for concept in concepts:
        assert all((concept.definition.cy, concept.definition.en)), concept.id
        assert all((concept.belongs.cy, concept.belongs.en)), concept.id
        assert all((concept.excludes.cy, concept.excludes.en)), concept.id


def test_some_hundreds_of_notions_have_words_in_both_languages() -> None:
    cues = [cue for concept in load_builtin().concepts for cue in concept.cues]
    assert len(cues) > 400
    notions = [cue for cue in cues if cue.weight != HINT]
    assert sum(bool(cue.cy) and bool(cue.en) for cue in notions) > 0.9 * len(notions)


def test_the_builtin_codebook_is_read_once() -> None:
    assert load_builtin() is load_builtin()


def test_a_project_codebook_in_json_becomes_themes(tmp_path: Path) -> None:
    concept = load_codebook(write(tmp_path, {"themes": [BUSES]})).concepts[0]
    assert (concept.scheme, concept.id, concept.name.cy) == ("theme", "buses", "Bysiau")
    assert [cue.cy or cue.en for cue in concept.cues] == [("bws",), ("amserlen",), ("bus",), ("timetable*",)]


def test_a_project_codebook_in_toml_is_the_same(tmp_path: Path) -> None:
    toml = """
    [[themes]]
    id = "buses"
    name = { cy = "Bysiau", en = "Buses" }
    definition = { cy = "Bysiau a’u hamserlenni", en = "Buses and their timetables" }
    cues = { cy = ["bws", "amserlen"], en = ["bus", "timetable*"] }
    """
    from_toml = load_codebook(write(tmp_path, toml, "codebook.toml"))
    assert from_toml.concepts == load_codebook(write(tmp_path, {"themes": [BUSES]})).concepts


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert load_codebook(write(tmp_path, "\ufeff" + json.dumps({"themes": [BUSES]}))).concepts


def test_every_error_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {
            "themes": [
                {"id": "", "cues": {"cy": ["bws", 7]}},
                {"id": "a", "name": "Bysiau", "cues": {"en": ["b*s", "…"]}},
                {"id": "a", "cues": ["bus"]},
                "bus",
            ]
        },
    )
    with pytest.raises(BadInput) as refusal:
        load_codebook(path)
    message = str(refusal.value)
    for place in (
        "theme 1, id",
        "cues.cy, item 2",
        "cues.en, item 1",
        "cues.en, item 2",
        "name",
        "twice",
        "theme 4",
    ):
        assert place in message


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"themes": {}}', '{"themes": []}', "themes = 3", "[" * 5000, '{"themes": null}'],
)
def test_what_is_no_codebook_is_refused_and_never_crashes(tmp_path: Path, content: str) -> None:
    with pytest.raises(BadInput):
        load_codebook(write(tmp_path, content))


def test_a_missing_file_and_one_that_is_not_utf8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b'{"themes": "\xff"}')
    for name in ("none.json", "latin.json"):
        with pytest.raises(BadInput, match=name):
            load_codebook(tmp_path / name)


def test_a_whole_codebook_has_no_warnings(tmp_path: Path) -> None:
    theme = {**BUSES, "cues": {"cy": ["bws deulawr"], "en": ["double decker"]}}
    assert reasons(tmp_path, theme) == []


def test_a_missing_partner_is_a_warning_and_not_an_error(tmp_path: Path) -> None:
    theme = {
        "id": "buses",
        "name": {"en": "Buses"},
        "definition": {"en": "Buses"},
        "cues": {"en": ["double decker"]},
    }
    assert reasons(tmp_path, theme) == [
        'theme "buses": has no Welsh name',
        'theme "buses": has no Welsh definition',
        'theme "buses": has no Welsh cues',
    ]
    assert load_codebook(tmp_path / "codebook.json").concepts


@pytest.mark.parametrize(
    ("cues", "warning"),
    [
        ({"cy": ["glaw"], "en": ["rain"]}, 'the Welsh cue "glaw" looks like English: law'),
        (
            {"cy": ["bws deulawr"] * 2, "en": ["double decker"]},
            'the Welsh cue "bws deulawr" is there more than once',
        ),
        (
            {"cy": ["bws deulawr"], "en": ["organis*", "organise"]},
            'the English cue "organise" adds nothing to "organis*"',
        ),
    ],
)
def test_collisions_repeats_and_needless_cues_are_warnings(
    tmp_path: Path, cues: dict[str, list[str]], warning: str
) -> None:
    assert any(warning in reason for reason in reasons(tmp_path, {**BUSES, "cues": cues}))


def test_a_cue_of_two_themes_is_a_warning(tmp_path: Path) -> None:
    assert 'buses and trams: share the English cue "bus"' in reasons(
        tmp_path, BUSES, {**BUSES, "id": "trams"}
    )


def test_a_field_that_nobody_reads_is_a_warning(tmp_path: Path) -> None:
    assert any(
        '"colour" is not a field' in reason for reason in reasons(tmp_path, {**BUSES, "colour": "red"})
    )


def test_the_english_only_example_is_accepted() -> None:
    if not NHS.exists():
        pytest.skip("the shared corpora are not here")
    assert len(load_codebook(NHS).concepts) == 10
    found = check_codebook(NHS)
    assert found.errors == []
    assert any("no Welsh cues" in problem.reason for problem in found.warnings)
