"""Concerns that someone may be at risk: who is named to act on them, what was raised, who was told, what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from involve.models.base import Base


class DutyPerson(Base):
    """A member of staff who is named to act on concerns: of a body, or of one project in place of the body's."""

    __tablename__ = "duty_person"
    __table_args__ = (
        CheckConstraint("part in ('duty', 'deputy')", name="part"),
        UniqueConstraint("body_id", "project_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    part: Mapped[str]
    # Days of the week, Monday 0; an empty list is every day.
    days: Mapped[list[Any]] = mapped_column(JSON, default=list)
    named_at: Mapped[datetime]
    named_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Concern(Base):
    """One flag on one story. At most one of a story is open, and the machine raises each story once.

    `closed_at` without `closed_by` never stands. Whoever wrote the outcome stands in `outcome_by`; the gravest are
    closed by somebody else.
    """

    __tablename__ = "concern"
    __table_args__ = (
        CheckConstraint("raised_by in ('machine', 'staff')", name="raised_by"),
        Index(
            "uq_concern_open",
            "story_id",
            unique=True,
            sqlite_where=text("closed_at is null"),
            postgresql_where=text("closed_at is null"),
        ),
        Index(
            "uq_concern_machine",
            "story_id",
            unique=True,
            sqlite_where=text("raised_by = 'machine'"),
            postgresql_where=text("raised_by = 'machine'"),
        ),
        Index("ix_concern_waiting", "closed_at", "acknowledged_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    raised_at: Mapped[datetime]
    raised_by: Mapped[str]
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # For staff only, as is `note`.
    reason: Mapped[str | None]
    # When the duty person, and when the others, were told; None while nobody could be.
    told_at: Mapped[datetime | None]
    late_told_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # An id of vocabulary.concerns.
    outcome: Mapped[str | None]
    note: Mapped[str | None]
    outcome_at: Mapped[datetime | None]
    outcome_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    alerts: Mapped[list["ConcernAlert"]] = relationship(
        cascade="all, delete-orphan", order_by="ConcernAlert.id"
    )


class ConcernAlert(Base):
    """That somebody was told of a concern, once for each reason: they are on duty, or nobody acknowledged it."""

    __tablename__ = "concern_alert"
    __table_args__ = (
        CheckConstraint("why in ('duty', 'late')", name="why"),
        UniqueConstraint("concern_id", "user_id", "why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    why: Mapped[str]
    at: Mapped[datetime]
