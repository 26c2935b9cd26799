"""What staff tell participants, an answer or a notice, and the state of telling it to each of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from involve.models.base import Base


class Reply(Base):
    """What staff tell the tellers of one story or of many. What is public stands in both languages.

    An answer is about what was told. A notice (that a promise was changed, say) answers nobody: no duty is kept by it.
    What differs from teller to teller stands in the words as a field, such as {reference}, and is filled when read.
    """

    __tablename__ = "reply"
    __table_args__ = (
        CheckConstraint("text_cy is not null or text_en is not null", name="some_words"),
        CheckConstraint("kind in ('answer', 'notice')", name="kind"),
        CheckConstraint("not public or (text_cy is not null and text_en is not null)", name="public_in_both"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    text_cy: Mapped[str | None]
    text_en: Mapped[str | None]
    # Also shown on the page of what changed.
    public: Mapped[bool] = mapped_column(default=False)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    written_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(default="answer")
    # The decision that it tells of.
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)

    messages: Mapped[list["Message"]] = relationship(back_populates="reply", cascade="all, delete-orphan")


class Message(Base):
    """The state of one reply to one story's teller. By code there is nothing to send: it is due until read.

    `letter_id` is the letter that says that there is something new; several replies may be told of by one.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("reply_id", "story_id", "channel"),
        CheckConstraint("state in ('due', 'sent', 'failed', 'read')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id", ondelete="CASCADE"))
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(default="code")
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default="due")
    read_at: Mapped[datetime | None]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id", ondelete="SET NULL"), index=True)

    reply: Mapped[Reply] = relationship(back_populates="messages")
