"""What becomes of a promise: a rung that was changed in the open, and what a body says of a duty it did not keep."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class RungChange(Base):
    """A rung of a stage that was changed after it was announced: from which to which, why, and how people were told."""

    __tablename__ = "rung_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"), index=True)
    from_ladder: Mapped[str]
    from_rung: Mapped[str]
    to_ladder: Mapped[str]
    to_rung: Mapped[str]
    reason_cy: Mapped[str]
    reason_en: Mapped[str]
    changed_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # The public answer by which everyone who had taken part was told; None where nobody had.
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("reply.id"))


class DutyNote(Base):
    """What a body explains beside a duty; it stands beside the mark and never in its place."""

    __tablename__ = "duty_note"
    __table_args__ = (UniqueConstraint("stage_id", "duty"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id", ondelete="CASCADE"))
    # An id of vocabulary.duties.
    duty: Mapped[str]
    text_cy: Mapped[str]
    text_en: Mapped[str]
    written_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
