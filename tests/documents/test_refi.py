"""Files for programs of qualitative research (REFI-QDA): read back by a library that did not write them."""

import warnings
from io import BytesIO
from pathlib import Path

import pytest
from pyrefiqda import RefiCodebook, RefiProject

from involve.documents.tables.writers import write_stories
from involve.services.codebook.files import refi_codes
from involve.text.codebook_file import Findings, parse_bytes
from involve.text.codebook_writing import as_refi
from involve.text.concepts import Bilingual, Concept, Cue
from involve.text.refi import Code, write_refi
from tests.documents.test_tables import STORY, TEXT

HOUSE = Concept(
    "theme", "ty-oer", (Cue(("tŷ oer", "gŵr*"), ()), Cue((), ("cold home",))),
    name=Bilingual("Tŷ oer", "Cold home"),
    definition=Bilingual("Pan fydd tŷ’n oer:\n\nCues: dim ond gair.", "A home that is cold & <damp>."),
    excludes=Bilingual("", "Cold outdoors\t"),
)  # fmt: skip
PAIR = Concept("theme", "pair", (), name=Bilingual("Un · dau", "Un · dau"))


def codes_of(path: Path) -> dict[str, tuple[str, list[str]]]:
    """Return the groups of a codebook as another library reads them: their codes by name."""
    book = RefiCodebook.load(path)
    return {group.name: (group.guid, [code.name for code in group.code]) for group in book.codes.code}


def table_of(data: bytes) -> list[dict[str, object]]:
    found = Findings()
    table = parse_bytes(data, "a.qdc", found)
    assert not found.errors
    assert table is not None
    return list(table["themes"])


def test_another_library_reads_the_codes_with_every_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.qdc"
    path.write_bytes(as_refi([HOUSE, PAIR]))
    book = RefiCodebook.load(path)
    (group,) = book.codes.code
    assert (group.name, group.is_codable) == ("Themâu · Themes", False)
    assert [(code.name, code.is_codable) for code in group.code] == [
        ("Tŷ oer · Cold home", True),
        ("Un · dau", True),
    ]
    assert "Diffiniad: Pan fydd tŷ’n oer:" in group.code[0].description
    assert "Cues: cold home" in group.code[0].description


def test_goals_and_ways_stand_beside_the_themes_of_a_project(tmp_path: Path) -> None:
    path = tmp_path / "a.qdc"
    path.write_bytes(write_refi(refi_codes(()), "Involve"))
    names = {name: codes for name, (_, codes) in codes_of(path).items()}
    assert [len(codes) for codes in names.values()] == [7, 5]
    assert "Cymru iachach · A healthier Wales" in names["Nodau llesiant · Well-being goals"]
    assert table_of(path.read_bytes()) == []


def test_what_went_out_comes_back_also_through_the_other_library(tmp_path: Path) -> None:
    there, back = tmp_path / "there.qdc", tmp_path / "back.qdc"
    there.write_bytes(as_refi([HOUSE, PAIR]))
    with warnings.catch_warnings():
        # Its own serializer, on models that it made itself.
        warnings.simplefilter("ignore")
        RefiCodebook.save(RefiCodebook.load(there), back)
    for path in (there, back):
        first, second = table_of(path.read_bytes())
        assert first == {
            "id": "ty-oer",
            "name": {"cy": "Tŷ oer", "en": "Cold home"},
            "definition": {"cy": HOUSE.definition.cy, "en": HOUSE.definition.en},
            "excludes": {"cy": "", "en": "Cold outdoors\t"},
            "cues": {"cy": ["tŷ oer", "gŵr*"], "en": ["cold home"]},
        }
        assert (second["id"], second["name"]) == ("pair", {"cy": "Un · dau", "en": "Un · dau"})


def test_codes_of_another_program_become_themes_and_groups_do_not() -> None:
    def code(name: str, more: str = "", inner: str = "") -> str:
        return f'<Code guid="00000000-0000-4000-8000-000000000000" name="{name}" isCodable="true"{more}>{inner}</Code>'

    group = '<Code guid="{00000000-0000-4000-8000-000000000001}" name="Access" isCodable="false">'
    inner = code("Bus fares", ' color="#ff0000"', "<Description>What a ride costs.</Description>")
    codes = group + inner + code("Bus fares") + code("Ŵyn!") + code("مرحبا") + "</Code>"
    data = (
        f'<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{codes}</Codes></CodeBook>'
    )
    themes = table_of(data.encode("utf-16"))
    assert [theme["id"] for theme in themes] == ["bus-fares", "bus-fares-2", "wyn", "theme"]
    assert themes[0]["definition"] == {"cy": "What a ride costs.", "en": "What a ride costs."}


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<", b"<a/>", b"<CodeBook/>", b"\xff\xfe<", b"not XML",
        b'<!DOCTYPE x [<!ENTITY a "b">]><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>',
    ],
)  # fmt: skip
def test_what_is_no_codebook_is_refused_in_one_line(data: bytes) -> None:
    found = Findings()
    assert parse_bytes(data, "a.qdc", found) is None
    assert [each.code for each in found.errors] == ["not_refi"]


def test_letters_that_xml_cannot_hold_do_not_stop_a_file() -> None:
    odd = Code("theme", "x", Bilingual("a\x00b", "c\ud800"), "d\x0b")
    assert b"\xef\xbf\xbd" in write_refi([odd], "Involve")


def test_another_library_reads_a_project_and_finds_each_passage(tmp_path: Path) -> None:
    file = BytesIO()
    write_stories("qdpx", file, iter([STORY]))
    path = tmp_path / "a.qdpx"
    path.write_bytes(file.getvalue())
    project = RefiProject.load(path, extract_dir=str(tmp_path / "out"))
    (source,) = project.sources.text_source
    words = RefiProject.resolve_source_path(source.plain_text_path, tmp_path / "out").read_text("utf-8")
    assert words == TEXT
    names = {code.guid: code.name for group in project.code_book.codes.code for code in (group, *group.code)}
    found = [
        (words[each.start_position : each.end_position], names[coding.code_ref.target_guid])
        for each in source.plain_text_selection
        for coding in each.coding
    ]
    assert ("gŵr", "Cymru iachach · A healthier Wales") in found
    assert ("tŷ", "Pryder · Concern") in found
    assert {user.name for user in project.users.user} == {"Pobl · People", "Y feddalwedd · The software"}
