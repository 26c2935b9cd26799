"""Opening a file that somebody sends: what it is is told by what stands in it, never by its name alone."""

from pathlib import Path

from involve.services.importing.opendocument import read_ods
from involve.services.importing.packed import kind_of
from involve.services.importing.plain import decode, read_csv, read_jsonl
from involve.services.importing.tables import FileRefused, Table, make_table, size_of
from involve.services.importing.workbooks import read_xlsx

ZIP = b"PK\x03\x04"
# An Excel workbook of before 2007, or a newer one that is locked with a password.
OLD = b"\xd0\xcf\x11\xe0"
# The share of null bytes above which a text is in some wide encoding that does not say so.
MOST_NULLS = 0.02


def open_table(path: Path) -> Table:
    """Return the file at *path* as a table.

    Raises:
        FileRefused: it cannot be read as one; its argument says why.
    """
    size = size_of(path)
    with path.open("rb") as file:
        start = file.read(len(ZIP))
    if start == OLD:
        raise FileRefused("old_workbook")
    if start == ZIP:
        return make_table(*(read_xlsx if kind_of(path) == "xlsx" else read_ods)(path))
    content = path.read_bytes()
    text, notes = decode(content)
    if "utf-16" not in notes and content.count(0) > size * MOST_NULLS:
        raise FileRefused("encoding")
    first = text.lstrip()[:1]
    if first in ("<", "["):
        raise FileRefused("kind")
    return make_table(read_jsonl(text) if first == "{" else read_csv(text), notes)
