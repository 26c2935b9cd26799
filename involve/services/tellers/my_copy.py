"""A copy of all that is kept about a story, for its teller: by table, as the list of what is kept has it.

Which rows these are is read from the tables themselves, so that a new table is in the copy without a line here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from involve.models import Base, Story
from involve.services.stories.own_story import find_own_story
from involve.services.tellers.agreed import Agreed, list_agreed
from involve.services.tellers.contacts import contact_of
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.kept import KeptTable, find_kept_table

# Not for the teller: what only connects rows, hashes from which nothing can be read, and which member of staff it was.
LEFT_OUT = frozenset({"frame", "link", "code", "staff"})
# Tables that lead to a story through another one: the column here, the other table, and the column there.
THROUGH = {
    "agreement": ("seat_id", "seat", "id"),
    "coded_passage": ("coding_story_id", "coding_story", "id"),
    "coded_story": ("coding_story_id", "coding_story", "id"),
    "coding_story": ("publication_id", "publication", "id"),
    "decision_passage": ("publication_id", "publication", "id"),
    "letter": ("contact_id", "contact", "id"),
    "publication_tag": ("publication_id", "publication", "id"),
    "publication_vector": ("publication_id", "publication", "id"),
    "reply": ("id", "message", "reply_id"),
}
# Whoever holds the telephone may not be the teller: what staff keep to protect somebody is for people to give out.
WITHHELD = frozenset({"concern", "concern_alert"})
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """What one table holds of a teller: its rows, each a mapping from columns to values."""

    table: KeptTable
    rows: tuple[Row, ...]

    @property
    def readable(self) -> bool:
        """Whether any of its rows says anything in words."""
        return any(True for row in self.rows for _ in self.lines(row))

    def lines(self, row: Row) -> Iterator[tuple[Bilingual, str]]:
        """Yield what a row holds, by kind, in words."""
        for kind in self.table.holds:
            values = [
                _readable(row[name])
                for name, held in self.table.columns.items()
                if held == kind.id and _is_readable(row.get(name))
            ]
            if values:
                yield kind.name, " · ".join(values)


@dataclass(frozen=True, slots=True)
class StoryCopy:
    """All of it. `contact` is the address that the teller left."""

    made_at: datetime
    reference: str
    project: Bilingual
    body: Bilingual
    text: str
    language: str
    agreed: tuple[Agreed, ...]
    contact: str | None
    tables: tuple[CopiedTable, ...]

    def rows_of(self, table: str) -> tuple[Row, ...]:
        """Return the rows of one table; none where there are none."""
        return next((each.rows for each in self.tables if each.table.id == table), ())


def copy_story(session: Session, story_id: int, now: datetime, code_key: str) -> StoryCopy:
    """Return the copy; that it was made is an event.

    Raises:
        NotFound: the story was withdrawn.
    """
    story = find_own_story(session, story_id)
    record(session, "data_copied", "story", story.id, now, actor="participant")
    session.flush()
    copied = (
        CopiedTable(find_kept_table(name), tuple(_rows(session, table, story)))
        for name, table in sorted(Base.metadata.tables.items())
    )
    project = story.project
    return StoryCopy(
        made_at=now,
        reference=story.reference,
        project=Bilingual(project.name_cy, project.name_en),
        body=Bilingual(project.body.name_cy, project.body.name_en),
        text=story.text,
        language=story.language,
        agreed=list_agreed(session, story.id),
        contact=contact_of(session, story.id, code_key),
        tables=tuple(each for each in copied if each.rows),
    )


def as_data(copy: StoryCopy) -> dict[str, Any]:
    """Return the copy as plain values, which JSON can hold."""
    return {
        "made_at": copy.made_at.isoformat(),
        "reference": copy.reference,
        "project": _pair(copy.project),
        "body": _pair(copy.body),
        "contact": copy.contact,
        "agreed": [
            {
                "use": each.use,
                "given": each.given,
                "words": each.words,
                "language": each.language,
                "version": each.version,
                "answered_on": each.answered_on.isoformat(),
            }
            for each in copy.agreed
        ],
        "kept": {
            each.table.id: {
                "name": _pair(each.table.name),
                "why": _pair(each.table.why),
                "rows": [{name: _plain(value) for name, value in row.items()} for row in each.rows],
            }
            for each in copy.tables
        },
    }


def leads_to_story(table: Table) -> bool:
    """Whether rows of *table* are about one story."""
    if table.name in WITHHELD:
        return False
    return table.name in ("story", "event", *THROUGH) or _story_column(table) is not None


def _story_column(table: Table) -> str | None:
    """Return the column that says which story a row is about; another one may only mention a story."""
    leading = [
        column.name
        for column in table.columns
        if any(key.target_fullname == "story.id" for key in column.foreign_keys)
    ]
    if "story_id" in leading:
        return "story_id"
    return leading[0] if leading else None


def _rows(session: Session, table: Table, story: Story) -> Iterator[Row]:
    """Yield the rows of *table* about a story, without what is left out."""
    if not leads_to_story(table):
        return
    held = find_kept_table(table.name).columns
    shown = [column for column in table.columns if held[column.name] not in LEFT_OUT]
    keys = list(table.primary_key.columns)
    for row in session.execute(select(*keys, *shown).where(_about(table, story)).order_by(*keys)):
        yield dict(zip((column.name for column in shown), row[len(keys) :], strict=True))


def _about(table: Table, story: Story) -> Any:
    """Return the condition under which a row of *table* is about a story."""
    if table.name == "story":
        return table.c.id == story.id
    if table.name == "event":
        protecting = table.c.kind.like("concern%")
        return (table.c.subject == "story") & (table.c.subject_id == story.id) & ~protecting
    if table.name in THROUGH:
        own, other, there = THROUGH[table.name]
        between = Base.metadata.tables[other]
        return table.c[own].in_(select(between.c[there]).where(_about(between, story)))
    return table.c[_story_column(table) or ""] == story.id


def _pair(words: Bilingual) -> dict[str, str]:
    return {"cy": words.cy, "en": words.en}


def _readable(value: Any) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return list(memoryview(value).cast("b"))
    return value.isoformat() if isinstance(value, date) else value


def _is_readable(value: Any) -> bool:
    """Say whether a value has something to read; packed numbers are in the copy for programs alone."""
    return value not in (None, "", [], {}) and not isinstance(value, bytes)
