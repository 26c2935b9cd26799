"""What staff hid of a story before publishing it, kept apart from the story itself."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Redaction(Base):
    """A span of the story's own text that stays hidden, in code points, and the kind that its mark names."""

    __tablename__ = "redaction"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    kind: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
