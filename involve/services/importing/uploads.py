"""A file that a member of staff brings in, step by step: sent, matched to columns, looked through, taken in or not."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, Conflict, NotFound
from involve.models import Job, Project, StoryImport
from involve.services.evidence.import_plan import ImportPlan, Refusal, check_import
from involve.services.importing.columns import FIELDS, INSIGHT_FIELDS, find_headings
from involve.services.importing.kept_files import forget_lines, read_lines
from involve.services.importing.tables import MOST_ROWS, FileRefused, Line, Table, name_columns
from involve.services.projects.projects import find_project
from involve.services.staff.access import Actor, projects_where, require
from involve.services.upkeep.jobs import add_job
from involve.vocabulary.bilingual import Bilingual

LOOK, TAKE = "look_at_import", "take_import"
LASTS = timedelta(hours=1)
UNDER_WAY = ("looking", "taking")
LONGEST_FILE_NAME = 150
# Rows that are shown, so that a person sees which column is which.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class ImportView:
    """A file as its sender sees it. `state` is as in `models.StoryImport`; `plan` is None until it was made.

    `fresh`, `repeated`, `personal` and `at_risk` are numbers of rows, known when it was looked through; `added` and
    `known` when it was taken in.
    """

    id: int
    key: str
    name: str
    project: str
    columns: tuple[str, ...]
    heading: int
    notes: frozenset[str]
    state: str
    total: int
    done: int
    ends_at: datetime
    plan: ImportPlan | None = None
    places: Mapping[str, int] | None = None
    fresh: int = 0
    repeated: int = 0
    personal: int = 0
    at_risk: int = 0
    added: int = 0
    known: int = 0
    refused: tuple[Refusal, ...] = ()


def list_importing(session: Session, actor: Actor) -> tuple[tuple[str, Bilingual], ...]:
    """Return the projects into which *actor* may bring files: slug and name."""
    rows = projects_where(session, actor, "import_stories")
    return tuple((row.slug, Bilingual(row.name_cy, row.name_en)) for row in rows)


def keep_upload(
    session: Session, actor: Actor, slug: str, table: Table, about: tuple[str, str], now: datetime
) -> tuple[Line, ...]:
    """Keep that a file was sent, and return the lines to be kept beside it; *about* is its key and its name.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
        FileRefused: 'headings' or 'rows'.
    """
    project = find_project(session, slug)
    require(actor, "import_stories", project)
    heading = find_headings(table)
    lines = tuple(each for each in table.lines if each[0] >= heading)
    if len(lines) - 1 > MOST_ROWS:
        raise FileRefused("rows")
    key, name = about
    columns = name_columns(lines[0][1] or ())
    width = max(len(cells or ()) for _, cells in lines)
    session.add(
        StoryImport(
            key=key,
            user_id=actor.user_id,
            project_id=project.id,
            name=name[:LONGEST_FILE_NAME],
            columns=columns + [""] * (width - len(columns)),
            heading=heading,
            notes=sorted(table.notes),
            plan={},
            total=len(lines) - 1,
            found={},
            sent_at=now,
            ends_at=now + LASTS,
        )
    )
    return lines[1:]


def view_import(session: Session, actor: Actor, key: str, now: datetime) -> ImportView:
    """Return how far a file is.

    Raises:
        NotFound: there is none with that key, its time is over, or somebody else sent it.
        NotAllowed: its sender may not bring files in any more.
    """
    row = find_import(session, actor, key, now)
    job = select(Job.id).where(Job.subject_id == row.id, Job.kind.in_((LOOK, TAKE)), Job.state == "failed")
    state = "failed" if row.state in UNDER_WAY and session.scalar(select(job.exists())) else row.state
    slug = session.scalars(select(Project.slug).where(Project.id == row.project_id)).one()
    found = dict(row.found)
    refused = tuple(Refusal(line, reason) for line, reason in found.pop("refused", ()))
    return ImportView(
        row.id, row.key, row.name, slug, tuple(row.columns), row.heading, frozenset(row.notes), state,
        row.total, row.done, row.ends_at, read_plan(row, slug), row.plan.get("places"), refused=refused, **found,
    )  # fmt: skip


def first_rows(folder: Path, key: str) -> tuple[list[str], ...]:
    """Return the first rows of a file, to show which column is which."""
    lines = (cells for _, cells in read_lines(folder, key) if cells is not None)
    return tuple(islice(lines, SHOWN))


def plan_import(
    session: Session, actor: Actor, key: str, plan: ImportPlan, places: Mapping[str, int], now: datetime
) -> int:
    """Keep what was said of a file, and have it looked through; return the id of the job.

    Raises:
        NotFound, NotAllowed: as for `view_import`.
        Conflict: it is being looked through or taken in already, or was.
        BadInput: a rule of imports is broken, or there is no such column.
    """
    row = find_import(session, actor, key, now)
    if row.state not in ("sent", "looked"):
        raise Conflict("already")
    check_import(session, plan)
    known = (*FIELDS, *(INSIGHT_FIELDS if plan.told_as == "insight" else ()))
    if "text" not in places or any(
        not 0 <= at < len(row.columns) for name, at in places.items() if name in known
    ):
        raise BadInput("columns")
    row.plan = {
        "source": plan.source,
        "told_as": plan.told_as,
        "uses": sorted(plan.uses),
        "places": {name: at for name, at in places.items() if name in known},
    }
    row.state, row.done, row.found = "looking", 0, {}
    return add_job(session, LOOK, row.id, now)


def confirm_import(session: Session, actor: Actor, key: str, now: datetime) -> int:
    """Have a file taken in that was looked through; return the id of the job.

    Raises:
        NotFound, NotAllowed: as for `view_import`.
        Conflict: it was not looked through, or is being taken in already.
    """
    row = find_import(session, actor, key, now)
    if row.state != "looked":
        raise Conflict("already")
    row.state, row.done, row.ends_at = "taking", 0, now + LASTS
    return add_job(session, TAKE, row.id, now)


def forget_import(session: Session, actor: Actor, key: str, folder: Path, now: datetime) -> None:
    """Delete a file; what was taken in of it stays.

    Raises:
        NotFound, NotAllowed: as for `view_import`.
    """
    session.delete(find_import(session, actor, key, now))
    forget_lines(folder, key)


def refused_lines(view: ImportView, folder: Path) -> Iterator[tuple[Refusal, Sequence[str]]]:
    """Yield each row that cannot be taken with its cells, none where these are gone."""
    reasons = {each.line: each for each in view.refused}
    for line, cells in read_lines(folder, view.key):
        if line in reasons:
            yield reasons[line], cells or ()


def find_import(session: Session, actor: Actor, key: str, now: datetime) -> StoryImport:
    """Return the row of one's own file, locked.

    Raises:
        NotFound, NotAllowed: as for `view_import`.
    """
    mine = (StoryImport.key == key, StoryImport.user_id == actor.user_id, StoryImport.ends_at > now)
    row = session.scalar(select(StoryImport).where(*mine).with_for_update())
    if row is None:
        raise NotFound("import")
    require(actor, "import_stories", session.get_one(Project, row.project_id))
    return row


def read_plan(row: StoryImport, slug: str) -> ImportPlan | None:
    """Return what was said of a file, None where nothing was."""
    said: Mapping[str, Any] = row.plan
    if not said:
        return None
    return ImportPlan(slug, said["source"], said["told_as"], frozenset(said["uses"]))


def tidy_imports(factory: SessionFactory, folder: Path, now: datetime) -> int:
    """Delete files whose time is over, and words that belong to none; return how many were deleted."""
    with transaction(factory) as session:
        ended = delete(StoryImport).where(StoryImport.ends_at <= now).returning(StoryImport.key)
        over = session.scalars(ended).all()
        known = set(session.scalars(select(StoryImport.key)))
    for key in over:
        forget_lines(folder, key)
    return len(over) + sum(_sweep(path, known, now) for path in folder.glob("*"))


def _sweep(path: Path, known: Set[str], now: datetime) -> bool:
    """Delete words that belong to no row, such as those of a process that died; return whether that was so.

    Young ones are left: their row may be about to be written.
    """
    try:
        if path.name.split(".")[0] in known or path.stat().st_mtime > (now - LASTS).timestamp():
            return False
        path.unlink()
    except OSError:
        return False
    return True
