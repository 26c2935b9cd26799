"""A file of lines outside the database that is only ever added to, safe against power cuts and several processes."""

import os
from collections.abc import Iterator
from pathlib import Path


def append_line(path: Path, text: str) -> None:
    """Write *text* (a whole line, or nothing) after all that is there, in one piece, and wait until the disk has it.

    Raises:
        OSError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if text and not _ends_whole(descriptor):
            text = "\n" + text
        os.write(descriptor, text.encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if new:
        _keep_name(path.parent)


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines with their ends, none where there is no file.

    Raises:
        OSError: the file is there but cannot be read.
    """
    if path.exists():
        with path.open(encoding="ascii", errors="replace") as file:
            yield from file


def _ends_whole(descriptor: int) -> bool:
    """Whether the file is empty or ends with a whole line."""
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def _keep_name(folder: Path) -> None:
    """Wait until the disk knows the name of a new file in *folder*."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
