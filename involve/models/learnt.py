"""What the reading of this site learnt from its own people, and from whose stories, so that it can be forgotten."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Learnt(Base):
    """One learning: how the weights moved. `state` says whether reading uses it.

    `mark` is that of the weights it starts from: with others it means nothing. `changes` is empty once it is off.
    """

    __tablename__ = "learnt"
    __table_args__ = (CheckConstraint("state in ('used', 'no_better', 'off')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    state: Mapped[str]
    mark: Mapped[str]
    stories: Mapped[int]
    # On stories not learnt from: what people said, and how much of it reading would have said before and after.
    verdicts: Mapped[int]
    foretold_before: Mapped[int]
    foretold_after: Mapped[int]
    changes: Mapped[str]


class LearntStory(Base):
    """A story that a learning used; it goes with the learning when its teller takes their leave to learn back."""

    __tablename__ = "learnt_story"

    learnt_id: Mapped[int] = mapped_column(ForeignKey("learnt.id", ondelete="CASCADE"), primary_key=True)
    story_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"), primary_key=True, index=True
    )
