"""A project that is being set up: what staff wrote so far, section by section."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class ProjectDraft(Base):
    """Kept until the project is announced; `version` counts what was saved, so that two people overwrite nothing."""

    __tablename__ = "project_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(default=1)
    # By section, the values of its fields as text.
    data: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
