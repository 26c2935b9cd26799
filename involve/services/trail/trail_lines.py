"""Lines of the audit trail as values, with the names of the people, stories and projects that they are about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Event, Project, Story, User
from involve.services.trail.belonging import USER, projects_of
from involve.vocabulary.bilingual import Bilingual

STORY = "story"


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One event. `who` is a member of staff by name, or None where none is named.

    `about` is a story's reference or a person's name, where it is about either.
    """

    id: int
    at: datetime
    actor: str
    user_id: int | None
    who: str | None
    kind: str
    subject: str
    subject_id: int
    about: str | None
    project: Bilingual | None
    detail: Mapping[str, Any]


def name_lines(session: Session, rows: Iterable[Event]) -> tuple[TrailLine, ...]:
    """Return events as values, with the names of what they are about."""
    events = list(rows)
    subjects: dict[str, set[int]] = {}
    for event in events:
        subjects.setdefault(event.subject, set()).add(event.subject_id)
    names = _names(session, {each.user_id for each in events} | subjects.get(USER, set()))
    about = {USER: names, STORY: _references(session, subjects.get(STORY, set()))}
    projects = _projects(session, subjects)
    return tuple(
        TrailLine(
            id=event.id,
            at=event.at,
            actor=event.actor,
            user_id=event.user_id,
            who=names.get(event.user_id or 0),
            kind=event.kind,
            subject=event.subject,
            subject_id=event.subject_id,
            about=about.get(event.subject, {}).get(event.subject_id),
            project=projects.get((event.subject, event.subject_id)),
            detail=event.detail,
        )
        for event in events
    )


def _names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of people by number."""
    rows = session.scalars(select(User).where(User.id.in_([each for each in ids if each is not None])))
    return {row.id: row.name or row.email for row in rows}


def _references(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Return the references of stories by number."""
    found = session.execute(select(Story.id, Story.reference).where(Story.id.in_(list(ids))))
    return {row[0]: row[1] for row in found}


def _projects(session: Session, subjects: Mapping[str, set[int]]) -> dict[tuple[str, int], Bilingual]:
    """Return the names of the projects to which subjects belong, by subject and number."""
    of: dict[tuple[str, int], int] = {}
    for subject, ids in subjects.items():
        query = projects_of(subject, list(ids))
        if query is not None:
            for row in session.execute(query):
                of[(subject, row[0])] = row[1]
    rows = session.scalars(select(Project).where(Project.id.in_(set(of.values()))))
    names = {row.id: Bilingual(row.name_cy, row.name_en) for row in rows}
    return {key: names[project_id] for key, project_id in of.items()}
