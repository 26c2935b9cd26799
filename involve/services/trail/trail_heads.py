"""Where the audit trail stood at some moments, noted outside the database: nobody makes it anew unseen.

A file of lines, `MOMENT PLACE MARK`, only ever added to. Keep a copy of it where the database's owner cannot write.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Event
from involve.models.chain import last_link
from involve.services.backups.kept_file import append_line, read_lines


@dataclass(frozen=True, slots=True)
class Head:
    """The newest line of the trail at a moment: its place, and the mark that holds all before it."""

    at: datetime
    place: int
    mark: str


def read_heads(path: Path) -> Iterator[Head]:
    """Yield what was noted, in order; a damaged line is left out.

    Raises:
        OSError: the file is there but cannot be read.
    """
    for text in read_lines(path):
        parts = text.split()
        if len(parts) == 3 and text.endswith("\n") and parts[1].isdigit():
            try:
                yield Head(datetime.fromisoformat(parts[0]), int(parts[1]), parts[2])
            except ValueError:
                continue


def note_head(session: Session, path: Path, now: datetime) -> int:
    """Note where the trail stands, unless that is noted already, and return how many lines it has.

    Raises:
        OSError: the file cannot be written.
    """
    place, mark = last_link(session)
    known = [head.place for head in read_heads(path)]
    if place and place not in known[-1:]:
        append_line(path, f"{now.isoformat()} {place} {mark}\n")
    return place


def lost_head(session: Session, path: Path) -> Head | None:
    """Return the first noted head that the trail does not hold any more, or None.

    Raises:
        OSError: the file is there but cannot be read.
    """
    for head in read_heads(path):
        if session.scalar(select(Event.mark).where(Event.place == head.place)) != head.mark:
            return head
    return None


def begin_anew(path: Path, now: datetime) -> None:
    """Put the noted heads aside, because another trail was restored; they stay beside, under the moment's name.

    Raises:
        OSError: the folder cannot be written.
    """
    if path.exists():
        path.replace(path.with_name(f"{path.name}.{now:%Y%m%dT%H%M%S}"))
