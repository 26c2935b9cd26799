"""Signifiers of a stage, and what each teller answered: the meaning that people give to their own stories."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from involve.models.base import Base


class Signifier(Base):
    """One question about the meaning of a story, in both languages."""

    __tablename__ = "signifier"
    __table_args__ = (
        UniqueConstraint("stage_id", "key"),
        CheckConstraint("kind in ('triad', 'scale', 'choice', 'frequency')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    # What forms and files call it; never shown.
    key: Mapped[str]
    kind: Mapped[str]
    position: Mapped[int]
    question_cy: Mapped[str]
    question_en: Mapped[str]
    # Corners, ends or answers: [{"id", "cy", "en"}, …].
    labels: Mapped[list[Any]] = mapped_column(JSON, default=list)


class Signification(Base):
    """What the teller of one story answered to one signifier; who skipped it has no row."""

    __tablename__ = "signification"
    __table_args__ = (
        # Shares of the three corners, in whole per cent.
        CheckConstraint("a >= 0 and b >= 0 and c >= 0 and a + b + c = 100", name="inside_triangle"),
        CheckConstraint("place between 0 and 100", name="place"),
        CheckConstraint("fits or (a is null and place is null and answer is null)", name="fits"),
        CheckConstraint("(a is null) = (b is null) and (b is null) = (c is null)", name="whole_triad"),
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    signifier_id: Mapped[int] = mapped_column(
        ForeignKey("signifier.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    # False where the teller said that it does not fit their story.
    fits: Mapped[bool]
    a: Mapped[int | None]
    b: Mapped[int | None]
    c: Mapped[int | None]
    # Of a scale: 0 is its first end, 100 its second.
    place: Mapped[int | None]
    # Of a choice: the id of its label; of a frequency: one of vocabulary.signifiers.
    answer: Mapped[str | None]
