"""Making a file of evidence, which anyone may cancel half-way, and tidying away those whose time is over."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkstemp
from typing import IO

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput
from involve.models import Export, Job
from involve.services.evidence.digests import Digest
from involve.services.evidence.exports import (
    LASTS,
    MAKE_EXPORT,
    file_of,
    forget_file,
    is_current,
    unpack_filter,
)
from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.public_story import PublicStory
from involve.services.evidence.published import one_moment, published_stories
from involve.services.upkeep.jobs import LEASE, Clock

Write = Callable[[str, IO[bytes], Iterable[PublicStory]], None]
# Stories between two looks at whether to go on.
AT_A_TIME = 500
# A file that nobody fetches does not outlive a withdrawal by longer than this.
LOOK_AGAIN = timedelta(minutes=10)


class ExportStopped(Exception):
    """Somebody cancelled the file, or another process makes it."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """What makes files: the folder that they go into, who writes each form, and the time."""

    folder: Path
    write: Write
    clock: Clock

    def make(self, factory: SessionFactory, export_id: int, now: datetime) -> None:
        """Make the file of a row, unless it was cancelled. Nothing of it is left when that fails or is cancelled."""
        with transaction(factory) as session:
            row = session.get(Export, export_id, with_for_update=True)
            if row is None or row.state not in ("waiting", "making"):
                return
            row.state, row.written = "making", 0
        self.folder.mkdir(parents=True, exist_ok=True)
        # A name of its own for each attempt: one that was thought dead may still be writing.
        handle, name = mkstemp(".part", f"{row.key}.", self.folder)
        os.close(handle)
        part = Path(name)
        try:
            digest, newest, total = self._write(factory, row, part)
            self._finish(factory, row.id, part, (digest, newest, total))
        except ExportStopped:
            return
        except BadInput:
            # To try again would not help: this installation cannot write such a file.
            _set_state(factory, row.id, "failed")
        finally:
            part.unlink(missing_ok=True)

    def _write(self, factory: SessionFactory, row: Export, part: Path) -> tuple[str, int, int]:
        """Write the file, and return the mark of its words, its newest publication, and its number of stories."""
        digest, wanted = Digest(), unpack_filter(row.wanted)
        with one_moment(factory) as session, part.open("wb") as file:
            newest, total = _extent(session, wanted)
            stories = published_stories(session, wanted, newest)
            self.write(row.form, file, self._watched(factory, row.id, total, digest, stories))
        return digest.read(), newest, total

    def _watched(
        self,
        factory: SessionFactory,
        export_id: int,
        total: int,
        digest: Digest,
        stories: Iterator[PublicStory],
    ) -> Iterator[PublicStory]:
        """Yield the stories; say now and then how far it is, and stop where the file is not wanted any more."""
        for at, story in enumerate(stories):
            if at % AT_A_TIME == 0:
                _say_progress(factory, export_id, at, total, self.clock())
            digest.add(story, story.translations)
            yield story

    def _finish(
        self, factory: SessionFactory, export_id: int, part: Path, made: tuple[str, int, int]
    ) -> None:
        """Let a written file be fetched, unless it was cancelled at the last moment."""
        with transaction(factory) as session:
            row = session.get(Export, export_id, with_for_update=True)
            if row is None or row.state != "making":
                raise ExportStopped(export_id)
            row.digest, row.newest, row.total = made
            row.written, row.size = row.total, part.stat().st_size
            row.state, row.checked_at, row.ends_at = "ready", self.clock(), self.clock() + LASTS
            part.replace(file_of(self.folder, row))


def tidy_exports(factory: SessionFactory, folder: Path, now: datetime) -> int:
    """Delete what is over, and files in which something is not public any more; return how many were deleted."""
    with factory() as session:
        over = session.scalars(select(Export).where(Export.ends_at <= now)).all()
        to_check = session.scalars(
            select(Export).where(Export.state == "ready", Export.checked_at <= now - LOOK_AGAIN)
        ).all()
        known = set(session.scalars(select(Export.key)))
    changed = sum(_check(factory, row, folder, now) for row in to_check if row.ends_at > now)
    for row in over:
        with transaction(factory) as session:
            session.execute(delete(Export).where(Export.id == row.id))
        known.discard(row.key)
    return len(over) + changed + _sweep(folder, known)


def _check(factory: SessionFactory, row: Export, folder: Path, now: datetime) -> bool:
    """Look at a finished file again; delete it and return true where it may not be handed on."""
    with one_moment(factory) as session:
        current = is_current(session, row)
    if not current:
        forget_file(factory, row.id, folder)
        return True
    with transaction(factory) as session:
        session.execute(update(Export).where(Export.id == row.id).values(checked_at=now))
    return False


def _sweep(folder: Path, known: set[str]) -> int:
    """Delete files that belong to no row, such as one half-written by a process that died; return how many."""
    gone = [path for path in folder.glob("*") if path.name.split(".")[0] not in known]
    for path in gone:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return len(gone)


def _extent(session: Session, wanted: EvidenceFilter) -> tuple[int, int]:
    """Return the id of the newest publication that fits, and how many there are."""
    numbers = Choosing(session).fitting(wanted)
    return numbers.max() if numbers else 0, len(numbers)


def _say_progress(factory: SessionFactory, export_id: int, written: int, total: int, now: datetime) -> None:
    """Note how far a file is, and keep its job for this process.

    Raises:
        ExportStopped: it was cancelled.
    """
    with transaction(factory) as session:
        row = session.get(Export, export_id)
        if row is None or row.state != "making":
            raise ExportStopped(export_id)
        row.written, row.total = written, total
        session.execute(
            update(Job)
            .where(Job.kind == MAKE_EXPORT, Job.subject_id == export_id, Job.state == "leased")
            .values(lease_ends_at=now + LEASE)
        )


def _set_state(factory: SessionFactory, export_id: int, state: str) -> None:
    """Set the state of a file."""
    with transaction(factory) as session:
        session.execute(update(Export).where(Export.id == export_id).values(state=state))
