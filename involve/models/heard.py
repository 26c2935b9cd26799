"""Whom projects have heard: numbers that may be shown, each added once by a monthly snapshot and never changed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class HeardSnapshot(Base):
    """That a snapshot was taken in a month, known by its first day: one only, so that nobody learns from its time."""

    __tablename__ = "heard_snapshot"

    month: Mapped[date] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime]


class HeardCount(Base):
    """How many more of a group a snapshot found, five or more. Without a project: gathered from several projects.

    The question "told" counts, with any number, the stories that the project was told since its last turn.
    """

    __tablename__ = "heard_count"
    __table_args__ = (UniqueConstraint("month", "project_id", "question", "answer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(ForeignKey("heard_snapshot.month"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    question: Mapped[str]
    answer: Mapped[str]
    number: Mapped[int]
