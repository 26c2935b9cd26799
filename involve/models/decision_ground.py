"""What a decision stands on: its options, the passages and themes it follows or does not, and what came of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from involve.models.base import Base
from involve.models.decision import Decision
from involve.models.publication import Publication


class DecisionOption(Base):
    """One thing that could have been decided, and why it was chosen or was not."""

    __tablename__ = "decision_option"
    __table_args__ = (UniqueConstraint("decision_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    position: Mapped[int]
    text_cy: Mapped[str]
    text_en: Mapped[str]
    chosen: Mapped[bool] = mapped_column(default=False)
    reason_cy: Mapped[str]
    reason_en: Mapped[str]


class DecisionTheme(Base):
    """Something that people said, and whether the decision follows it, with the reason.

    It is a theme that was made in a reading session (`theme_id`), or one that stories are tagged with (`scheme` and
    `concept`). The name is the decision's own copy: it stands when a theme goes with the story it came from.
    """

    __tablename__ = "decision_theme"
    __table_args__ = (
        UniqueConstraint("decision_id", "theme_id"),
        UniqueConstraint("decision_id", "scheme", "concept"),
        CheckConstraint("standing in ('open', 'followed', 'not_followed')", name="standing"),
        CheckConstraint("voice in ('machine', 'staff')", name="voice"),
        CheckConstraint("(scheme is null) = (concept is null)", name="concept_whole"),
        CheckConstraint("theme_id is null or concept is null", name="one_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"), index=True)
    scheme: Mapped[str | None]
    concept: Mapped[str | None]
    name_cy: Mapped[str]
    name_en: Mapped[str]
    # 'open' until somebody said whether the decision follows it.
    standing: Mapped[str] = mapped_column(default="open")
    reason_cy: Mapped[str]
    reason_en: Mapped[str]
    # Who put it on the list: the software, from the evidence, or staff.
    voice: Mapped[str]
    # Published stories in it when the decision was published.
    stories_then: Mapped[int | None]


class DecisionPassage(Base):
    """A passage of published words for the decision or against it; it goes with the publication it is from."""

    __tablename__ = "decision_passage"
    __table_args__ = (
        UniqueConstraint("decision_id", "publication_id", "start"),
        CheckConstraint("0 <= start and start < stop", name="some_words"),
        CheckConstraint("side in ('for', 'against')", name="side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]
    stop: Mapped[int]
    side: Mapped[str] = mapped_column(default="for")
    # Of words against it: whether the software found them the strongest, shown before it was published, and why they
    # did not change it (both languages or neither).
    strongest: Mapped[bool] = mapped_column(default=False)
    reason_cy: Mapped[str] = mapped_column(default="")
    reason_en: Mapped[str] = mapped_column(default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime]

    publication: Mapped[Publication] = relationship()


class Outcome(Base):
    """What came of a published decision, on a day: agreed, under way, done or not done, and in which words."""

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint("status in ('agreed', 'under_way', 'done', 'not_done')", name="status"),
        Index("ix_outcome_decision_id", "decision_id", "on_day", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    status: Mapped[str]
    text_cy: Mapped[str]
    text_en: Mapped[str]
    on_day: Mapped[date]
    noted_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    decision: Mapped[Decision] = relationship()
