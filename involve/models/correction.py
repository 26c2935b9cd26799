"""A small change of the published wording, offered to the teller, who alone can agree; the story never changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from involve.models.base import Base


class Correction(Base):
    """Other words for a span of the story's own text, in code points, and what its teller says of them.

    `covers` are the hidden spans, [[start, end], …], that the words stand for where they replace something hidden: only
    these may lie within the span, so that what is hidden later is hidden whatever was agreed before.
    """

    __tablename__ = "correction"
    __table_args__ = (
        CheckConstraint("state in ('offered', 'accepted', 'refused', 'undone', 'taken_back')", name="state"),
        CheckConstraint('"start" < "end"', name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    replacement: Mapped[str]
    covers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default="offered")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    offered_at: Mapped[datetime]
    # When the teller first saw it, and when they last said something of it.
    seen_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
