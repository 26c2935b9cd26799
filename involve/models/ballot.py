"""A ballot: a question of a stage with options, who put each forward, and what each code voted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from involve.models.base import Base
from involve.models.project import Stage


class Ballot(Base):
    """What is weighed. Whether it is open follows from its days once staff have opened it.

    `version` counts its question and options together: who votes or edits says which they read.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint("method in ('approval', 'ranked')", name="method"),
        CheckConstraint("opens_on <= closes_on", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    question_cy: Mapped[str]
    question_en: Mapped[str]
    # An id of vocabulary.methods.
    method: Mapped[str]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    # When staff settled its options; None while options may still be put forward.
    opened_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    stage: Mapped[Stage] = relationship()
    options: Mapped[list["Option"]] = relationship(
        back_populates="ballot", cascade="all, delete-orphan", order_by="(Option.position, Option.id)"
    )


class Option(Base):
    """One option, or what a participant puts forward as one, which has one language until staff accept it."""

    __tablename__ = "option"
    __table_args__ = (
        CheckConstraint("voice in ('staff', 'participant')", name="voice"),
        CheckConstraint("state in ('proposed', 'accepted', 'declined')", name="state"),
        CheckConstraint("language in ('cy', 'en')", name="language"),
        CheckConstraint("state <> 'accepted' or (title_cy <> '' and title_en <> '')", name="both_languages"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"), index=True)
    # Empty in the language in which nobody has written it yet.
    title_cy: Mapped[str]
    title_en: Mapped[str]
    text_cy: Mapped[str]
    text_en: Mapped[str]
    voice: Mapped[str]
    state: Mapped[str]
    # Whose it is, so that they see what became of it; an option that was accepted outlives its teller's story.
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id", ondelete="SET NULL"), index=True)
    # The language in which a participant wrote it.
    language: Mapped[str | None]
    # Why it was declined, in the participant's reply language.
    reason: Mapped[str | None]
    position: Mapped[int]

    ballot: Mapped[Ballot] = relationship(back_populates="options")


class Vote(Base):
    """What one code voted: ids of options, for a ranked ballot in order. A later word replaces it until the end."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("ballot_id", "story_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"))
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    choices: Mapped[list[Any]] = mapped_column(JSON)
    cast_at: Mapped[datetime]
