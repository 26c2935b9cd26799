"""Tagging stories by the released codebook of their project: each new one at once, the others a few at a time.

What is still to be done is computed from rows, so a process that stops loses nothing: a story whose last reading was by
another version, or that was never read for themes, is due. People's own words on themes stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from involve.database import SessionFactory, transaction
from involve.models import CodebookVersion, Project, Story, ThemeReading
from involve.services.codebook.books import (
    CodebookView,
    as_concepts,
    find_coded_project,
    released_codebook,
)
from involve.services.codebook.reading_again import Readings, read_again
from involve.services.codebook.theme_tags import note_reading, replace_themes
from involve.services.publishing.publish import refresh_themes
from involve.services.staff.access import Actor
from involve.text.theme_reading import make_theme_reader, prepare

# Stories of one transaction, which is over in some hundredths of a second, and of one project in one round, which
# takes a second or two: other work of the site waits for a round.
BATCH, ROUND = 200, 1_000


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
        note_reading(session, [story.id], version.id, now)
        replace_themes(session, {story.id: reader.read(prepare(story.text))}, now)


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
        version = released_codebook(session, session.get_one(Project, project_id))
        if version is None:
            return 0
        due = _due(session, version)
    done = 0
    for start in range(0, len(due), BATCH):
        # Read outside the transaction: nobody waits for the machine, whatever it has to read.
        with factory() as session:
            read = read_again(session, version, due[start : start + BATCH])
        with transaction(factory) as session:
            done += _keep(session, version.id, read, now)
    return done


def _keep(session: Session, version_id: int, read: Readings, now: datetime) -> int:
    """Write what was read of some stories, of those that are still to be done, and return how many that were."""
    due = _behind(version_id).where(Story.id.in_(read), *_is_readable()).order_by(Story.id)
    # Locked, so that none is taken back meanwhile; what another worker has in hand is left to it.
    ids = session.scalars(due.with_for_update(of=Story, skip_locked=True)).all()
    note_reading(session, ids, version_id, now)
    suggested = {story_id: tags for story_id in ids if (tags := read[story_id]) is not None}
    refresh_themes(session, replace_themes(session, suggested, now))
    return len(ids)


def _due(session: Session, version: CodebookView) -> Sequence[int]:
    """Return the numbers of some stories that were not read by a version, oldest first."""
    # Of the many that are not due an index knows enough: only the others are looked at themselves.
    behind = _behind(version.id).where(Story.project_id == version.project_id, Story.state != "withdrawn")
    own = aliased(Story)
    return session.scalars(
        select(own.id).where(own.id.in_(behind), *_is_readable(own)).order_by(own.id).limit(ROUND)
    ).all()


def _behind(version_id: int) -> Select[int]:
    """Return the numbers of the stories whose last reading for themes was not by that version."""
    joined = select(Story.id).outerjoin(ThemeReading, ThemeReading.story_id == Story.id)
    return joined.where(or_(ThemeReading.version_id.is_(None), ThemeReading.version_id != version_id))


def _is_readable(story: type[Story] = Story) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that there are words to tag: of an erased story only what was found before stays."""
    return story.state != "withdrawn", story.tagged_at.is_not(None), story.erased_at.is_(None)
