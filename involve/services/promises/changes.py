"""Whether a project was answered in public, and when."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.models import Reply
from involve.services.projects.project_views import ProjectView


def find_answer(session: Session, project: ProjectView) -> date | None:
    """Return the day of the newest public answer since the project's current stage opened; nothing without one."""
    newest = session.scalar(
        select(func.max(Reply.written_at)).where(
            Reply.public, Reply.kind == "answer", Reply.project_id == project.id
        )
    )
    if newest is None or newest.date() < project.current.opens_on:
        return None
    return newest.date()
