"""Counts of what is not public: on which days was counted, which stories were counted together, and the numbers."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class SnapshotDay(Base):
    """A Monday as of which was counted."""

    __tablename__ = "snapshot_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    counted_at: Mapped[datetime]


class Batch(Base):
    """Stories of a project that are counted together, once: those that still wait, or a group that is closed for good.

    `size` is how many there were at the last look; `closed_on` the Monday on which the group was large enough.
    """

    __tablename__ = "batch"
    __table_args__ = (Index("ix_batch_project_id", "project_id", "kind", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    # An id of services.snapshots.kinds.
    kind: Mapped[str]
    # Of the stories; 'all' where languages are counted together.
    language: Mapped[str]
    # The influence that the body claimed then (an id of vocabulary.influence), where that matters.
    claimed: Mapped[str | None]
    size: Mapped[int]
    looked_on: Mapped[date]
    closed_on: Mapped[date | None]
    # When most of its stories had been withdrawn; nothing of it is shown since.
    dropped_on: Mapped[date | None]


class BatchNumber(Base):
    """One number of a group, and whether it may be shown. While the group waits none may."""

    __tablename__ = "batch_number"
    __table_args__ = (UniqueConstraint("batch_id", "measure"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"))
    measure: Mapped[str]
    number: Mapped[int]
    shown: Mapped[bool]


class BatchStory(Base):
    """That a story is counted in a closed group, so that it is never counted again for the same question."""

    __tablename__ = "batch_story"

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"), index=True)
