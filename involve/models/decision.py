"""A decision, the panel of co-owners whose agreement it may need, and what each of them said."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from involve.models.base import Base
from involve.models.project import Project, Stage


class Decision(Base):
    """What is decided on the question of a stage. `version` counts its texts: agreement is to one of them."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'proposed', 'published')", name="state"),
        CheckConstraint("(state = 'published') = (published_at is not null)", name="published_when"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    title_cy: Mapped[str]
    title_en: Mapped[str]
    text_cy: Mapped[str]
    text_en: Mapped[str]
    # How people's views changed the options, or why they did not.
    change_cy: Mapped[str]
    change_en: Mapped[str]
    # What had to be decided; empty where the stage's own question says it.
    question_cy: Mapped[str] = mapped_column(default="")
    question_en: Mapped[str] = mapped_column(default="")
    # Who decided ("the Board's planning committee"), and when they did.
    decided_by_cy: Mapped[str] = mapped_column(default="")
    decided_by_en: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    # What it stood on when it was published: passages for it, the published stories these are from, and all that
    # the project had then; beside that, passages against it.
    passages_then: Mapped[int | None]
    against_then: Mapped[int | None]
    stories_then: Mapped[int | None]
    heard_then: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="draft")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    proposed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    project: Mapped[Project] = relationship()
    stage: Mapped[Stage] = relationship()
    agreements: Mapped[list["Agreement"]] = relationship(
        back_populates="decision", cascade="all, delete-orphan", order_by="Agreement.id"
    )


class Seat(Base):
    """A place on a project's panel: a participant's, who comes in by the code of their story."""

    __tablename__ = "seat"
    __table_args__ = (
        CheckConstraint("state in ('offered', 'taken', 'left')", name="state"),
        UniqueConstraint("project_id", "story_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(default="offered")
    offered_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Agreement(Base):
    """What one seat said of one version of a decision; a later word replaces it, a new version asks again."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("decision_id", "seat_id", "version"),
        CheckConstraint("verdict in ('agree', 'disagree')", name="verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    verdict: Mapped[str]
    # In the member's own words; read by staff and shown to the public only in numbers.
    reason: Mapped[str]
    given_at: Mapped[datetime]

    decision: Mapped[Decision] = relationship(back_populates="agreements")
