"""Reads a file to be imported row by row, however large; a row that cannot be read is handed on with its reason."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from involve.errors import BadInput
from involve.services.evidence.import_plan import ImportRow, Refusal
from involve.services.importing.columns import find_headings
from involve.services.importing.opening import open_table
from involve.services.importing.plain import UTF16, csv_lines
from involve.services.importing.tables import LARGEST_FILE, MOST_ROWS, FileRefused, Line, Table
from involve.services.insights.insight_rows import read_row

FIELDS = ("text", "id", "people")
# What an insight may say beside that.
ABOUT = ("how", "area", "try")
SPREADSHEETS = {
    "empty": "is empty",
    "large": f"is larger than {LARGEST_FILE // 1_000_000} MB; save it as CSV",
    "rows": f"has more than {MOST_ROWS:,} rows; save it as CSV",
    "old_workbook": "is an older Excel file, or locked with a password; save it as XLSX without one",
    "locked": "is locked with a password; save it without one",
    "bomb": "is far larger unpacked than a table of stories; it was not opened",
    "broken": "is no spreadsheet, or damaged",
}


@dataclass
class RowFile:
    """A file of rows that was found to be UTF-8 throughout; `mapping` says which column is which field."""

    path: Path
    mapping: Mapping[str, str]
    # The project that insights are for; None for stories.
    insights_of: str | None = None
    # What a spreadsheet holds; None for a file of text, which is read as it is taken.
    table: Table | None = None
    # Bytes of the lines read so far, for a progress bar.
    read: int = 0

    def __iter__(self) -> Iterator[ImportRow | Refusal]:
        """Yield the rows in order.

        Raises:
            BadInput: the file is empty, or has no such column.
        """
        if self.table is not None:
            return self._read_sheet(self.table)
        readers = {".csv": self._read_table, ".jsonl": self._read_objects, ".txt": self._read_text}
        return readers[self.path.suffix.lower()]()

    def _lines(self) -> Iterator[str]:
        """Yield the lines with their ends, without the mark that some programs begin a file with."""
        with self.path.open("rb") as file:
            for number, line in enumerate(file):
                self.read += len(line)
                yield (
                    line.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
                    if number == 0
                    else line.decode("utf-8")
                )

    def _read_table(self) -> Iterator[ImportRow | Refusal]:
        yield from self._read_cells(csv_lines(self._lines()))

    def _read_sheet(self, table: Table) -> Iterator[ImportRow | Refusal]:
        heading = find_headings(table)
        yield from self._read_cells(each for each in table.lines if each[0] >= heading)
        self.read = self.path.stat().st_size

    def _read_cells(self, lines: Iterator[Line]) -> Iterator[ImportRow | Refusal]:
        columns = _header(lines, self.path.name)
        places = _places(columns, self.mapping, self.path.name, self._fields)
        for line, cells in lines:
            if cells is None:
                yield Refusal(line, "it is not CSV: perhaps a quotation mark is missing")
            elif any(cells):
                found = {name: cells[at] for name, at in places.items() if at < len(cells)}
                yield self._row(line, found)

    def _read_objects(self) -> Iterator[ImportRow | Refusal]:
        checked = False
        for line, content in enumerate(self._lines(), 1):
            if not content.strip():
                continue
            try:
                found = json.loads(content)
            except (ValueError, RecursionError):
                yield Refusal(line, "it is not JSON")
                continue
            if not isinstance(found, dict):
                yield Refusal(line, "it is not a JSON object")
                continue
            if not checked:
                _places(list(found), self.mapping, self.path.name, self._fields)
                checked = True
            wanted = {name: self.mapping.get(name, name) for name in self._fields}
            there = {name: found[key] for name, key in wanted.items() if found.get(key) is not None}
            yield self._row(line, there)

    @property
    def _fields(self) -> tuple[str, ...]:
        """What the columns can be."""
        return FIELDS if self.insights_of is None else FIELDS + ABOUT

    def _row(self, line: int, fields: Mapping[str, Any]) -> ImportRow | Refusal:
        """Return the row that *fields* make: a story's, or an insight's."""
        if self.insights_of is None or not isinstance(fields.get("text"), str):
            return _row(line, fields)
        said = {name: str(value) for name, value in fields.items()}
        row = _row(line, {name: value for name, value in fields.items() if name != "people"})
        try:
            draft = read_row(self.insights_of, said)
        except BadInput as error:
            return Refusal(line, str(error))
        return row if isinstance(row, Refusal) else replace(row, people=draft.people, insight=draft)

    def _read_text(self) -> Iterator[ImportRow | Refusal]:
        yield ImportRow(1, "".join(self._lines()))


def open_rows(path: Path, mapping: Mapping[str, str], insights_of: str | None = None) -> RowFile:
    """Return the rows of *path* after making sure that it can be read to its end.

    Raises:
        BadInput: its name has another ending, it is not UTF-8, which names the line, or it is no sound spreadsheet.
    """
    if path.suffix.lower() in (".xlsx", ".ods"):
        try:
            return RowFile(path, mapping, insights_of, open_table(path))
        except FileRefused as error:
            raise BadInput(f"{path.name}: {SPREADSHEETS.get(str(error), SPREADSHEETS['broken'])}.") from error
    if path.suffix.lower() not in (".csv", ".jsonl", ".txt"):
        raise BadInput(
            f"{path.name}: the name of a file to import ends in .csv, .xlsx, .ods, .jsonl or .txt."
        )
    with path.open("rb") as file:
        for line, content in enumerate(file, 1):
            if line == 1 and content.startswith(UTF16):
                raise BadInput(f"{path.name}: is UTF-16, not UTF-8; save it as “CSV UTF-8” or plain UTF-8.")
            _check_utf8(content, path.name, line)
    return RowFile(path, mapping, insights_of)


def read_mapping(given: str) -> dict[str, str]:
    """Return the columns that --map names (``text=COLUMN,id=COLUMN``) by field.

    Raises:
        BadInput: it has another shape, or names an unknown field.
    """
    mapping: dict[str, str] = {}
    # A comma may stand in the name of a column; one before a known field parts two pairs.
    for part in re.split(rf",(?=(?:{'|'.join(FIELDS + ABOUT)})=)", given) if given else []:
        name, equals, column = part.partition("=")
        if not equals or name.strip() not in FIELDS + ABOUT or not column.strip():
            raise BadInput(f"--map is written text=COLUMN,id=COLUMN; {part!r} is none of that.")
        mapping[name.strip()] = column.strip()
    return mapping


def _check_utf8(content: bytes, name: str, line: int) -> None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name}, line {line}: is not UTF-8 (byte {content[error.start]:#04x}); "
            "save the file as UTF-8 and try again."
        ) from error


def _header(lines: Iterator[Line], name: str) -> list[str]:
    """Return the names of the columns."""
    try:
        line, columns = next(lines)
    except StopIteration:
        raise BadInput(f"{name}: is empty.") from None
    if columns is None:
        raise BadInput(f"{name}, line {line}: is not CSV; perhaps a quotation mark is missing.")
    return [column.strip() for column in columns]


def _places(
    columns: list[str], mapping: Mapping[str, str], name: str, fields: tuple[str, ...]
) -> dict[str, int]:
    """Return where each field stands. Only a column that was asked for by name, and the text, must be there."""
    places = {}
    for field in fields:
        column = mapping.get(field, field)
        if column in columns:
            places[field] = columns.index(column)
        elif field == "text" or field in mapping:
            there = ", ".join(columns)[:500]
            raise BadInput(f"{name}: has no column {column!r} for the {field}. Columns: {there}. See --map.")
    return places


def _row(line: int, fields: Mapping[str, Any]) -> ImportRow | Refusal:
    """Return the row that *fields* make."""
    text, row_id, people = fields.get("text"), fields.get("id"), fields.get("people")
    if not isinstance(text, str):
        return Refusal(line, "it has no text" if text is None else "its text is not a text")
    if isinstance(row_id, (dict, list)):
        return Refusal(line, "its id is neither a word nor a number")
    counted = None if people in (None, "") else str(people).strip()
    if counted is not None and not re.fullmatch(r"[1-9][0-9]{0,6}", counted):
        return Refusal(line, f"the number of people is not a whole number from 1: {counted[:40]!r}")
    return ImportRow(
        line, text, None if row_id in (None, "") else str(row_id).strip(), int(counted) if counted else None
    )
