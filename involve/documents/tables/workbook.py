"""An Excel workbook of stories, written row by row: sheets of stories, of their tags, and of what the words mean."""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import IO, Any

from involve.documents.tables.codebook import codebook_rows
from involve.documents.tables.shape import TAG_HEADER, Shape

# Characters that the format of spreadsheets cannot hold.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_xlsx(file: IO[bytes], stories: Iterable[Any], shape: Shape) -> None:
    """Write a workbook without holding it whole."""
    from openpyxl import Workbook  # large: not for processes that write no workbook

    workbook = Workbook(write_only=True)
    try:
        _fill(workbook, stories, shape)
    except BaseException:
        _forget(workbook)
        raise
    workbook.save(file)


def readable(row: Iterable[str]) -> list[str]:
    """Return the cells with a mark for each character that no spreadsheet can hold."""
    return [UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", cell) for cell in row]


def _fill(workbook: Any, stories: Iterable[Any], shape: Shape) -> None:
    """Add the sheets and their rows."""
    sheet = workbook.create_sheet("stories")
    sheet.append(shape.header())
    tags = workbook.create_sheet("tags") if shape.tag_rows else None
    if tags:
        tags.append(TAG_HEADER)
    for story in stories:
        sheet.append(readable(shape.guarded(story)))
        if tags:
            for row in shape.guarded_tags(story):
                tags.append(readable(row))
    if tags:
        codebook = workbook.create_sheet("codebook")
        for row in codebook_rows():
            codebook.append(row)


def _forget(workbook: Any) -> None:
    """Remove the temporary files of a workbook that is not finished; openpyxl keeps them until the process ends."""
    for sheet in workbook.worksheets:
        with suppress(Exception):
            sheet.close()
        with suppress(Exception):
            sheet._writer.cleanup()
