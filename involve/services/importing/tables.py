"""A file that somebody sends as a table of words, whatever kind of file it is; or why it cannot be one."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from involve.errors import BadInput

LARGEST_FILE = 10_000_000  # bytes
MOST_ROWS = 10_000
MOST_COLUMNS = 60
# Where the names of the columns are looked for: some tables have a title above.
TITLE_LINES = 10
LONGEST_NAME = 100  # characters of a column's name that are kept

# A line of a file by its number from 1; None where it could not be read.
Line = tuple[int, list[str] | None]


class FileRefused(BadInput):
    """Nothing of a file can be taken.

    Its argument says why: 'empty', 'large', 'rows', 'kind', 'old_workbook', 'locked', 'broken', 'bomb', 'encoding',
    'binary' or 'headings'.
    """

    code = "file_refused"


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: its lines that are not empty, and what a person should know of how they were read.

    Notes are 'cp1252', 'utf-16', 'merged', 'formulas', 'sheets' (only the first sheet was read) and 'columns' (some
    are left out).
    """

    lines: tuple[Line, ...]
    notes: frozenset[str] = frozenset()


def make_table(lines: Sequence[Line], notes: frozenset[str] = frozenset()) -> Table:
    """Return a table without its empty lines, and without columns beyond those that can be shown.

    Raises:
        FileRefused: 'empty' or 'rows'.
    """
    said = [(line, cells) for line, cells in lines if cells is None or any(cell.strip() for cell in cells)]
    if not said:
        raise FileRefused("empty")
    if len(said) > MOST_ROWS + TITLE_LINES:
        raise FileRefused("rows")
    if any(cells is not None and len(cells) > MOST_COLUMNS for _, cells in said):
        notes |= {"columns"}
    return Table(tuple((line, cells and cells[:MOST_COLUMNS]) for line, cells in said), notes)


def name_columns(cells: Sequence[str]) -> list[str]:
    """Return the names of columns as a page can show them: on one line, and not longer than `LONGEST_NAME`."""
    return [" ".join("".join(filter(_shows, cell)).split())[:LONGEST_NAME] for cell in cells]


def _shows(letter: str) -> bool:
    """Whether a page can hold a character: no half of one, and no control character but white space."""
    return letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cs", "Cn")


def size_of(path: Path) -> int:
    """Return the size of a file in bytes.

    Raises:
        FileRefused: 'empty' or 'large'.
    """
    size = path.stat().st_size
    if not size:
        raise FileRefused("empty")
    if size > LARGEST_FILE:
        raise FileRefused("large")
    return size
