"""A story as it was told, and what its teller agreed to. Nothing of these tables is public."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from involve.models.base import Base
from involve.models.project import Project, Stage


class Story(Base):
    """One account of lived experience in someone's own words, kept exactly as it came.

    Only keyed hashes of the participant's code and of the client's id are stored. A withdrawn story keeps
    its row, without content, so that a late repeat of the same submission cannot bring it back.
    """

    __tablename__ = "story"
    __table_args__ = (
        CheckConstraint("state in ('received', 'published', 'held', 'declined', 'withdrawn')", name="state"),
        CheckConstraint("told_as in ('own', 'on_behalf')", name="told_as"),
        CheckConstraint("proxy in ('permission', 'child', 'entitled')", name="proxy"),
        CheckConstraint("reply_language in ('cy', 'en')", name="reply_language"),
        UniqueConstraint("project_id", "source", "source_key"),
        # The queue reads nothing else until it knows which stories to show.
        Index("ix_story_queue", "project_id", "state", "at_risk", "received_at", "id", "language", "noticed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    text: Mapped[str]
    language: Mapped[str] = mapped_column(default="und")
    page_language: Mapped[str]
    reply_language: Mapped[str]
    told_as: Mapped[str]
    # GSS code of a local authority, the finest place that is ever kept.
    area: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="received")
    received_at: Mapped[datetime]
    client_hash: Mapped[str | None] = mapped_column(unique=True)
    content_hash: Mapped[str]
    code_hash: Mapped[str | None] = mapped_column(unique=True)
    # Imported stories only: whose file, and "id:…" or "text:<hash>" within it.
    source: Mapped[str | None]
    source_key: Mapped[str | None]
    # What the machine noticed: lists of [start, end, kind], [start, end] and reasons.
    personal: Mapped[list[Any]] = mapped_column(JSON, default=list)
    risk: Mapped[list[Any]] = mapped_column(JSON, default=list)
    spam: Mapped[list[Any]] = mapped_column(JSON, default=list)
    # Passages that may threaten or hate somebody: [start, end].
    abuse: Mapped[list[Any]] = mapped_column(JSON, default=list)
    # Which of these there are, as the sum of `vocabulary.noticed` bits, so that the queue can be filtered.
    noticed: Mapped[int] = mapped_column(default=0)
    # Whether `risk` holds anything: such stories stand first in the queue.
    at_risk: Mapped[bool] = mapped_column(default=False)
    # When the machine had read it, and when a person first did.
    tagged_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    # When its original words had been kept long enough and were erased; what the project keeps public may stay.
    erased_at: Mapped[datetime | None]
    # Of a story told on behalf: by what right, an id of vocabulary.proxies; None where nobody was asked.
    proxy: Mapped[str | None]
    # When its teller last looked at it, so that they are told what is new.
    visited_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()
    stage: Mapped[Stage] = relationship()
    consents: Mapped[list["Consent"]] = relationship(cascade="all, delete-orphan", order_by="Consent.id")


class Consent(Base):
    """One answer about one use of a story; a later row about the same use replaces an earlier one."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("use in ('read', 'publish', 'quote', 'share', 'research', 'learn')", name="use"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    use: Mapped[str]
    given: Mapped[bool]
    wording_version: Mapped[str]
    wording_language: Mapped[str]
    answered_at: Mapped[datetime]
