"""Collecting: stories gathered with people on one device, which lets go of each story once its teller has the code.

Nothing that is kept says who gathered which story: handing a code over is an event of the story without a person, and
gathering is counted for the project without a story.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import Conflict
from involve.models import Event, Story
from involve.services.projects.project_views import ProjectView, view_project
from involve.services.staff.access import Actor, projects_where
from involve.services.stories.codes import hash_client
from involve.services.trail.record import record

HANDED = "code_handed_over"
COLLECTED = "collected"


class CodeHandedOver(Conflict):
    """The teller took the code of this sending away, so it is shown to nobody again."""


def list_collecting(session: Session, actor: Actor, today: date) -> tuple[ProjectView, ...]:
    """Return the projects that take stories today and in which this person may gather them."""
    views = [view_project(row, today) for row in projects_where(session, actor, "collect")]
    return tuple(view for view in views if view.open)


def hand_over(session: Session, client_id: UUID, now: datetime, code_key: str) -> bool:
    """Note that the teller has the code, so that this sending shows it to nobody again; whether that was new.

    A client id that brought no story changes nothing.
    """
    query = select(Story).where(Story.client_hash == hash_client(code_key, client_id)).with_for_update()
    story = session.scalar(query)
    if story is None or was_handed(session, story.id):
        return False
    record(session, HANDED, "story", story.id, now, actor="participant")
    record(session, COLLECTED, "project", story.project_id, now, actor="staff")
    return True


def is_handed_over(session: Session, client_id: UUID, code_key: str) -> bool:
    """Whether the teller of the story that this client id brought has taken the code away."""
    story_id = _find_told(session, client_id, code_key)
    return story_id is not None and was_handed(session, story_id)


def count_collected(session: Session, project_id: int) -> int:
    """Return how many stories were gathered with someone's help in a project, those since withdrawn among them."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Event)
            .where(Event.subject == "project", Event.subject_id == project_id, Event.kind == COLLECTED)
        )
        or 0
    )


def was_handed(session: Session, story_id: int) -> bool:
    """Whether the teller of a story that was gathered took its code away."""
    query = select(Event.id).where(
        Event.subject == "story", Event.subject_id == story_id, Event.kind == HANDED
    )
    return session.scalar(query.limit(1)) is not None


def _find_told(session: Session, client_id: UUID, code_key: str) -> int | None:
    """Return the id of the story that a client id brought."""
    return session.scalar(select(Story.id).where(Story.client_hash == hash_client(code_key, client_id)))
