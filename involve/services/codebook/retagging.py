"""Tagging stories by the released codebook of their project: each new one at once, the others a few at a time.

What is still to be done is computed from rows, so a process that stops loses nothing: a story whose last reading was by
another version, or that was never read for themes, is due. People's own words on themes stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import CodebookVersion, Project, Story, Tag, ThemeReading
from involve.services.codebook.books import as_concepts, find_coded_project, released_codebook
from involve.services.publishing.publish import refresh_publication
from involve.services.staff.access import Actor
from involve.text.theme_reading import ThemeReader, make_theme_reader, prepare
from involve.text.types import Tag as Suggested

# Stories of one transaction: about a second of work, so that nobody waits long for a story that is being tagged.
BATCH = 50


@dataclass(frozen=True, slots=True)
class Progress:
    """How many stories of a project are tagged by its newest released version, of how many."""

    done: int
    all: int


def retag_where_due(factory: SessionFactory, now: datetime) -> int:
    """Tag a few stories of each project whose last reading is behind its codebook; return how many were read."""
    released = select(CodebookVersion.project_id).where(CodebookVersion.released_at.is_not(None))
    with factory() as session:
        projects = session.scalars(released.distinct()).all()
    return sum(_retag_some(factory, project_id, now) for project_id in projects)


def tag_by_codebook(session: Session, story: Story, now: datetime) -> None:
    """Replace what the machine said of the themes of one story; the caller brings its published form up to date."""
    version = released_codebook(session, story.project)
    if version is not None:
        reader = make_theme_reader(as_concepts(version.themes))
        _tag(session, story, reader, version.id, now)


def show_progress(session: Session, actor: Actor, slug: str) -> Progress:
    """Return how far tagging by the newest released version is.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
    """
    project = find_coded_project(session, actor, slug)
    version = released_codebook(session, project)
    every = (Story.project_id == project.id, *_is_readable())
    whole = session.scalar(select(func.count()).select_from(Story).where(*every)) or 0
    if version is None:
        return Progress(0, whole)
    read = select(func.count()).select_from(Story).join(ThemeReading, ThemeReading.story_id == Story.id)
    done = session.scalar(read.where(*every, ThemeReading.version_id == version.id)) or 0
    return Progress(done, whole)


def _retag_some(factory: SessionFactory, project_id: int, now: datetime) -> int:
    """Tag some stories of one project and return how many."""
    with factory() as session:
        project = session.get_one(Project, project_id)
        version = released_codebook(session, project)
        if version is None or not _due(session, project_id, version.id, 1):
            return 0
    reader = make_theme_reader(as_concepts(version.themes))
    with transaction(factory) as session:
        stories = _due(session, project_id, version.id, BATCH, lock=True)
        for story in stories:
            if _tag(session, story, reader, version.id, now):
                refresh_publication(session, story)
        return len(stories)


def _due(
    session: Session, project_id: int, version_id: int, most: int, lock: bool = False
) -> Sequence[Story]:
    """Return stories that were not read by a version, oldest first; *lock* keeps others from taking them back."""
    behind = or_(ThemeReading.version_id.is_(None), ThemeReading.version_id != version_id)
    query = (
        select(Story)
        .outerjoin(ThemeReading, ThemeReading.story_id == Story.id)
        .where(Story.project_id == project_id, *_is_readable(), behind)
        .order_by(Story.id)
        .limit(most)
    )
    return session.scalars(query.with_for_update(of=Story, skip_locked=True) if lock else query).all()


def _is_readable() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that there are words to tag: of an erased story only what was found before stays."""
    return (Story.state != "withdrawn", Story.tagged_at.is_not(None), Story.erased_at.is_(None))


def _tag(session: Session, story: Story, reader: ThemeReader, version_id: int, now: datetime) -> bool:
    """Write what *reader* suggests of a story, and return whether that is another thing than before."""
    session.merge(ThemeReading(story_id=story.id, version_id=version_id, read_at=now))
    machine = (Tag.story_id == story.id, Tag.scheme == "theme", Tag.voice == "machine")
    before = session.scalars(select(Tag).where(*machine)).all()
    rows = [_row(story, suggested, now) for suggested in reader.read(prepare(story.text))]
    if {_said(row) for row in before} == {_said(row) for row in rows}:
        return False
    session.execute(delete(Tag).where(*machine))
    session.add_all(rows)
    session.flush()
    return True


def _row(story: Story, suggested: Suggested, now: datetime) -> Tag:
    return Tag(
        story_id=story.id,
        scheme="theme",
        concept=suggested.concept,
        stance=suggested.stance,
        voice="machine",
        state="suggested",
        confidence=suggested.confidence,
        at=now,
        passages=[[passage.start, passage.end] for passage in suggested.passages],
    )


def _said(row: Tag) -> tuple[object, ...]:
    """Return what a tag says, to be compared."""
    return row.concept, row.stance, row.confidence, tuple((start, end) for start, end in row.passages)
