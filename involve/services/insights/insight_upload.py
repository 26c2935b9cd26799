"""Many insights at once: a short list, or a CSV file that may be anything but what its name says."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Insight, Project
from involve.services.evidence.import_plan import Refusal
from involve.services.insights.insight_draft import InsightDraft, check_draft
from involve.services.insights.insight_rows import COLUMNS, read_row
from involve.services.insights.insights import add_insight, log_insight, notice_personal
from involve.services.projects.projects import find_project
from involve.services.staff.access import Actor, require
from involve.services.stories.codes import hash_content
from involve.services.trail.record import record

MOST_LINES = 10
MOST_ROWS = 200
LARGEST_FILE = 400_000  # bytes
FILE = "file"
Row = tuple[int, dict[str, str]]
# How files begin that are something else than a table in plain text.
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class FileRefused(BadInput):
    """Nothing of a file can be taken.

    Its argument says why: 'empty', 'large', 'workbook', 'binary', 'encoding', 'rows', 'broken' or 'columns'.
    """

    code = "file_refused"


@dataclass(frozen=True, slots=True)
class UploadOutcome:
    """What became of the rows of a file, each known by the line where it begins. `at_risk` speak of harm."""

    added: int = 0
    repeated: int = 0
    refused: tuple[Refusal, ...] = ()
    at_risk: tuple[int, ...] = ()

    def __add__(self, other: "UploadOutcome") -> "UploadOutcome":
        return UploadOutcome(
            self.added + other.added,
            self.repeated + other.repeated,
            self.refused + other.refused,
            self.at_risk + other.at_risk,
        )


def log_lines(
    session: Session, actor: Actor, drafts: Sequence[InsightDraft], client_id: UUID, now: datetime, key: str
) -> tuple[int, ...]:
    """Log each of a short list, all or none, and return their ids; the same sending again adds nothing.

    Raises:
        BadInput: 'lines': there are more than ten; else as `log_insight`.
    """
    if not 1 <= len(drafts) <= MOST_LINES:
        raise BadInput("lines")
    sent = ((uuid5(client_id, str(at)), draft) for at, draft in enumerate(drafts))
    return tuple(log_insight(session, actor, draft, own, now, key) for own, draft in sent)


def read_table(content: bytes) -> tuple[list[Row], list[Refusal]]:
    """Return the rows of a CSV file by line and column, and the lines that are not CSV.

    Commas, semicolons or tabs part the cells. A cell is text, whatever a spreadsheet would make of it.

    Raises:
        FileRefused: it is no such file.
    """
    text = _decode(content)
    # Strict: a quote that is never closed must not swallow the rest of the file in silence.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        names = [cell.strip().casefold() for cell in next(reader)]
    except (StopIteration, csv.Error) as error:
        raise FileRefused("broken") from error
    if "text" not in names:
        raise FileRefused("columns")
    rows, refused = [], []
    for line, cells in _cells(reader):
        if cells is None:
            refused.append(Refusal(line, "csv"))
        elif any(cell.strip() for cell in cells):
            rows.append((line, dict(zip(names, cells, strict=False))))
    if len(rows) > MOST_ROWS:
        raise FileRefused("rows")
    return rows, refused


def take_rows(
    session: Session,
    actor: Actor,
    slug: str,
    rows: Iterable[Row],
    now: datetime,
    code_key: str,
    named_too: bool = False,
    wants_letter: bool = False,
) -> UploadOutcome:
    """Log what can be logged of *rows*; a row whose words came before from the same person adds nothing.

    A row that seems to name someone is left out with that reason, unless its author said that they checked.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
    """
    project = find_project(session, slug)
    require(actor, "log_insight", project)
    outcome = UploadOutcome()
    for line, fields in rows:
        try:
            read = read_row(slug, {name: fields.get(name) or "" for name in COLUMNS})
            draft = check_draft(replace(read, wants_letter=wants_letter))
            if not named_too and notice_personal(f"{draft.text}\n\n{draft.idea}"):
                raise BadInput("personal")
        except BadInput as error:
            outcome += UploadOutcome(refused=(Refusal(line, str(error)),))
        else:
            outcome += _take(session, actor, project, line, draft, now, code_key)
    return outcome


def _take(
    session: Session,
    actor: Actor,
    project: Project,
    line: int,
    draft: InsightDraft,
    now: datetime,
    code_key: str,
) -> UploadOutcome:
    """Log one row, unless the same person sent the same words before."""
    key = "text:" + hash_content(code_key, {"user": actor.user_id, "text": draft.text})
    known = select(Insight.id).where(
        Insight.project_id == project.id, Insight.source == FILE, Insight.source_key == key
    )
    if session.scalar(known) is not None:
        return UploadOutcome(repeated=1)
    row = add_insight(session, project, draft, FILE, key, now, actor.user_id)
    record(session, "insight_logged", "insight", row.id, now, user_id=actor.user_id)
    return UploadOutcome(added=1, at_risk=(line,) if row.at_risk else ())


def _decode(content: bytes) -> str:
    """Return a file as text, or say what it is instead."""
    if not content.strip():
        raise FileRefused("empty")
    if len(content) > LARGEST_FILE:
        raise FileRefused("large")
    if content.startswith(_WORKBOOK):
        raise FileRefused("workbook")
    wide = content.startswith(_UTF16)
    if not wide and b"\0" in content:
        raise FileRefused("binary")
    try:
        # Some programs begin UTF-8 with a mark; what Excel calls Unicode text is UTF-16 and begins with another.
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        picture = any(byte < 9 for byte in content[:64])
        raise FileRefused("binary" if picture else "encoding") from error
    if "\0" in text:
        raise FileRefused("binary")
    return text


def _delimiter(text: str) -> str:
    """Return what parts the cells of the first line."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _cells(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the line where each row begins with its cells; None for one that is not CSV."""
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, None
