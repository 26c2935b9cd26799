"""Makers for tests of telling: stories, a decision on some of them, and an answer to them."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Publication
from involve.services.moderation.replies import Answer, Sent, answer_stories
from involve.services.staff.access import Actor
from involve.services.telling.audience import Audience, list_audience
from tests.factories import NOW, make_story
from tests.returns import cite, make_decision

LATER = NOW + timedelta(days=1)
ANSWER = Answer("Bydd bws am saith.", "There will be a bus at seven.")


def tell(session: Session, words: str, **told: object) -> str:
    return make_story(session, text=words, tagged=False, **told).reference


def decide(session: Session, *behind: str, state: str = "published") -> int:
    """Return the id of a decision that stands on the published stories named."""
    decision_id = make_decision(session, state)
    for story_id in session.scalars(select(Publication.story_id).where(Publication.reference.in_(behind))):
        cite(session, decision_id, story_id)
    return decision_id


def send(session: Session, staff: Actor, references: list[str], answer: Answer = ANSWER) -> Sent:
    return answer_stories(session, staff, references, answer, LATER)


def to_tell(session: Session, staff: Actor, kind: str = "decision", **which: object) -> tuple[str, ...]:
    return list_audience(session, staff, Audience(kind, **which)).references  # type: ignore[arg-type]
