"""Makers of what goes back to tellers, for tests: decisions, what they rely on and heard, and what came of them."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Decision, DecisionPassage, DecisionTheme, Outcome, Publication, Stage
from tests.factories import NOW

ON_DAY = date(2026, 4, 2)
REASON = ("Nid oes arian.", "There is no money.")


def make_decision(session: Session, state: str = "published", now: datetime = NOW) -> int:
    """Decide on the first stage, and return the id of the decision; it is new to who was here before *now*."""
    stage = session.scalars(select(Stage).order_by(Stage.id)).first()
    assert stage is not None
    row = Decision(
        project_id=stage.project_id,
        stage_id=stage.id,
        state=state,
        title_cy="Bws am wyth",
        title_en="A bus at eight",
        text_cy="Bydd bws am wyth.",
        text_en="There will be a bus at eight.",
        change_cy="",
        change_en="",
        created_at=now,
        decided_on=ON_DAY,
        published_at=now if state == "published" else None,
    )
    session.add(row)
    session.flush()
    return row.id


def cite(session: Session, decision_id: int, story_id: int, side: str = "for") -> None:
    """Have a decision rely on the first words of a published story, or stand beside them as being against it."""
    publication = session.scalars(select(Publication).where(Publication.story_id == story_id)).one()
    session.add(
        DecisionPassage(
            decision_id=decision_id,
            publication_id=publication.id,
            start=0,
            stop=5,
            side=side,
            added_at=NOW,
        )
    )
    session.flush()


def hear(
    session: Session,
    decision_id: int,
    concept: str | None = None,
    standing: str = "followed",
    theme_id: int | None = None,
) -> None:
    """Have a decision hear a goal, or a theme that people made; the goal's id is its name."""
    name = concept or "thema"
    session.add(
        DecisionTheme(
            decision_id=decision_id,
            theme_id=theme_id,
            scheme="goal" if concept else None,
            concept=concept,
            name_cy=name,
            name_en=name,
            standing=standing,
            reason_cy=REASON[0] if standing == "not_followed" else "",
            reason_en=REASON[1] if standing == "not_followed" else "",
            voice="staff",
        )
    )
    session.flush()


def note(
    session: Session, decision_id: int, status: str, on_day: date, now: datetime, words: bool = True
) -> None:
    """Note what came of a decision."""
    session.add(
        Outcome(
            decision_id=decision_id,
            status=status,
            text_cy="Mae’r bws yn rhedeg." if words else "",
            text_en="The bus runs." if words else "",
            on_day=on_day,
            noted_at=now,
        )
    )
    session.flush()
