"""An insight: what a member of staff keeps hearing. Second-hand, so a table of its own and never among stories."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Insight(Base):
    """One thing heard, in the words of who heard it, and about how many people it was heard from."""

    __tablename__ = "insight"
    __table_args__ = (
        UniqueConstraint("project_id", "source", "source_key"),
        CheckConstraint("people is null or people > 0", name="people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    text: Mapped[str]
    language: Mapped[str]
    # About how many people said so; None where nobody counted.
    people: Mapped[int | None]
    # Whose file, and "id:…" or "text:<hash>" within it, as for stories.
    source: Mapped[str]
    source_key: Mapped[str]
    received_at: Mapped[datetime]
