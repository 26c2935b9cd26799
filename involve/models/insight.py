"""An insight: what a member of staff keeps hearing. Second-hand, so tables of its own and never among stories."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from involve.models.base import Base
from involve.models.project import Project


class Insight(Base):
    """One thing heard, in the words of who heard it, and about how many people it was heard from.

    One that its author took back stays as a line without words, so that no repeat brings it back.
    """

    __tablename__ = "insight"
    __table_args__ = (
        UniqueConstraint("project_id", "source", "source_key"),
        CheckConstraint("people is null or people > 0", name="people"),
        CheckConstraint("band is null or band in ('one', 'few', 'some', 'many')", name="band"),
        CheckConstraint("how is null or how in ('own', 'colleague', 'several')", name="how"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    text: Mapped[str]
    language: Mapped[str]
    # About how many people said so; None where nobody counted.
    people: Mapped[int | None]
    # Whose file, and "id:…" or "text:<hash>" within it, as for stories; for a page "site" and "sent:<hash>".
    source: Mapped[str]
    source_key: Mapped[str]
    received_at: Mapped[datetime]
    # Who hears it; None where a command brought it.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    # Ids of vocabulary.insights: about how many people, and how directly it was heard.
    band: Mapped[str | None]
    how: Mapped[str | None]
    # A GSS code.
    area: Mapped[str | None]
    # What its author would try.
    idea: Mapped[str | None]
    # Whether its author wants a letter once it is answered.
    wants_letter: Mapped[bool] = mapped_column(default=False)
    # [[start, end, kind], …] and [[start, end], …] in code points of the text, as for stories.
    personal: Mapped[list[Any]] = mapped_column(JSON, default=list)
    risk: Mapped[list[Any]] = mapped_column(JSON, default=list)
    at_risk: Mapped[bool] = mapped_column(default=False)
    # The normal forms of its words, encoded as on a publication: by them it meets what says the same.
    keys: Mapped[str] = mapped_column(default="")
    corrected_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()
    tags: Mapped[list["InsightTag"]] = relationship(
        cascade="all, delete-orphan", order_by="InsightTag.id", passive_deletes=True
    )


class InsightTag(Base):
    """What the software suggests that an insight is about. It counts nowhere among the tags of stories."""

    __tablename__ = "insight_tag"
    __table_args__ = (UniqueConstraint("insight_id", "scheme", "concept"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    insight_id: Mapped[int] = mapped_column(ForeignKey("insight.id", ondelete="CASCADE"))
    scheme: Mapped[str]
    concept: Mapped[str]
    stance: Mapped[str]
    confidence: Mapped[float]
    # [[start, end], …] in code points of the insight's text.
    passages: Mapped[list[Any]] = mapped_column(JSON, default=list)
