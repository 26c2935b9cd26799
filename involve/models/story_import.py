"""A file of stories that a member of staff is bringing in: what was said of it, and how far it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class StoryImport(Base):
    """One file. Its words are not here but in a file beside the database, which is gone within the hour.

    Only whoever sent it can see it; `key`, which nobody can guess, stands in its address and names the file.
    """

    __tablename__ = "story_import"
    __table_args__ = (
        CheckConstraint("state in ('sent', 'looking', 'looked', 'taking', 'done', 'failed')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    # What the file was called.
    name: Mapped[str]
    # The names of the columns, the line that they stand in, and what to know of how the file was read.
    columns: Mapped[list[Any]]
    heading: Mapped[int]
    notes: Mapped[list[Any]]
    # What its sender said of it: which column is what, the source, whose stories, and what was agreed to.
    plan: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="sent")
    # Rows, and those that the pass under way has done.
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    # Numbers of rows by what becomes of them, and lines with the reason why they cannot be taken. No words.
    found: Mapped[dict[str, Any]]
    sent_at: Mapped[datetime]
    ends_at: Mapped[datetime]
