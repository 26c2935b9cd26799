"""Letters to followers, in the outbox of all letters."""

from datetime import datetime

from sqlalchemy.orm import Session

from involve.models import Follower, FollowerLetter, Letter
from involve.services.upkeep.jobs import add_job
from involve.services.upkeep.letters import SEND_LETTER

# That something happened; whether they want to follow a thing; and that they follow it already.
TELLS, ASKS, KNOWS = "followed", "follow_asked", "follow_known"


def write_to_follower(
    session: Session,
    kind: str,
    follower: Follower,
    language: str,
    now: datetime,
    follow_id: int | None = None,
) -> Letter:
    """Keep a letter to a follower with the job of sending it, and return its row."""
    letter = Letter(kind=kind, language=language, detail={}, state="due", attempts=0, written_at=now)
    session.add(letter)
    session.flush()
    session.add(FollowerLetter(letter_id=letter.id, follower_id=follower.id, follow_id=follow_id))
    add_job(session, SEND_LETTER, letter.id, now)
    return letter
