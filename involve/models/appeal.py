"""An appeal: a teller whose story was held or declined asks that somebody else looks at it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Appeal(Base):
    """One request for a second person, at most one for each judgement, and what came of it.

    `verdict` and `language` (that of the story) are those of the day on which it was asked for, for the public counts.
    `upheld` is whether the judgement stands, said by `user_id`; `sentence` is what they add for the teller.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint("verdict in ('held', 'declined')", name="verdict"),
        CheckConstraint("language in ('cy', 'en', 'mixed', 'und')", name="language"),
        CheckConstraint("sentence_language in ('cy', 'en')", name="sentence_language"),
        CheckConstraint("(decided_at is null) = (upheld is null)", name="decided"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgement.id", ondelete="CASCADE"), unique=True)
    verdict: Mapped[str]
    language: Mapped[str]
    # What the teller adds for the second person; only staff read it.
    words: Mapped[str | None]
    asked_at: Mapped[datetime]
    upheld: Mapped[bool | None]
    sentence: Mapped[str | None]
    sentence_language: Mapped[str | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    # When the teller first saw what came of it.
    seen_at: Mapped[datetime | None]
