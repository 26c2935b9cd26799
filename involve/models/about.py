"""What tellers say of themselves, voluntarily and after their story was told; never public, never on the story."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class AboutAnswer(Base):
    """One answer of the teller of one story. Once counted it is never counted again, whatever is changed or deleted."""

    __tablename__ = "about_answer"
    __table_args__ = (Index("ix_about_answer_counted", "counted", "question", "answer"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    # An id of vocabulary.about, and of one of its groups; None where the teller took the answer back.
    question: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str | None]
    wording_version: Mapped[str]
    wording_language: Mapped[str]
    answered_at: Mapped[datetime]
    counted: Mapped[bool] = mapped_column(default=False)
