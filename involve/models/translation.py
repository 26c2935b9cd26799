"""Translations that staff make of published stories: a labelled text beside the original, never the record."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Translation(Base):
    """What a person made of the published words of one story in one language.

    It is public only while `state` is 'published' and `of_text_hash` is the hash of the words that are published now.
    """

    __tablename__ = "translation"
    __table_args__ = (
        UniqueConstraint("story_id", "language"),
        CheckConstraint("language in ('cy', 'en')", name="language"),
        CheckConstraint("state in ('draft', 'published', 'stale', 'questioned')", name="state"),
        Index("ix_translation_state", "state", "language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    language: Mapped[str]
    text: Mapped[str]
    of_text_hash: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    # Who wrote these words last; nobody where a command took them in.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    written_at: Mapped[datetime]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_at: Mapped[datetime | None]
    # When the teller said that this is not what they meant, and their words about it, for those who translate.
    questioned_at: Mapped[datetime | None]
    question: Mapped[str | None]
