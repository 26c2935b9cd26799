"""The decisions that a published story is behind: by its words, or by themes that were followed or not, and why."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Decision, DecisionTheme, Publication
from involve.services.deciding.behind import cited_sides, decisions_ahead, holds_story
from involve.services.deciding.outcomes import list_outcomes, status_of
from involve.vocabulary.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class ThemeAhead:
    """A theme that a story is in. `followed`: whether the decision follows it; `reason`: why, where that was said."""

    name: Bilingual
    followed: bool
    reason: Bilingual | None


@dataclass(frozen=True, slots=True)
class DecisionAhead:
    """A published decision that a story is behind.

    `relied_on`: words of the story are cited for it; `against`: words of it are cited against it. `status` is an id of
    vocabulary.outcomes.
    """

    id: int
    title: Bilingual
    decided_on: date | None
    status: str
    relied_on: bool
    against: bool
    themes: tuple[ThemeAhead, ...]


def list_ahead(session: Session, story_id: int) -> tuple[DecisionAhead, ...]:
    """Return the published decisions that a published story is behind, newest first."""
    return tuple(_ahead(session, each, story_id) for each in decisions_ahead(session, story_id))


def list_ahead_of(session: Session, reference: str) -> tuple[DecisionAhead, ...]:
    """Return the same for the published story with that *reference*; none where there is none."""
    found = session.scalar(select(Publication.story_id).where(Publication.reference == reference))
    return () if found is None else list_ahead(session, found)


def _ahead(session: Session, decision_id: int, story_id: int) -> DecisionAhead:
    row = session.get_one(Decision, decision_id)
    sides = cited_sides(session, (decision_id,), story_id)
    return DecisionAhead(
        id=row.id,
        title=Bilingual(row.title_cy, row.title_en),
        decided_on=row.decided_on,
        status=status_of(row.state, list_outcomes(session, row.id)),
        relied_on=(row.id, "for") in sides,
        against=(row.id, "against") in sides,
        themes=_themes(session, row.id, story_id),
    )


def _themes(session: Session, decision_id: int, story_id: int) -> tuple[ThemeAhead, ...]:
    """Return the themes of a decision that a story is in and of which somebody said whether it follows them."""
    rows = session.scalars(
        select(DecisionTheme)
        .where(
            DecisionTheme.decision_id == decision_id,
            DecisionTheme.standing != "open",
            holds_story(story_id),
        )
        .order_by(DecisionTheme.standing, DecisionTheme.id)
    )
    return tuple(
        ThemeAhead(
            Bilingual(row.name_cy, row.name_en),
            row.standing == "followed",
            Bilingual(row.reason_cy, row.reason_en) if row.reason_cy else None,
        )
        for row in rows
    )
