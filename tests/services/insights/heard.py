"""Insights for tests: logged by someone, in a project with others beside it."""

from typing import Any
from uuid import uuid4

from involve.database import SessionFactory, transaction
from involve.models import User
from involve.services.insights.insight_draft import InsightDraft
from involve.services.insights.insights import log_insight
from involve.services.staff.access import Actor
from tests.factories import CODE_KEY, NOW, make_staff

ENGLISH = "People keep telling me that the evening bus is gone and they cannot get home from work."
WELSH = "Mae pobl yn dweud wrtha i dro ar ôl tro nad oes bws gyda’r nos i fynd adref o’r gwaith."


def log(factory: SessionFactory, actor: Actor, text: str = ENGLISH, **said: Any) -> int:
    """Log an insight and return its id."""
    with transaction(factory) as session:
        draft = InsightDraft(**{"project": "bywyd-da", "text": text, **said})
        return log_insight(session, actor, draft, uuid4(), NOW, CODE_KEY)


def worker_who_reads(factory: SessionFactory, language: str) -> Actor:
    """Return a front-line worker who is written to in that language."""
    with transaction(factory) as session:
        actor = make_staff(session, "worker")
        session.get_one(User, actor.user_id).language = language
    return actor
