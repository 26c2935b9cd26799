"""How a teller wants to be told that there is something new. Kept apart from the story, and sealed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Contact(Base):
    """One address or number of the teller of one story. `sealed` opens only with a key that is not in the database."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("channel in ('email', 'text')", name="channel"),
        CheckConstraint("language in ('cy', 'en')", name="language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), unique=True)
    channel: Mapped[str] = mapped_column(default="email")
    sealed: Mapped[str]
    language: Mapped[str]
    added_at: Mapped[datetime]
    # When it turned out that nothing arrives there; then it is not written to any more.
    failed_at: Mapped[datetime | None]
