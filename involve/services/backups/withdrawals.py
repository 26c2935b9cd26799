"""The list of withdrawals outside the database, by which a restored back-up learns what was taken back or ended since.

A file of lines, `MOMENT KIND ID`, only ever added to. The id is a keyed hash, of a story's reference say: who finds the
file learns no more than how many people took something back, and when.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from involve.services.backups.kept_file import append_line, read_lines
from involve.services.stories.codes import hash_reference

# `PURGED:published` left the published form; `PURGED` left nothing.
WITHDRAWN, REFUSED, PURGED = "withdrawn", "refused", "purged"
# Somebody ended following something.
STOPPED = "stopped"
PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing taken back, or erased by time. `uses` are those no longer agreed to, where `kind` is 'refused'."""

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
        """Return the keyed id of a story, or of whatever else is known by some words."""
        return hash_reference(self.code_key, reference)

    def note(self, kind: str, reference: str, at: datetime, uses: frozenset[str] = frozenset()) -> None:
        """Add a line and wait until the disk has it.

        Raises:
            OSError: the file cannot be written.
        """
        said = f"{kind}:{','.join(sorted(uses))}" if uses else kind
        append_line(self.path, f"{at.isoformat()} {said} {self.mark(reference)}\n")

    def begin(self) -> None:
        """Make the file, empty, unless it is there, and see that it can be written.

        Raises:
            OSError: it cannot.
        """
        append_line(self.path, "")

    def read(self) -> Iterator[Line]:
        """Yield the lines in order; one that was cut short by a power cut is left out.

        Raises:
            OSError: the file is there but cannot be read.
        """
        for text in read_lines(self.path):
            line = _read_line(text)
            if line is not None:
                yield line


def _read_line(text: str) -> Line | None:
    """Return what a line says; None where it is damaged."""
    parts = text.split()
    if len(parts) != 3 or not text.endswith("\n") or len(parts[2]) != 64:
        return None
    kind, _, uses = parts[1].partition(":")
    if kind not in (WITHDRAWN, REFUSED, PURGED, STOPPED):
        return None
    try:
        return Line(datetime.fromisoformat(parts[0]), kind, parts[2], frozenset(uses.split(",")) - {""})
    except ValueError:
        return None
