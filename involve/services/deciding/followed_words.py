"""Keeping the passages behind decisions in place when what is hidden of a published story changes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import DecisionPassage, Publication
from involve.services.publishing.moved_words import move_passages


def follow_cited_words(session: Session, publication: Publication, old: str) -> None:
    """Move the passages of a published story whose words were *old* to where the same words now stand.

    One of which something was hidden since goes: the decision stands, and its counts say that it is missing.
    """
    if publication.text == old:
        return
    rows = session.scalars(
        select(DecisionPassage).where(DecisionPassage.publication_id == publication.id)
    ).all()
    move_passages(session, rows, old, publication.text, lambda row: row.decision_id)
