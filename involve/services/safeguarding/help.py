"""Help without waiting: whether a story speaks of danger, read in the same request where no worker has read it yet."""

from datetime import datetime

from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Story
from involve.services.reading.learning import reading_in_use
from involve.services.safeguarding.alerts import tell_of_concerns
from involve.services.safeguarding.concerns import raise_by_machine, stand
from involve.text.codebook import load_builtin
from involve.text.pipeline import analyse


def look_for_risk(factory: SessionFactory, story_id: int, now: datetime) -> bool:
    """Whether a story speaks of danger, so that help is shown first.

    Where the machine has read it, that is known. Where it waits for a slow worker, its risk is read here and now, and
    those on duty are told: neither the teller nor they wait for a worker. Everything else stays the worker's to read.
    """
    with factory() as session:
        story = session.get_one(Story, story_id)
        if story.at_risk or story.tagged_at is not None:
            return story.at_risk
        risk = analyse(story.text, load_builtin(), reading=reading_in_use(session)).risk
    if risk:
        with transaction(factory) as session:
            _keep_risk(session, story_id, [[passage.start, passage.end] for passage in risk], now)
    return bool(risk)


def _keep_risk(session: Session, story_id: int, risk: list[list[int]], now: datetime) -> None:
    """Keep what was noticed in a story, raise the concern and tell of it, unless a worker did all that meanwhile."""
    story = session.get_one(Story, story_id, with_for_update=True)
    if story.state == "withdrawn" or story.tagged_at is not None:
        return
    story.risk = risk
    stand(story, True)
    raise_by_machine(session, story, now)
    tell_of_concerns(session, now)
