"""A tag: the link from passages of a story to a goal, a way of working or a theme, in one of three voices."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from involve.models.base import Base


class Tag(Base):
    """What one voice says of one concept. Voices stand side by side: disagreement is data."""

    __tablename__ = "tag"
    __table_args__ = (
        UniqueConstraint("story_id", "scheme", "concept", "voice"),
        CheckConstraint("scheme in ('goal', 'way', 'theme')", name="scheme"),
        CheckConstraint("voice in ('machine', 'participant', 'staff')", name="voice"),
        CheckConstraint("state in ('suggested', 'confirmed', 'rejected')", name="state"),
        # A machine only ever suggests; people confirm or reject, in rows of their own voice.
        CheckConstraint("(voice = 'machine') = (state = 'suggested')", name="machine_suggests"),
        CheckConstraint("stance in ('strength', 'concern', 'idea', 'mixed')", name="stance"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    scheme: Mapped[str]
    concept: Mapped[str]
    stance: Mapped[str]
    voice: Mapped[str]
    state: Mapped[str]
    # 0..1 for the machine, None for people.
    confidence: Mapped[float | None]
    # [[start, end], …] in code points of the story's own text.
    passages: Mapped[list[Any]] = mapped_column(JSON, default=list)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
