"""Files of evidence that are made beside the requests: asked for, looked at, cancelled, handed on, and tidied away.

Only what is public is handed on: a file in which any word was taken back or changed since it was made is deleted, at
the latest when somebody wants to fetch it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import InvolveError, NotFound
from involve.models import Export, Job
from involve.services.evidence.digests import digest_now
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.published import count_published, one_moment
from involve.services.upkeep.jobs import add_job
from involve.vocabulary.exports import find_export_form

MAKE_EXPORT = "make_export"
# So few stories that an answer can hold them at once.
AT_ONCE = 2_000
LASTS = timedelta(hours=24)
# Files that wait to be made, and files that are kept, at most.
MOST_WAITING, MOST_KEPT = 20, 100
UNDER_WAY = ("waiting", "making")


class TooManyExports(InvolveError):
    """So many files are being made, or kept, that no more is begun."""

    code = "too_many_exports"


@dataclass(frozen=True, slots=True)
class ExportView:
    """A file as whoever asked for it sees it. `state` is as in `models.Export`; `size` in bytes."""

    key: str
    form: str
    wanted: EvidenceFilter
    state: str
    total: int
    written: int
    size: int
    ends_at: datetime


def ask_for_export(session: Session, wanted: EvidenceFilter, form: str, key: str, now: datetime) -> int:
    """Ask for a file of the stories that fit *wanted*; return the id of its job. *key* is to be unguessable.

    Raises:
        NotFound: there is no such form of file.
        TooManyExports: enough are being made or kept.
    """
    find_export_form(form)
    states = select(func.count()).select_from(Export)
    waiting = session.scalar(states.where(Export.state.in_(UNDER_WAY))) or 0
    if waiting >= MOST_WAITING or (session.scalar(states) or 0) >= MOST_KEPT:
        raise TooManyExports(form)
    total = count_published(session, wanted)
    export = Export(
        key=key, form=form, wanted=pack_filter(wanted), total=total, asked_at=now, ends_at=now + LASTS
    )
    session.add(export)
    session.flush()
    return add_job(session, MAKE_EXPORT, export.id, now)


def show_export(session: Session, key: str, now: datetime) -> ExportView:
    """Return how far a file is.

    Raises:
        NotFound: there is none with that key, or its time is over.
    """
    row = _find(session, key, now)
    given_up = exists().where(Job.kind == MAKE_EXPORT, Job.subject_id == row.id, Job.state == "failed")
    state = "failed" if row.state in UNDER_WAY and session.scalar(select(given_up)) else row.state
    wanted = unpack_filter(row.wanted)
    return ExportView(row.key, row.form, wanted, state, row.total, row.written, row.size, row.ends_at)


def cancel_export(session: Session, key: str, folder: Path, now: datetime) -> None:
    """Cancel a file: what of it is there already is removed, by whoever makes it within moments.

    Raises:
        NotFound: as for `show_export`.
    """
    row = _find(session, key, now)
    row.state, row.written = "cancelled", 0
    file_of(folder, row).unlink(missing_ok=True)


def ask_again(session: Session, key: str, now: datetime) -> int | None:
    """Have a file made anew that was changed, cancelled or failed; return the id of its job, None where it is due.

    Raises:
        NotFound: as for `show_export`.
    """
    if show_export(session, key, now).state in (*UNDER_WAY, "ready"):
        return None
    row = _find(session, key, now)
    row.state, row.written, row.ends_at = "waiting", 0, now + LASTS
    row.total = count_published(session, unpack_filter(row.wanted))
    return add_job(session, MAKE_EXPORT, row.id, now)


def fetch_export(factory: SessionFactory, key: str, folder: Path, now: datetime) -> Path | None:
    """Return the finished file, all of it looked at again just now; None where it cannot be handed on.

    A file in which something was taken back or changed since is deleted, and its state says so.

    Raises:
        NotFound: as for `show_export`.
    """
    with one_moment(factory) as session:
        row = _find(session, key, now)
        if row.state != "ready":
            return None
        path = file_of(folder, row)
        if path.is_file() and is_current(session, row):
            return path
    forget_file(factory, row.id, folder)
    return None


def is_current(session: Session, row: Export) -> bool:
    """Whether all that stands in a finished file is still public, in the same words."""
    return digest_now(session, unpack_filter(row.wanted), row.newest) == row.digest


def forget_file(factory: SessionFactory, export_id: int, folder: Path) -> None:
    """Delete a file that may not be handed on, and say so in its row."""
    with transaction(factory) as session:
        row = session.get(Export, export_id)
        if row is not None and row.state == "ready":
            row.state, row.written = "changed", 0
            file_of(folder, row).unlink(missing_ok=True)


def file_of(folder: Path, row: Export) -> Path:
    """Return where the file of a row is, or will be."""
    return folder / f"{row.key}.{find_export_form(row.form).suffix}"


def pack_filter(wanted: EvidenceFilter) -> str:
    """Return a filter as it is kept."""
    chosen = {name: value for name, value in asdict(wanted).items() if value}
    return json.dumps(chosen, ensure_ascii=False, default=lambda value: {"day": value.isoformat()})


def unpack_filter(packed: str) -> EvidenceFilter:
    """Return a filter as it was before it was kept."""
    read: Mapping[str, object] = json.loads(packed, object_hook=_read_day)
    return EvidenceFilter(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in read.items()}  # type: ignore[arg-type]
    )


def _read_day(read: dict[str, object]) -> object:
    """Return a day where one was kept."""
    return date.fromisoformat(str(read["day"])) if set(read) == {"day"} else read


def _find(session: Session, key: str, now: datetime) -> Export:
    """Return the row with that key, as long as its time lasts."""
    row = session.scalar(select(Export).where(Export.key == key, Export.ends_at > now))
    if row is None:
        raise NotFound(key)
    return row
