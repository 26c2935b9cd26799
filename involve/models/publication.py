"""What is public of a story: its redacted words and its tags. Public pages read only these tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from involve.models.base import Base


class Publication(Base):
    """The published form of one story, with nothing on it that a reader may not see.

    `keys` are the normal forms under which search finds it, of the published words only.
    """

    __tablename__ = "publication"
    __table_args__ = (
        # Newest first is the order of the ids; each filter keeps that order inside it.
        Index("ix_publication_project", "project_id", "id"),
        Index("ix_publication_area", "area", "id"),
        Index("ix_publication_language", "language", "id"),
        Index("ix_publication_published_at", "published_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), unique=True)
    reference: Mapped[str] = mapped_column(unique=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    text: Mapped[str]
    language: Mapped[str]
    area: Mapped[str | None]
    told_as: Mapped[str]
    # Whether the teller agreed that it may be quoted.
    quotable: Mapped[bool]
    # Whether its words were corrected with the teller's agreement.
    corrected: Mapped[bool] = mapped_column(default=False)
    keys: Mapped[str]
    published_at: Mapped[datetime]

    tags: Mapped[list["PublicationTag"]] = relationship(
        back_populates="publication", cascade="all, delete-orphan", order_by="PublicationTag.id"
    )


class PublicationTag(Base):
    """A tag as the public sees it: the strongest voice for one concept, and whether a person agreed."""

    __tablename__ = "publication_tag"
    __table_args__ = (
        UniqueConstraint("publication_id", "scheme", "concept"),
        Index("ix_publication_tag_concept", "scheme", "concept", "stance", "publication_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id", ondelete="CASCADE"))
    scheme: Mapped[str]
    concept: Mapped[str]
    stance: Mapped[str]
    # machine, participant or staff; only the last two are shown as agreed.
    voice: Mapped[str]
    # [[start, end], …] in code points of the published text.
    passages: Mapped[list[Any]] = mapped_column(JSON, default=list)

    publication: Mapped[Publication] = relationship(back_populates="tags")


class PublicationVector(Base):
    """What the published words mean, as numbers (`text.nearness`), and the mark of what made them.

    The database deletes it with the publication, and as soon as that has other words.
    """

    __tablename__ = "publication_vector"

    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publication.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    model: Mapped[str]
    vector: Mapped[bytes]
