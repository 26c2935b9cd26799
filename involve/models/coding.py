"""Coding by hand: a round over a sample of published stories, who codes in it, and what each marked."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class CodingRound(Base):
    """A sample of a project's published stories, coded by one version of its codebook; the same for each coder."""

    __tablename__ = "coding_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("codebook_version.id"))
    # What the sample was drawn with, so that it can be drawn again.
    seed: Mapped[int]
    started_at: Mapped[datetime]
    started_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None]


class CodingStory(Base):
    """A story of the sample. It leaves with the published form."""

    __tablename__ = "coding_story"
    __table_args__ = (UniqueConstraint("round_id", "publication_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("coding_round.id", ondelete="CASCADE"))
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]


class Coder(Base):
    """A member of staff who codes in a round, and when they said that they had finished."""

    __tablename__ = "coder"
    __table_args__ = (UniqueConstraint("round_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("coding_round.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    joined_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class CodedStory(Base):
    """That a coder is done with a story, so that a sentence without a mark says something."""

    __tablename__ = "coded_story"

    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id", ondelete="CASCADE"), primary_key=True)
    coding_story_id: Mapped[int] = mapped_column(
        ForeignKey("coding_story.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    done_at: Mapped[datetime]


class CodedPassage(Base):
    """A sentence that a coder put under a theme; positions are in the published words."""

    __tablename__ = "coded_passage"
    __table_args__ = (
        UniqueConstraint("coder_id", "coding_story_id", "theme", "start"),
        CheckConstraint("0 <= start and start < stop", name="some_words"),
        CheckConstraint("stance in ('strength', 'concern', 'idea', 'mixed')", name="stance"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id", ondelete="CASCADE"))
    coding_story_id: Mapped[int] = mapped_column(
        ForeignKey("coding_story.id", ondelete="CASCADE"), index=True
    )
    # The key of a theme of the round's version.
    theme: Mapped[str]
    start: Mapped[int]
    stop: Mapped[int]
    # None where the coder said nothing of it.
    stance: Mapped[str | None]
