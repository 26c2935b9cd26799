"""Which stories of a project are nearly the same: copies and letters of a campaign, which are said and never hidden."""

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class CopyKey(Base):
    """A hash of some of a story's words; two stories that share one may be nearly the same."""

    __tablename__ = "copy_key"
    __table_args__ = (Index("ix_copy_key_project_id_key", "project_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    key: Mapped[int] = mapped_column(BigInteger)


class Likeness(Base):
    """A story in a group of stories that are nearly the same; `first_id` is the oldest of them, and names the group."""

    __tablename__ = "likeness"

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
