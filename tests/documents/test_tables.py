"""Tables of stories as files: other people's programs read back what was written, and nothing runs as a formula."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree

from involve.documents.tables.writers import WRITERS, write_stories
from involve.services.evidence.exporting import COLUMNS, TAG_COLUMNS, export_row
from involve.services.evidence.public_story import PublicStory, PublicTag
from involve.services.translations.translation_rows import PublicTranslation
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.exports import EXPORT_FORMS

TEXT = "Mae’r gŵr yn y tŷ ac ŵyn ar y bryn: ŷch chi’n gwybod? ŴŶ & <b>\n\nDwy  linell a 😀."
STORY = PublicStory(
    1, "S-1", TEXT, "cy", "W06000002", "own", date(2026, 3, 27), "bws", Bilingual("Bws", "Bus"), False, True,
    (
        PublicTag("goal", "healthier", "concern", True, ((6, 9), (15, 17))),
        PublicTag("theme", "new-theme", "idea", False, ()),
    ),
    (PublicTranslation("en", "The husband is in the house.", date(2026, 4, 1), True),),
)  # fmt: skip
DANGER = ["=1+1", "+441", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']
STORIES = [STORY, *(replace(STORY, id=at, reference=f"D-{at}", text=words, tags=())
                    for at, words in enumerate(DANGER, 2))]  # fmt: skip


def written(form: str, stories: list[PublicStory] = STORIES) -> BytesIO:
    file = BytesIO()
    write_stories(form, file, iter(stories))
    file.seek(0)
    return file


def read_csv(file: Any) -> list[list[str]]:
    return list(csv.reader(TextIOWrapper(file, encoding="utf-8-sig", newline="")))


def sheets_of(form: str) -> dict[str, list[list[str]]]:
    """Return the sheets of a file as another program reads them."""
    if form == "csv-zip":
        with ZipFile(written(form)) as archive:
            return {name.removesuffix(".csv"): read_csv(archive.open(name)) for name in archive.namelist()}
    calamine = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_filelike(written(form))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("form", ["csv-zip", "xlsx", "ods"])
def test_another_program_reads_each_sheet_as_it_was_meant(form: str) -> None:
    sheets = sheets_of(form)
    heading, first, *dangerous = sheets["stories"]
    assert heading == list(COLUMNS)
    assert first == list(export_row(STORY))
    assert all(row[7].startswith("'") for row in dangerous)
    assert len(dangerous) == len(DANGER)
    assert sheets["tags"] == [
        list(TAG_COLUMNS),
        ["S-1", "goal", "healthier", "concern", "yes", "6-9; 15-17", "gŵr … tŷ"],
        ["S-1", "theme", "new-theme", "idea", "no", "", ""],
    ]
    codebook = {(row[0], row[1]): row[2:] for row in sheets["codebook"]}
    assert codebook["goal", "healthier"][:2] == ["Cymru iachach", "A healthier Wales"]
    assert {f"stories.{name}" for name in COLUMNS} <= {column for column, _ in codebook}


@pytest.mark.parametrize(
    ("form", "part", "formula"),
    [
        ("xlsx", "xl/worksheets/sheet1.xml", "//*[local-name()='f' or @t='f']"),
        ("ods", "content.xml", "//@*[local-name()='formula']"),
    ],
)
def test_no_cell_of_a_workbook_is_a_formula(form: str, part: str, formula: str) -> None:
    with ZipFile(written(form)) as archive:
        assert etree.fromstring(archive.read(part)).xpath(formula) == []
        if form == "ods":
            first = archive.infolist()[0]
            assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")


def test_a_plain_table_and_lines_of_objects_keep_every_letter() -> None:
    assert read_csv(written("csv"))[1] == list(export_row(STORY))
    lines = [json.loads(line) for line in written("jsonl").read().decode().splitlines()]
    assert [line["text"] for line in lines] == [TEXT, *DANGER]
    start, end = lines[0]["tags"][0]["passages"][0]
    assert TEXT[start:end] == "gŵr"
    assert lines[0]["published_on"] == "2026-03-27"


def test_parquet_keeps_kinds_and_nests_tags() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(written("parquet"))
    rows = table.to_pylist()
    assert [row["text"] for row in rows] == [TEXT, *DANGER]
    assert (rows[0]["published_on"], rows[0]["quotable"], rows[0]["translation_cy"]) == (
        date(2026, 3, 27), True, None,
    )  # fmt: skip
    assert rows[0]["tags"][0]["passages"] == [{"start": 6, "end": 9}, {"start": 15, "end": 17}]
    assert table.schema.field("area").metadata[b"cy"] == b"Cod GSS yr awdurdod lleol"


def test_a_file_that_is_stopped_half_way_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def stopped() -> Iterator[PublicStory]:
        yield STORY
        raise InterruptedError

    for form in ("csv-zip", "xlsx", "ods"):
        with pytest.raises(InterruptedError):
            write_stories(form, BytesIO(), stopped())
    assert list(tmp_path.iterdir()) == []


def test_each_form_has_a_writer_and_a_name() -> None:
    assert {form.id for form in EXPORT_FORMS} == set(WRITERS)
