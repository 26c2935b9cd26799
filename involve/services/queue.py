"""The queue: stories that wait for a person, as lines that say what was noticed and never show the words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.models import Consent, Project, Story
from involve.services.access import Actor, projects_where
from involve.services.conversation import is_unread_by_staff
from involve.services.replies import was_answered
from involve.vocabulary.bilingual import Bilingual

PAGE = 50
OPEN_STATES = ("received", "held")


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A line of the queue. `may_answer` is whether the member of staff who looks may answer this story.

    `wrote` is whether its teller wrote something that no member of staff has read.
    """

    reference: str
    project: Bilingual
    language: str
    state: str
    received_at: datetime
    told_as: str
    may_publish: bool
    may_answer: bool
    personal: int
    at_risk: bool
    spam: tuple[str, ...]
    answered: bool
    wrote: bool


def list_queue(session: Session, actor: Actor, state: str = "open", after: int = 0) -> tuple[QueueItem, ...]:
    """Return a page of stories that *actor* may see, with risk of harm first, then oldest first.

    `state` is 'open' (received or held), or one state. `after` is how many to leave out.
    """
    projects = {project.id: project for project in projects_where(session, actor, "read_queue")}
    states = OPEN_STATES if state == "open" else (state,)
    answered = was_answered()
    may_publish = (
        select(Consent.given)
        .where(Consent.story_id == Story.id, Consent.use == "publish")
        .order_by(Consent.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Story, answered, may_publish, is_unread_by_staff())
        .where(Story.project_id.in_(projects), Story.state.in_(states))
        .order_by(Story.at_risk.desc(), Story.received_at, Story.id)
        .offset(after)
        .limit(PAGE)
    )
    return tuple(
        QueueItem(
            reference=story.reference,
            project=_name(projects[story.project_id]),
            language=story.language,
            state=story.state,
            received_at=story.received_at,
            told_as=story.told_as,
            may_publish=bool(may),
            may_answer=actor.may("reply", projects[story.project_id].body_id, story.project_id),
            personal=len(story.personal),
            at_risk=story.at_risk,
            spam=tuple(story.spam),
            answered=told,
            wrote=wrote,
        )
        for story, told, may, wrote in rows
    )


def count_queue(session: Session, actor: Actor) -> dict[str, int]:
    """Return how many stories *actor* may see in each state."""
    projects = [project.id for project in projects_where(session, actor, "read_queue")]
    rows = session.execute(
        select(Story.state, func.count()).where(Story.project_id.in_(projects)).group_by(Story.state)
    )
    return {row[0]: row[1] for row in rows}


def _name(project: Project) -> Bilingual:
    """Return a project's name."""
    return Bilingual(project.name_cy, project.name_en)
