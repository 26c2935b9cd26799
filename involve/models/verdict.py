"""What a participant says of the promise: before, afterwards, and whether anything changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Verdict(Base):
    """One participant's answers, by code. Each may be missing; each may be changed."""

    __tablename__ = "verdict"
    __table_args__ = (
        CheckConstraint("influence_before between 1 and 5", name="influence_before"),
        CheckConstraint("influence_after between 1 and 5", name="influence_after"),
        CheckConstraint("changed in ('yes', 'partly', 'no')", name="changed"),
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    # Whether one can influence decisions on the local area (national indicator 23), from 1, strongly disagree, to 5.
    influence_before: Mapped[int | None]
    influence_after: Mapped[int | None]
    # An id of vocabulary.influence: how much say it felt like.
    felt: Mapped[str | None]
    changed: Mapped[str | None]
    answered_at: Mapped[datetime]
