"""Excel workbooks as tables: values only, never a formula, and of the first sheet that holds anything."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

from involve.services.importing.tables import MOST_COLUMNS, MOST_ROWS, TITLE_LINES, FileRefused, Line

# Rows of nothing after which a sheet is taken to be over: a stray cell may stand in the last row that there can be.
MOST_EMPTY = 20_000
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def read_xlsx(path: Path) -> tuple[list[Line], frozenset[str]]:
    """Return the lines of the first sheet with words in it, and 'sheets', 'merged' or 'formulas' where that is so.

    Raises:
        FileRefused: 'broken'.
    """
    try:
        with warnings.catch_warnings():
            # They quote cells.
            warnings.simplefilter("ignore")
            with path.open("rb") as file:
                full = _read(file)
        if not full:
            raise FileRefused("empty")
        return full[0], _notes(path) | ({"sheets"} if len(full) > 1 else frozenset())
    except FileRefused:
        raise
    except Exception as error:  # openpyxl has no error of its own for a file that is not what it says
        raise FileRefused("broken") from error


def _read(file: IO[bytes]) -> list[list[Line]]:
    """Return the lines of the first sheet with words, and of the second: that there is one is worth saying."""
    from openpyxl import load_workbook  # large: not for processes that read no workbook

    full: list[list[Line]] = []
    for sheet in load_workbook(file, read_only=True, data_only=True, keep_links=False).worksheets:
        if lines := list(_lines(sheet)):
            full.append(lines)
        if len(full) > 1:
            break
    return full


def _lines(sheet: Any) -> Iterator[Line]:
    """Yield the rows of a sheet that hold anything, one more column than can be kept, to know that there are more."""
    # What a sheet says of its own size is often wrong.
    sheet.reset_dimensions()
    kept = empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), 1):
        cells = [_words(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            empty += 1
            if empty > MOST_EMPTY:
                return
            continue
        kept, empty = kept + 1, 0
        if kept > MOST_ROWS + TITLE_LINES:
            raise FileRefused("rows")
        yield number, cells


def _notes(path: Path) -> frozenset[str]:
    """Return whether there are merged cells or formulas."""
    notes = set()
    with ZipFile(path) as archive:
        for name in filter(SHEET.fullmatch, archive.namelist()):
            content = archive.read(name)
            if b"<mergeCell " in content:
                notes.add("merged")
            if b"<f>" in content or b"<f " in content:
                notes.add("formulas")
    return frozenset(notes)


def _words(value: Any) -> str:
    """Return a value as words: whole numbers without a point, days as they are written in files (ISO 8601)."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value).replace("_x000D_", "")
