"""The audit trail: who did what to which row, when. It never holds anybody's words, and is only ever added to."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from involve.models.base import Base


class Event(Base):
    """One line of the audit trail. `actor` is participant, staff, machine or command.

    `place` and `mark` are given at the commit (`models.chain`): each mark holds the one before it, so that a line that
    was changed, left out or put in by hand is found. The database itself refuses to change or delete a line.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_subject", "subject", "subject_id", "at"),
        Index("ix_event_place", "place", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[int]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    place: Mapped[int | None]
    mark: Mapped[str | None]
