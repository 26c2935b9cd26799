"""Spreadsheets are ZIP files: a look at what is in one, and how large it is when unpacked, before anything reads it."""

import zlib
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from involve.services.importing.tables import FileRefused

LARGEST_UNPACKED = 100_000_000  # bytes of all parts together
MOST_PARTS = 2_000
PIECE = 1 << 16
# What Python says of a ZIP file that was cut short, damaged or forged.
DAMAGED = (
    BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
    zlib.error,
    LZMAError,
)
MANIFEST = "META-INF/manifest.xml"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def kind_of(path: Path) -> str:
    """Return what kind of spreadsheet a ZIP file is: 'xlsx' or 'ods'.

    Every part is unpacked once and forgotten, since what a ZIP says of its own sizes can be a lie.

    Raises:
        FileRefused: 'broken', 'bomb', 'locked' or 'kind'.
    """
    try:
        with ZipFile(path) as archive:
            _weigh(archive)
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "mimetype" in names and archive.read("mimetype").strip() == ODS:
                return _open_ods(archive, names)
    except DAMAGED as error:
        raise FileRefused("locked" if "encrypted" in str(error) else "broken") from error
    raise FileRefused("kind")


def _open_ods(archive: ZipFile, names: set[str]) -> str:
    """Return 'ods', unless the words in it are locked with a password; some programs write no list of parts."""
    if MANIFEST in names and b"manifest:encryption-data" in archive.read(MANIFEST):
        raise FileRefused("locked")
    return "ods"


def _weigh(archive: ZipFile) -> None:
    """Unpack every part without keeping it, and stop where there is too much."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise FileRefused("bomb")
    left = LARGEST_UNPACKED
    for part in parts:
        if part.file_size > left:
            raise FileRefused("bomb")
        left -= _unpack(archive, part, left)


def _unpack(archive: ZipFile, part: ZipInfo, left: int) -> int:
    """Return how many bytes a part really has: at most its own word, for Python reads no further than that.

    Raises:
        FileRefused: 'bomb': there is more than it says, or its check does not fit.
    """
    stated, size = part.file_size, 0
    # Told that there may be more, Python reads on to the true end.
    part.file_size = left + 1
    try:
        with archive.open(part) as file:
            while piece := file.read(PIECE):
                # No office program declares types or entities; whoever does wants the reader to do something.
                if not size and part.filename.endswith(".xml") and b"<!DOCTYPE" in piece:
                    raise FileRefused("broken")
                size += len(piece)
                if size > stated:
                    raise FileRefused("bomb")
    finally:
        part.file_size = stated
    return size
