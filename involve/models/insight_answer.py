"""What is answered to those who logged insights, what each was told, and which stories and insights say the same."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from involve.models.base import Base
from involve.models.decision import Decision


class InsightAnswer(Base):
    """An answer to one insight or to several: what came of it, and why, in one language or both."""

    __tablename__ = "insight_answer"
    __table_args__ = (
        CheckConstraint("outcome in ('heard', 'looking', 'decided', 'changed', 'cannot')", name="outcome"),
        CheckConstraint(
            "outcome <> 'cannot' or text_cy is not null or text_en is not null", name="cannot_says_why"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    outcome: Mapped[str]
    text_cy: Mapped[str | None]
    text_en: Mapped[str | None]
    # The decision that it reached, where there is one.
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[datetime]

    decision: Mapped[Decision | None] = relationship()


class InsightTold(Base):
    """That one insight was given an answer, and when its author read it. The latest of them is where it stands."""

    __tablename__ = "insight_told"
    __table_args__ = (UniqueConstraint("answer_id", "insight_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("insight_answer.id", ondelete="CASCADE"))
    insight_id: Mapped[int] = mapped_column(ForeignKey("insight.id", ondelete="CASCADE"), index=True)
    read_at: Mapped[datetime | None]

    answer: Mapped[InsightAnswer] = relationship()


class InsightLink(Base):
    """What staff said of an insight and a story, or another insight: that they say the same thing, or do not."""

    __tablename__ = "insight_link"
    __table_args__ = (
        UniqueConstraint("insight_id", "story_id"),
        UniqueConstraint("insight_id", "other_id"),
        CheckConstraint("(story_id is null) <> (other_id is null)", name="one_other"),
        CheckConstraint("verdict in ('same', 'different')", name="verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    insight_id: Mapped[int] = mapped_column(ForeignKey("insight.id", ondelete="CASCADE"))
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    # Of two insights the one with the smaller number is `insight_id`.
    other_id: Mapped[int | None] = mapped_column(ForeignKey("insight.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
