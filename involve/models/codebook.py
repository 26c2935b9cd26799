"""A project's codebook in versions: its themes with what each means, and by which version a story was last tagged."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from involve.models.base import Base


class CodebookVersion(Base):
    """One version of a codebook: a draft until it is released, and from then on never changed."""

    __tablename__ = "codebook_version"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("number > 0", name="counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    # 1, 2, … in each project. At most the last one is a draft.
    number: Mapped[int]
    started_at: Mapped[datetime]
    started_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    released_at: Mapped[datetime | None]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    themes: Mapped[list["CodebookTheme"]] = relationship(
        cascade="all, delete-orphan", order_by="CodebookTheme.position"
    )


class CodebookTheme(Base):
    """A theme as it stands in one version. `key` is the same in every version; `revision` counts its changes."""

    __tablename__ = "codebook_theme"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("codebook_version.id", ondelete="CASCADE"))
    key: Mapped[str]
    position: Mapped[int]
    # Any of these may be empty in a draft.
    name_cy: Mapped[str]
    name_en: Mapped[str]
    definition_cy: Mapped[str]
    definition_en: Mapped[str]
    includes_cy: Mapped[str]
    includes_en: Mapped[str]
    excludes_cy: Mapped[str]
    excludes_en: Mapped[str]
    cues_cy: Mapped[list[Any]] = mapped_column(JSON, default=list)
    cues_en: Mapped[list[Any]] = mapped_column(JSON, default=list)
    # A retired theme suggests nothing any more; what people said of it keeps its name.
    retired: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class ThemeReading(Base):
    """That the machine read a story for themes, and by which version: what is missing or behind is still to be read."""

    __tablename__ = "theme_reading"

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("codebook_version.id", ondelete="CASCADE"), index=True)
    read_at: Mapped[datetime]
