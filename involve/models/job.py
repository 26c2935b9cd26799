"""Work to be done later, as a row written in the same transaction as what caused it. This table is the truth."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Job(Base):
    """One thing to do to one subject. A lease that ran out means that its holder died; the job is due again."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state in ('due', 'leased', 'done', 'failed')", name="state"),
        Index("ix_job_due", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[int]
    state: Mapped[str] = mapped_column(default="due")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    lease_ends_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    # The class of the last error; never its words, which might hold a story's.
    last_error: Mapped[str | None]
