"""An OpenDocument spreadsheet (ODS) of stories, written row by row, as no library at hand does."""

import re
from collections.abc import Iterable
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from involve.documents.tables.codebook import codebook_rows
from involve.documents.tables.plain import PIECE
from involve.documents.tables.shape import TAG_HEADER, Shape
from involve.documents.tables.workbook import readable
from involve.vocabulary.exports import find_export_form

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<office:document-content xmlns:office="{_OASIS}office:1.0" xmlns:table="{_OASIS}table:1.0"'
    f' xmlns:text="{_OASIS}text:1.0" office:version="1.3"><office:body><office:spreadsheet>'
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>"
# Spaces that the format would take for one.
_SPACES = re.compile("(?<= ) +|^ +| +$|\t")


def write_ods(file: IO[bytes], stories: Iterable[Any], shape: Shape) -> None:
    """Write a spreadsheet of stories, their tags and the codebook; the tags wait in a temporary file for their turn."""
    kind = find_export_form("ods").mimetype
    with ZipFile(file, "w", ZIP_DEFLATED) as archive, TemporaryFile() as tags:
        # By its place and plainness programs know the file.
        archive.writestr(ZipInfo("mimetype"), kind, ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _manifest(kind))
        with archive.open("content.xml", "w", force_zip64=True) as content:
            content.write((_HEAD + _start("stories", shape.header())).encode())
            for story in stories:
                content.write(_row(shape.guarded(story)))
                for row in shape.guarded_tags(story):
                    tags.write(_row(row))
            content.write(b"</table:table>")
            if shape.tag_rows:
                _add_sheets(content, tags)
            content.write(_TAIL.encode())


def _add_sheets(content: IO[bytes], tags: IO[bytes]) -> None:
    """Add the sheets of tags and of the codebook."""
    content.write(_start("tags", TAG_HEADER).encode())
    tags.seek(0)
    copyfileobj(tags, content, PIECE)
    heading, *rows = codebook_rows()
    content.write(b"</table:table>" + _start("codebook", heading).encode())
    for row in rows:
        content.write(_row(row))
    content.write(b"</table:table>")


def _start(name: str, heading: list[str]) -> str:
    """Return the beginning of a sheet and its first row, which stays on top where it is printed."""
    columns = f'<table:table-column table:number-columns-repeated="{len(heading)}"/>'
    first = _row(heading).decode()
    return (
        f"<table:table table:name={quoteattr(name)}>{columns}"
        f"<table:table-header-rows>{first}</table:table-header-rows>"
    )


def _row(cells: Iterable[str]) -> bytes:
    """Return one row, every cell of it a text."""
    return f"<table:table-row>{''.join(map(_cell, readable(cells)))}</table:table-row>\n".encode()


def _cell(words: str) -> str:
    """Return one cell: a paragraph for each line of the words."""
    if not words:
        return "<table:table-cell/>"
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    paragraphs = "".join(f"<text:p>{_SPACES.sub(_space, escape(line))}</text:p>" for line in lines)
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def _space(found: re.Match[str]) -> str:
    """Return spaces, or a tab, as the format writes them."""
    return "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'


def _manifest(kind: str) -> str:
    """Return the list of what is in the file."""
    space = f"{_OASIS}manifest:1.0"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest:manifest xmlns:manifest="{space}" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
