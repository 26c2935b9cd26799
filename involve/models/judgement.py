"""What moderators did with a story, step by step, so that each step can be seen, explained, reviewed and undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from involve.models.base import Base


class Judgement(Base):
    """One press of a moderator: a verdict, or only what is hidden ('redacted').

    `reason` is an id of `vocabulary.reasons`, `sentence` what the moderator adds for the teller, in `language`. What
    was before stands in `state_before` and `spans_before` (positions and kinds; null where nobody had decided on them).
    `pending` waits for a second person; `upheld` is what that person, or whoever heard an appeal, said.
    """

    __tablename__ = "judgement"
    __table_args__ = (
        CheckConstraint("verdict in ('redacted', 'published', 'held', 'declined')", name="verdict"),
        CheckConstraint("language in ('cy', 'en')", name="language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[str]
    reason: Mapped[str | None]
    sentence: Mapped[str | None]
    language: Mapped[str | None]
    state_before: Mapped[str]
    spans_before: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    # Whether this press changed what is hidden.
    hid: Mapped[bool] = mapped_column(default=False)
    pending: Mapped[bool] = mapped_column(default=False)
    # The same for all stories that were judged with one press.
    together: Mapped[str | None] = mapped_column(index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    upheld: Mapped[bool | None]
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reviewed_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None]
