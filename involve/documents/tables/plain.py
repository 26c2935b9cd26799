"""Plain text files of stories: CSV for spreadsheets, alone or with its tags in a ZIP, and JSON Lines for programs."""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from functools import cache
from io import TextIOWrapper
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from involve.documents.tables.codebook import codebook_rows
from involve.documents.tables.shape import TAG_HEADER, Shape

# Copied at once from one file into another.
PIECE = 1 << 16


def write_csv(file: IO[bytes], stories: Iterable[Any], shape: Shape) -> None:
    """Write a table with a mark at its beginning, without which spreadsheets misread ŵ and ŷ."""
    with _table(file) as table:
        table.writerow(shape.header())
        table.writerows(map(shape.guarded, stories))


def write_csv_zip(file: IO[bytes], stories: Iterable[Any], shape: Shape) -> None:
    """Write the tables of stories and of tags, and the codebook, into a ZIP."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive, TemporaryFile() as apart:
        with (
            archive.open("stories.csv", "w", force_zip64=True) as inner,
            _table(inner) as table,
            _table(apart) as tags,
        ):
            table.writerow(shape.header())
            tags.writerow(TAG_HEADER)
            for story in stories:
                table.writerow(shape.guarded(story))
                tags.writerows(shape.guarded_tags(story))
        apart.seek(0)
        with archive.open("tags.csv", "w", force_zip64=True) as inner:
            copyfileobj(apart, inner, PIECE)
        with archive.open("codebook.csv", "w") as inner, _table(inner) as table:
            table.writerows(codebook_rows())


def write_jsonl(file: IO[bytes], stories: Iterable[Any], _shape: Shape) -> None:
    """Write one object a line, with tags and their passages; the words stand as they are."""
    encode = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
    for story in stories:
        row = _plain(story)
        row.pop("id", None)
        file.write(encode(row).encode() + b"\n")


def _plain(value: Any) -> Any:
    """Return a day as it is written, and of another value its fields."""
    if isinstance(value, date):
        return value.isoformat()
    return {name: getattr(value, name) for name in _names(type(value))}


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a kind of value."""
    return tuple(each.name for each in fields(kind))


@contextmanager
def _table(file: IO[bytes]) -> Iterator[Any]:
    """Give a writer of rows into *file*, which stays open."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    try:
        yield csv.writer(text)
        text.flush()
    finally:
        text.detach()
