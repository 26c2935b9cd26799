"""Tables in plain text: CSV however it is parted and encoded, and JSON Lines."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from involve.services.importing.tables import MOST_COLUMNS, FileRefused, Line

LONGEST_CELL = 100_000_000  # characters; Python's own limit is less than one long story
UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Bytes below this are in no text but for the tab and the ends of lines.
CONTROL = frozenset(range(9)) | frozenset(range(14, 27))


def decode(content: bytes) -> tuple[str, frozenset[str]]:
    """Return a file as text, and how it was read where that is not UTF-8: 'utf-16' or 'cp1252'.

    Raises:
        FileRefused: 'encoding' or 'binary'.
    """
    if content.startswith(UTF16):
        return _decode_as(content, "utf-16"), frozenset({"utf-16"})
    try:
        return content.decode("utf-8-sig"), frozenset()
    except UnicodeDecodeError as error:
        if CONTROL & set(content):
            raise FileRefused("binary") from error
    # What Excel on Windows writes as plain CSV. ŵ and ŷ are not in it: whoever looks is told.
    return _decode_as(content, "cp1252"), frozenset({"cp1252"})


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused("encoding") from error


def read_csv(text: str) -> list[Line]:
    """Return the lines of a CSV file; commas, semicolons or tabs part the cells."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return list(csv_lines(io.StringIO(text, newline=""), delimiter))


def csv_lines(lines: Iterable[str], delimiter: str = ",") -> Iterator[Line]:
    """Yield the rows of CSV by the line where each begins; None for one that is not CSV."""
    csv.field_size_limit(LONGEST_CELL)
    # Strict: a quote that is never closed must not swallow the rest of the file in silence.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, None


def read_jsonl(text: str) -> list[Line]:
    """Return JSON Lines as a table: the names of all fields as line 0, then a line for each object."""
    found = [(line, _object(said)) for line, said in enumerate(text.split("\n"), 1) if said.strip()]
    names = list(dict.fromkeys(name for _, fields in found for name in fields or ()))[: MOST_COLUMNS + 1]
    if not names:
        raise FileRefused("broken")
    rows: list[Line] = [
        (line, None if fields is None else [_plain(fields.get(name)) for name in names])
        for line, fields in found
    ]
    return [(0, names), *rows]


def _object(said: str) -> dict[str, Any] | None:
    """Return the object that a line holds, None where it holds none."""
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _plain(value: Any) -> str:
    """Return a value as the words of a cell; a list or an object is none."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    return value if isinstance(value, str) else json.dumps(value)
