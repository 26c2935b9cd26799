"""Files as people send them: workbooks, spreadsheets and text, whole and broken."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

BUS = "The last bus leaves at five and I cannot see the doctor after work."
WELSH = "Mae’r bws olaf yn gadael am bump, a dydw i ddim yn gallu gweld y meddyg: ŵyn, tŷ."
SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def workbook(*rows: list[Any], merge: str = "", more: bool = False) -> bytes:
    """Return an Excel workbook, with a cell range merged and a second sheet where that is asked for."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    if more:
        book.create_sheet("more").append(["text", "x"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def spreadsheet(rows: str) -> bytes:
    """Return an OpenDocument spreadsheet of one sheet with the rows given as XML."""
    names = " ".join(f'xmlns:{name}="{SPACE}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet><table:table>"
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": ODS, "META-INF/manifest.xml": "<m/>", "content.xml": content})


def cell(words: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{words}</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """Return a ZIP of parts by name."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def write(folder: Path, content: bytes, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
