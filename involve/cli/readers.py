"""Reads stories from files and from standard input, and says in one line what cannot be read and where."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from involve.errors import BadInput

STANDARD_INPUT = "-"
_LONGEST_FIELD = 100_000_000  # of a CSV file; Python's own limit is less than one long story


@dataclass(frozen=True, slots=True)
class InputStory:
    """A story as it came: its id unchanged (null where there is none), its text, and the whole row it stood in."""

    id: Any
    text: str
    row: dict[str, Any]
    place: str


def read_stories(sources: Sequence[str], standard_input: BinaryIO) -> list[InputStory]:
    """Return the stories of all *sources* (file names, or - for standard input), in order.

    `.txt` is one story a file, `.jsonl` one object a line with the field text, `.csv` has a column text; standard
    input is the text of one story. Everything is read before anything is done, so that a fault in the last line
    does not leave half a result.

    Raises:
        BadInput: names the file, the line and what is wrong.
    """
    stories: list[InputStory] = []
    for source in sources or (STANDARD_INPUT,):
        if source == STANDARD_INPUT:
            stories.append(
                _read_plain(None, _decode(standard_input.read(), "standard input"), "standard input")
            )
        else:
            stories.extend(_read_file(Path(source)))
    return stories


def read_rows(path: Path) -> list[InputStory]:
    """Return the stories of a JSON lines file, whatever its name ends with.

    Raises:
        BadInput: names the line and what is wrong.
    """
    return list(_read_lines(_decode(_load(path), path.name), path.name))


def _read_file(path: Path) -> Iterator[InputStory]:
    kind = path.suffix.lower()
    if kind not in (".txt", ".jsonl", ".csv"):
        raise BadInput(f"{path.name}: the name of a file of stories ends in .txt, .jsonl or .csv")
    text = _decode(_load(path), path.name)
    if kind == ".txt":
        yield _read_plain(path.name, text, path.name)
    elif kind == ".jsonl":
        yield from _read_lines(text, path.name)
    else:
        yield from _read_table(text, path.name)


def _load(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{name}, line {line}: is not UTF-8; save the file as UTF-8 and try again") from error


def _read_plain(story_id: str | None, text: str, place: str) -> InputStory:
    return InputStory(story_id, _check_text(text, place), {}, place)


def _read_lines(content: str, name: str) -> Iterator[InputStory]:
    for number, line in enumerate(content.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            place = f"{name}, line {number}"
            row = _parse_object(line, place)
            if not isinstance(row.get("text"), str):
                raise BadInput(
                    f'{place}: has no "text"' if "text" not in row else f'{place}: "text" is not a text'
                )
            yield InputStory(row.get("id"), _check_text(row["text"], place), row, place)


def _parse_object(line: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{place}: is not JSON ({error})") from error
    if not isinstance(row, dict):
        raise BadInput(f"{place}: is not a JSON object")
    _check_text(json.dumps(row.get("id"), ensure_ascii=False), f"{place}, id")
    return row


def _read_table(content: str, name: str) -> Iterator[InputStory]:
    _check_text(content, name)
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.DictReader(io.StringIO(content.removeprefix("\ufeff"), newline=""))
    try:
        columns = list(reader.fieldnames or ())
        if columns and "text" not in columns:
            raise BadInput(f'{name}: has no column "text"; its columns are: {", ".join(columns)}')
        for row in reader:
            place = f"{name}, line {reader.line_num}"
            if row["text"] is None:
                raise BadInput(f'{place}: has fewer cells than there are columns, and none for "text"')
            yield InputStory(row.get("id"), row["text"], dict(row), place)
    except csv.Error as error:
        raise BadInput(f"{name}, line {reader.line_num}: is not CSV ({error})") from error


def _check_text(text: str, place: str) -> str:
    """Return *text* if every character of it can be kept and written again."""
    if "\0" in text:
        raise BadInput(f"{place}: holds a null byte at character {text.index(chr(0))}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput(
            f"{place}: holds half a character (a lone surrogate) at character {error.start}"
        ) from error
    return text
