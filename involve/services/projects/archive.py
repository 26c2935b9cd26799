"""Putting a finished project away: off the list of projects, and never before everyone has an answer.

All that was said and promised stays in sight: an archived project counts on the promise clock, in what changed and in
the evidence as before, so that nobody gets rid of a missed duty by putting its project away.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Project, Story
from involve.services.moderation.replies import was_answered
from involve.services.projects.project_views import view_project
from involve.services.projects.projects import find_project
from involve.services.staff.access import Actor, require
from involve.services.trail.record import record
from involve.vocabulary.days import day_of


class StoriesUnanswered(BadInput):
    """People are still waiting for an answer; `stories` says how many."""

    def __init__(self, stories: int) -> None:
        super().__init__(str(stories))
        self.stories = stories


def archive_project(session: Session, actor: Actor, slug: str, now: datetime) -> None:
    """Put a project away; doing it again changes nothing. Its page, stories and promises stay where they are.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
        BadInput: 'open': a stage is open or still to come.
        StoriesUnanswered: someone who told a story has no answer.
    """
    project = _find(session, actor, slug)
    if project.archived_at is not None:
        return
    if any(stage.progress != "past" for stage in view_project(project, day_of(now)).stages):
        raise BadInput("open")
    if waiting := _count_unanswered(session, project):
        raise StoriesUnanswered(waiting)
    project.archived_at = now
    session.flush()
    record(session, "project_archived", "project", project.id, now, user_id=actor.user_id)


def restore_project(session: Session, actor: Actor, slug: str, now: datetime) -> None:
    """Bring a project back to the lists; doing it again changes nothing.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
    """
    project = _find(session, actor, slug)
    if project.archived_at is None:
        return
    project.archived_at = None
    session.flush()
    record(session, "project_restored", "project", project.id, now, user_id=actor.user_id)


def _count_unanswered(session: Session, project: Project) -> int:
    waiting = select(func.count()).select_from(Story)
    return (
        session.scalar(
            waiting.where(
                Story.project_id == project.id,
                Story.state != "withdrawn",
                Story.code_hash.is_not(None),
                ~was_answered(),
            )
        )
        or 0
    )


def _find(session: Session, actor: Actor, slug: str) -> Project:
    project = find_project(session, slug)
    require(actor, "set_up", project)
    return project
