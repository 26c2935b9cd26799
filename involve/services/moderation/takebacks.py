"""Taking a story back for somebody who has no code: by an administrator, for one of few reasons, which is an event."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, NotFound
from involve.models import Story
from involve.services.moderation.staff_story import find_story
from involve.services.staff.access import Actor
from involve.services.stories.erasing import erase_story
from involve.services.trail.record import record
from involve.vocabulary.takebacks import TAKEBACKS


def take_back_for(
    session: Session, actor: Actor, reference: str, because: str, typed: str, now: datetime
) -> str:
    """Erase a story as its teller would; nothing of it can be brought back. Return its reference.

    Raises:
        NotFound, NotAllowed: there is no such story, or no grant covers it.
        BadInput: 'because': there is no such reason; 'typed': the reference was not typed again.
    """
    story = find_story(session, actor, reference, "take_back")
    if typed.strip().upper() != story.reference.upper():
        raise BadInput("typed")
    return _take_back(session, story, because, now, "staff", actor.user_id)


def take_back_by_command(session: Session, reference: str, because: str, now: datetime) -> str:
    """Erase a story as its teller would, for whoever may run commands. Return its reference.

    Raises:
        NotFound: there is no such story, or it was withdrawn before.
        BadInput: 'because': there is no such reason.
    """
    wanted = select(Story).where(Story.reference == reference, Story.state != "withdrawn")
    story = None if "\0" in reference else session.scalar(wanted.with_for_update(of=Story))
    if story is None:
        raise NotFound(reference)
    return _take_back(session, story, because, now, "command", None)


def _take_back(
    session: Session, story: Story, because: str, now: datetime, actor: str, user_id: int | None
) -> str:
    if because not in {each.id for each in TAKEBACKS}:
        raise BadInput("because")
    erase_story(session, story, now)
    record(session, "withdrawn", "story", story.id, now, actor=actor, user_id=user_id, because=because)
    return story.reference
