"""OpenDocument spreadsheets as tables, read piece by piece: of the first sheet that holds anything."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from involve.services.importing.tables import MOST_COLUMNS, MOST_ROWS, TITLE_LINES, FileRefused, Line

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
TABLE, TEXT, OFFICE = (f"{_OASIS}{name}:1.0}}" for name in ("table", "text", "office"))
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
# What stands in a cell beside its words.
ASIDE = (f"{OFFICE}annotation",)


def read_ods(path: Path) -> tuple[list[Line], frozenset[str]]:
    """Return the lines of the first sheet with words in it, and 'sheets', 'merged' or 'formulas' where that is so.

    Raises:
        FileRefused: 'broken', 'empty' or 'rows'.
    """
    notes: set[str] = set()
    found: list[Line] = []
    try:
        with ZipFile(path) as archive, archive.open("content.xml") as content:
            for lines in _sheets(content, notes):
                if lines and found:
                    notes.add("sheets")
                    break
                found = found or lines
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise FileRefused("broken") from error
    if not found:
        raise FileRefused("empty")
    return found, frozenset(notes)


def _sheets(content: Any, notes: set[str]) -> Iterator[list[Line]]:
    """Yield the lines of each sheet."""
    lines: list[Line] = []
    line = 0
    wanted = (f"{TABLE}table-row", f"{TABLE}table")
    for _, element in etree.iterparse(content, tag=wanted, resolve_entities=False, no_network=True):
        if element.tag == f"{TABLE}table":
            yield lines
            lines, line = [], 0
            continue
        cells = _row(element, notes)
        for _again in range(_repeats(element, "rows") if cells else 0):
            line += 1
            lines.append((line, cells))
            if len(lines) > MOST_ROWS + TITLE_LINES:
                raise FileRefused("rows")
        line += 0 if cells else _repeats(element, "rows")
        element.clear()


def _row(row: Any, notes: set[str]) -> list[str]:
    """Return the cells of a row without the empty ones at its end."""
    cells: list[str] = []
    for cell in row:
        if cell.tag not in CELLS or len(cells) > MOST_COLUMNS:
            continue
        if cell.tag == CELLS[1]:
            notes.add("merged")
        if cell.get(f"{TABLE}formula"):
            notes.add("formulas")
        words = "" if cell.tag == CELLS[1] else _cell(cell)
        cells += [words] * min(_repeats(cell, "columns"), MOST_COLUMNS + 1 - len(cells))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell(cell: Any) -> str:
    """Return the words of a cell; a number or a day as it is kept, not as it is shown."""
    kind = cell.get(f"{OFFICE}value-type")
    if kind in ("float", "percentage", "currency"):
        value = str(cell.get(f"{OFFICE}value") or "")
        return value.removesuffix(".0")
    if kind == "date":
        return str(cell.get(f"{OFFICE}date-value") or "").removesuffix("T00:00:00")
    return "\n".join(_words(each) for each in cell.iterchildren(f"{TEXT}p"))


def _words(element: Any) -> str:
    """Return the words of a paragraph, with the spaces, tabs and line ends that the format writes as elements."""
    said = [element.text or ""]
    for inner in element:
        if inner.tag == f"{TEXT}s":
            said.append(" " * min(int(inner.get(f"{TEXT}c", "1")), 1000))
        elif inner.tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            said.append("\t" if inner.tag.endswith("tab") else "\n")
        elif inner.tag not in ASIDE and isinstance(inner.tag, str):
            said.append(_words(inner))
        said.append(inner.tail or "")
    return "".join(said)


def _repeats(element: Any, of: str) -> int:
    """Return how often a row or a cell stands there."""
    return max(int(element.get(f"{TABLE}number-{of}-repeated", "1")), 1)
