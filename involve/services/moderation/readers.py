"""Who else opened a story lately: told to whoever opens it, so that two people do not do the same work; no lock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.models import Event, User
from involve.services.staff.access import Actor

# How long after opening a story someone may still be at it. Said on the page.
LATELY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Reader:
    """A colleague who opened the story, and when they last did."""

    name: str
    at: datetime


def list_readers(session: Session, actor: Actor, story_id: int, now: datetime) -> tuple[Reader, ...]:
    """Return the colleagues who opened the story's original words lately, who did so last first."""
    opened = func.max(Event.at)
    rows = session.execute(
        select(User.name, User.email, opened)
        .join(Event, Event.user_id == User.id)
        .where(Event.subject == "story", Event.subject_id == story_id, Event.kind == "original_viewed")
        .where(Event.at > now - LATELY, Event.user_id != actor.user_id)
        .group_by(User.id, User.name, User.email)
        .order_by(opened.desc())
    )
    return tuple(Reader(name or email, at) for name, email, at in rows)


def was_opened_by(session: Session, actor: Actor, story_id: int) -> bool:
    """Whether *actor* ever opened the story's original words."""
    return bool(
        session.scalar(
            select(Event.id)
            .where(Event.subject == "story", Event.subject_id == story_id)
            .where(Event.kind == "original_viewed", Event.user_id == actor.user_id)
            .limit(1)
        )
    )
