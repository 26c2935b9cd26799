"""Looking through a file, and taking it in: work beside the requests, which goes on where it was interrupted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Job, Project, StoryImport
from involve.services.evidence.import_plan import ImportPlan, ImportRow, Refusal
from involve.services.evidence.importing import import_batch, known_keys, readable_rows, source_key
from involve.services.importing.columns import make_row
from involve.services.importing.kept_files import keep_lines, read_lines
from involve.services.importing.tables import Line
from involve.services.importing.uploads import LASTS, LOOK, TAKE, read_plan
from involve.services.upkeep.code_key import keep_code_key
from involve.services.upkeep.jobs import LEASE, Clock
from involve.settings import Settings
from involve.text.judging.table import load_tables
from involve.text.language import identify_words
from involve.text.matching import split_into_words
from involve.text.personal import find_personal
from involve.text.risk import find_risk
from involve.text.tokens import tokenise

# Rows between two looks at whether to go on; of one transaction when they are taken in: short, because a participant
# who sends a story meanwhile waits for it on SQLite.
LOOKED_AT_ONCE, TAKEN_AT_ONCE = 200, 25


class ImportStopped(Exception):
    """Somebody deleted the file, or it is over."""


@dataclass(frozen=True, slots=True)
class Work:
    """A file that is worked on: its row, what was said of it, and its lines."""

    id: int
    user_id: int
    project_id: int
    plan: ImportPlan
    places: dict[str, int]
    done: int
    lines: tuple[Line, ...]

    def rows(self, lines: Sequence[Line]) -> Iterator[ImportRow | Refusal]:
        """Yield what lines say."""
        insights_of = self.plan.project if self.plan.told_as == "insight" else None
        return (make_row(line, self.places, insights_of) for line in lines)


@dataclass(frozen=True, slots=True)
class Importer:
    """What works on files that staff bring in: the folder that they are in, the key of codes, and the time."""

    folder: Path
    code_key: str
    clock: Clock

    def look(self, factory: SessionFactory, import_id: int, _now: datetime) -> None:
        """Look through a file: what would go in, what is there already, what needs care, what cannot be taken."""
        work = self._open(factory, import_id, "looking")
        if work is None:
            return
        keys: set[str] = set()
        found = {"fresh": 0, "repeated": 0, "personal": 0, "at_risk": 0}
        refused: list[Refusal] = []
        try:
            for at in range(0, len(work.lines), LOOKED_AT_ONCE):
                lines = work.lines[at : at + LOOKED_AT_ONCE]
                with transaction(factory) as session:
                    self._say(session, work, "looking", LOOK, at)
                    refused += self._look_at(session, work, lines, keys, found)
            self._finish(factory, work, {**found, "refused": [[each.line, each.reason] for each in refused]})
        except ImportStopped:
            return

    def _look_at(
        self, session: Session, work: Work, lines: Sequence[Line], keys: set[str], found: dict[str, int]
    ) -> list[Refusal]:
        """Count some lines in *found*, add their keys to *keys*, and return what cannot be taken."""
        made = list(work.rows(lines))
        unread = [each for each in made if isinstance(each, Refusal)]
        rows, refused = readable_rows([each for each in made if isinstance(each, ImportRow)], work.plan)
        keyed = [(source_key(row, work.plan, self.code_key), row) for row in rows]
        project = session.get_one(Project, work.project_id)
        known = known_keys(session, project, work.plan, {key for key, _ in keyed})
        for key, row in keyed:
            if key in known or key in keys:
                found["repeated"] += 1
                continue
            keys.add(key)
            found["fresh"] += 1
            personal, risk = needs_care(row.text)
            found["personal"] += personal
            found["at_risk"] += risk
        return sorted((*unread, *refused), key=lambda each: each.line)

    def _finish(self, factory: SessionFactory, work: Work, found: dict[str, object]) -> None:
        """Keep what was found."""
        with transaction(factory) as session:
            row = session.get(StoryImport, work.id, with_for_update=True)
            if row is None or row.state != "looking":
                raise ImportStopped
            row.state, row.done, row.found = "looked", row.total, found

    def take(self, factory: SessionFactory, import_id: int, _now: datetime) -> None:
        """Take in what can be taken, batch by batch; of the file then stays only what could not be."""
        work = self._open(factory, import_id, "taking")
        if work is None:
            return
        with transaction(factory) as session:
            keep_code_key(session, self.code_key, self.clock())
        try:
            for at in range(work.done, len(work.lines), TAKEN_AT_ONCE):
                self._take(factory, work, at, work.lines[at : at + TAKEN_AT_ONCE])
        except ImportStopped:
            return
        self._close(factory, work)

    def _take(self, factory: SessionFactory, work: Work, at: int, lines: Sequence[Line]) -> None:
        """Take some lines in, and note in the same transaction how far that is."""
        rows = [row for row in work.rows(lines) if isinstance(row, ImportRow)]
        with transaction(factory) as session:
            self._say(session, work, "taking", TAKE, at + len(lines))
            outcome = import_batch(session, work.plan, rows, self.clock(), self.code_key, work.user_id)
            row = session.get_one(StoryImport, work.id)
            row.found = {
                **row.found,
                "added": row.found.get("added", 0) + outcome.added,
                "known": row.found.get("known", 0) + outcome.repeated,
            }

    def _close(self, factory: SessionFactory, work: Work) -> None:
        """Say that a file is taken in, and forget all its words but those of rows that could not be."""
        with transaction(factory) as session:
            row = session.get(StoryImport, work.id, with_for_update=True)
            if row is None:
                return
            refused = {line for line, _ in row.found["refused"]}
            keep_lines(self.folder, row.key, [each for each in work.lines if each[0] in refused])
            row.state, row.done = "done", row.total

    def _open(self, factory: SessionFactory, import_id: int, state: str) -> Work | None:
        """Return what is to be worked on, None where it is gone or in another state."""
        with transaction(factory) as session:
            row = session.get(StoryImport, import_id)
            if row is None or row.state != state:
                return None
            project = session.get_one(Project, row.project_id)
            plan, lines = read_plan(row, project.slug), tuple(read_lines(self.folder, row.key))
            if plan is None or len(lines) != row.total:
                # Its words are not in the folder that this process sees, or not whole: nobody can go on with it.
                row.state = "failed"
                return None
            return Work(row.id, row.user_id, project.id, plan, row.plan["places"], row.done, lines)

    def _say(self, session: Session, work: Work, state: str, kind: str, done: int) -> None:
        """Note how far a file is, and keep it and its job while it is worked on.

        Raises:
            ImportStopped: it was deleted.
        """
        row = session.get(StoryImport, work.id, with_for_update=True)
        if row is None or row.state != state:
            raise ImportStopped
        now = self.clock()
        row.done, row.ends_at = done, now + LASTS
        session.execute(
            update(Job)
            .where(Job.kind == kind, Job.subject_id == work.id, Job.state == "leased")
            .values(lease_ends_at=now + LEASE)
        )


def needs_care(text: str) -> tuple[bool, bool]:
    """Whether *text* seems to name someone, and whether it speaks of danger: as it will be read when it is taken in.

    Faster than the whole reading: tags and a second opinion are left out.
    """
    tokens = tokenise(text)
    words = split_into_words(text, tokens, identify_words(tokens))
    tables = load_tables()
    risk = find_risk(text, words, tables.risks if tables else None)
    return bool(find_personal(text, tokens)), bool(risk)


def make_importer(settings: Settings, clock: Clock) -> Importer:
    """Return what works on the files of a site."""
    return Importer(settings.resolved_import_dir, settings.code_key, clock)
