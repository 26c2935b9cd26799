"""The list of withdrawn stories outside the database, by which a restored back-up learns what was taken back since.

A file of lines, `MOMENT KIND ID`, only ever added to. The id is a keyed hash of the story's reference: who finds the
file learns no more than how many people took something back, and when.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from involve.services.codes import hash_reference

WITHDRAWN, REFUSED = "withdrawn", "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing taken back. `uses` are those that the teller no longer agrees to, where `kind` is 'refused'."""

    at: datetime
    kind: str
    mark: str
    uses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WithdrawalList:
    """The file at `path`, with marks made under `code_key`."""

    path: Path
    code_key: str

    def mark(self, reference: str) -> str:
        """Return the keyed id of a story."""
        return hash_reference(self.code_key, reference)

    def note(self, kind: str, reference: str, at: datetime, uses: frozenset[str] = frozenset()) -> None:
        """Add a line and wait until the disk has it.

        Raises:
            OSError: the file cannot be written.
        """
        said = f"{kind}:{','.join(sorted(uses))}" if uses else kind
        self._append(f"{at.isoformat()} {said} {self.mark(reference)}\n")

    def begin(self) -> None:
        """Make the file, empty, unless it is there, and see that it can be written.

        Raises:
            OSError: it cannot.
        """
        self._append("")

    def read(self) -> Iterator[Line]:
        """Yield the lines in order; one that was cut short by a power cut is left out.

        Raises:
            OSError: the file is there but cannot be read.
        """
        if not self.path.exists():
            return
        with self.path.open(encoding="ascii", errors="replace") as file:
            for text in file:
                line = _read_line(text)
                if line is not None:
                    yield line

    def _append(self, text: str) -> None:
        """Write *text* after all that is there, in one piece, since several processes may do so at once."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = not self.path.exists()
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if text and not _ends_whole(descriptor):
                text = "\n" + text
            os.write(descriptor, text.encode("ascii"))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if new:
            _keep_name(self.path.parent)


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


def _read_line(text: str) -> Line | None:
    """Return what a line says; None where it is damaged."""
    parts = text.split()
    if len(parts) != 3 or not text.endswith("\n") or len(parts[2]) != 64:
        return None
    kind, _, uses = parts[1].partition(":")
    if kind not in (WITHDRAWN, REFUSED):
        return None
    try:
        return Line(datetime.fromisoformat(parts[0]), kind, parts[2], frozenset(uses.split(",")) - {""})
    except ValueError:
        return None
