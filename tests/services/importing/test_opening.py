"""Files of every kind are read for what they are, and one that cannot be read says why."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from involve.services.importing import packed as packed_files
from involve.services.importing.columns import find_headings
from involve.services.importing.opening import open_table
from involve.services.importing.tables import LARGEST_FILE, MOST_ROWS, FileRefused, Table
from tests.services.importing.files import BUS, ODS, WELSH, cell, packed, row, spreadsheet, workbook, write

CSV = f'id,text\n1,"{BUS}"\n2,"{WELSH}"\n'
ROWS = [["id", "text"], ["1", BUS], ["2", WELSH]]
LINES = "\n".join(json.dumps({"id": at, "text": words}) for at, words in ((1, BUS), (2, WELSH)))
SHEET = spreadsheet(row(cell("id"), cell("text")) + row(cell("1"), cell(BUS)) + row(cell("2"), cell(WELSH)))
GOOD = {
    "csv": CSV.encode(),
    "csv with a mark": b"\xef\xbb\xbf" + CSV.encode(),
    "semicolons": f"id;text\n1;{BUS}\n2;{WELSH}\n".encode(),
    "tabs in UTF-16, as Excel writes Unicode text": f"id\ttext\r\n1\t{BUS}\r\n2\t{WELSH}\r\n".encode(
        "utf-16"
    ),
    "xlsx": workbook(["id", "text"], [1, BUS], [2.0, WELSH]),
    "ods": SHEET,
    "jsonl": LINES.encode(),
}


def cells_of(table: Table) -> list[list[str] | None]:
    return [cells for _, cells in table.lines]


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_every_kind_of_file_gives_the_same_table(tmp_path: Path, content: bytes) -> None:
    assert cells_of(open_table(write(tmp_path, content))) == ROWS


def test_a_file_in_an_older_encoding_is_read_and_that_is_said(tmp_path: Path) -> None:
    table = open_table(write(tmp_path, "text\nMae’r tân yn y tŷ bâch\n".replace("ŷ", "y").encode("cp1252")))
    assert (cells_of(table)[1], table.notes) == (["Mae’r tân yn y ty bâch"], {"cp1252"})


def test_merged_cells_count_once_and_that_is_said(tmp_path: Path) -> None:
    table = open_table(write(tmp_path, workbook(["id", "text"], ["1", BUS], ["2", None], merge="B2:B3")))
    assert cells_of(table)[1:] == [["1", BUS], ["2"]]
    assert table.notes == {"merged"}
    covered = "<table:covered-table-cell/>"
    ods = spreadsheet(
        row(cell("id"), cell("text")) + row(cell(BUS, ' table:number-columns-spanned="2"'), covered)
    )
    assert open_table(write(tmp_path, ods)).notes == {"merged"}


def test_a_formula_is_never_run_and_counts_with_what_was_saved_of_it(tmp_path: Path) -> None:
    table = open_table(write(tmp_path, workbook(["id", "text"], [1, '=HYPERLINK("http://x")'], [2, BUS])))
    assert (cells_of(table)[1:], table.notes) == ([["1"], ["2", BUS]], {"formulas"})
    ods = spreadsheet(row(cell("text"), cell("x")) + row(cell("3", ' table:formula="of:=1+2"'), cell("y")))
    assert (cells_of(open_table(write(tmp_path, ods)))[1], open_table(tmp_path / "file").notes) == (
        ["3", "y"],
        {"formulas"},
    )
    assert cells_of(open_table(write(tmp_path, b"text,x\n=1+1,y\n")))[1] == ["=1+1", "y"]


def test_only_the_first_sheet_that_holds_anything_is_read(tmp_path: Path) -> None:
    table = open_table(write(tmp_path, workbook(["text", "x"], [BUS, "y"], more=True)))
    assert (len(table.lines), table.notes) == (2, {"sheets"})


def test_repeated_and_stray_cells_of_a_spreadsheet_do_not_fill_the_memory(tmp_path: Path) -> None:
    many = ' table:number-rows-repeated="1048570"'
    wide = '<table:table-cell table:number-columns-repeated="16000"/>'
    ods = spreadsheet(row(cell("text"), wide) + row(wide, more=many) + row(cell(BUS)))
    assert [line for line, _ in open_table(write(tmp_path, ods)).lines] == [1, 1048572]
    with pytest.raises(FileRefused, match="rows"):
        open_table(write(tmp_path, spreadsheet(row(cell(BUS), more=many))))
    book = load_workbook(BytesIO(workbook(["text"], [BUS])))
    book.active["XFD1048576"] = "stray"
    book.save(tmp_path / "stray.xlsx")
    assert len(open_table(tmp_path / "stray.xlsx").lines) == 2


def test_spaces_tabs_and_notes_in_a_spreadsheet(tmp_path: Path) -> None:
    words = 'a<text:s text:c="2"/>b<text:tab/><text:span>c</text:span></text:p><text:p>d'
    note = "<office:annotation><text:p>a note</text:p></office:annotation>"
    ods = spreadsheet(
        row(cell("text"), cell("x")) + row(cell(words), cell("y").replace("<text:p>", note + "<text:p>", 1))
    )
    assert cells_of(open_table(write(tmp_path, ods)))[1] == ["a  b\tc\nd", "y"]


def test_a_line_that_is_not_csv_or_json_is_one_line_of_the_table(tmp_path: Path) -> None:
    assert open_table(write(tmp_path, b'text,x\na,b\n"never closed\n')).lines[2] == (3, None)
    lines = b'{"text": "a", "x": [1]}\n{\n\n[1]\n{"text": null, "x": 2}\n'
    assert open_table(write(tmp_path, lines)).lines[1:] == (
        (1, ["a", ""]), (2, None), (4, None), (5, ["", "2"]),
    )  # fmt: skip


def bomb() -> bytes:
    return packed({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b"0" * 2_000_000})


def liar() -> bytes:
    """Return a workbook whose parts are larger than it says."""
    content = bytearray(bomb())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(content)


def damaged() -> bytes:
    """Return a workbook of which some bytes came through wrong."""
    content = bytearray(GOOD["xlsx"])
    at = content.index(b"sheet1.xml") + len("sheet1.xml")
    content[at : at + 40] = b"\xff" * 40
    return bytes(content)


BAD = {
    "empty": (b"", "empty"),
    "blank": (b"\n ,, \n", "empty"),
    "an empty sheet": (workbook(), "empty"),
    "an empty spreadsheet": (spreadsheet(""), "empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
    "wide letters without a mark": ("text\nwords".encode("utf-16-le"), "encoding"),
    "half of a wide letter": (b"\xff\xfea", "encoding"),
    "letters of no encoding": (b"text\n\x81\x8d\n", "encoding"),
    "a page of the web": (b"<html><table></table>", "kind"),
    "a list in JSON": (b'[{"text": "a"}]', "kind"),
    "a document": (packed({"word/document.xml": "<x/>"}), "kind"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(600), "old_workbook"),
    "half of a workbook": (GOOD["xlsx"][: len(GOOD["xlsx"]) // 2], "broken"),
    "a workbook without sheets": (packed({"xl/workbook.xml": "<x/>"}), "broken"),
    "a spreadsheet that is not XML": (
        packed({"mimetype": ODS, "META-INF/manifest.xml": "", "content.xml": "<"}), "broken",
    ),
    "a locked spreadsheet": (
        packed({"mimetype": ODS, "META-INF/manifest.xml": "<manifest:encryption-data/>"}), "locked",
    ),
    "a workbook that declares entities": (
        packed({"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}), "broken",
    ),
    "a damaged workbook": (damaged(), "broken"),
    "a spreadsheet without a list of parts": (packed({"mimetype": ODS, "content.xml": "<"}), "broken"),
    "a bomb": (bomb(), "bomb"),
    "a bomb that lies about its size": (liar(), "bomb"),
    "too many rows": (b"text,x\n" + b"a,b\n" * (MOST_ROWS + 20), "rows"),
    "too large": (b"a" * (LARGEST_FILE + 1), "large"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "reason"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, content: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed_files, "LARGEST_UNPACKED", 1_000_000)
    with pytest.raises(FileRefused) as refused:
        open_table(write(tmp_path, content))
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"text\nwords\n", 1),
        (b"Stories of 2026\n\nid,text\n1,words\n", 3),
        (b"id,text\n1\n2,words\n", 1),
        (b"\n\ntext\nwords\n", 3),
        (b"Stori\nwords, and more\n", 1),
        (b"A title\nA second, longer title\nNumber,Comment\n1,words\n", 3),
    ],
)
def test_titles_above_the_names_of_columns_are_passed_over(tmp_path: Path, content: bytes, line: int) -> None:
    assert find_headings(open_table(write(tmp_path, content))) == line


@pytest.mark.parametrize("content", [b"text,id\n", b"A title\ntext,id\n"])
def test_a_file_of_headings_only_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileRefused, match="headings"):
        find_headings(open_table(write(tmp_path, content)))
