"""What staff and the teller of a story say to each other, privately, by code and without an account."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Remark(Base):
    """One thing said to the other side. Nobody else ever reads it, and it goes with the story.

    A question of staff waits for an answer; `about_id` is the question that an answer, or a wish not to answer, is
    about. `read_at` is when the other side first saw it.
    """

    __tablename__ = "remark"
    __table_args__ = (
        CheckConstraint("voice in ('participant', 'staff')", name="voice"),
        CheckConstraint("kind in ('question', 'remark', 'answer', 'declined')", name="kind"),
        CheckConstraint("kind <> 'question' or voice = 'staff'", name="staff_ask"),
        CheckConstraint("language in ('cy', 'en', 'mixed', 'und')", name="language"),
        Index("ix_remark_story", "story_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    about_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id", ondelete="CASCADE"))
    voice: Mapped[str]
    kind: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
