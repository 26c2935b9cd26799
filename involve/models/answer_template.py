"""Answers that a project saves, to begin from when many are told at once."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class AnswerTemplate(Base):
    """The words of an answer in both languages, with fields such as {reference}. Staff wrote them before any story."""

    __tablename__ = "answer_template"
    __table_args__ = (UniqueConstraint("project_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    # What staff know it by, in whichever language they like.
    name: Mapped[str]
    words_cy: Mapped[str]
    words_en: Mapped[str]
    # Who changed it last, and when.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[datetime]
