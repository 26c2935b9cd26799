"""Those who follow by e-mail, without an account: an address, what it follows, and what was told to it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from involve.models.base import Base

LANGUAGES = "language in ('cy', 'en')"
PACES = "pace in ('at_once', 'daily', 'weekly', 'monthly')"


class Follower(Base):
    """One address. `sealed` opens only with a key that is not in the database; `mark` finds the same address again.

    Nothing is sent of what happens before `confirmed_at`, when whoever reads letters there said that they want it.
    """

    __tablename__ = "follower"
    __table_args__ = (CheckConstraint(LANGUAGES, name="language"), CheckConstraint(PACES, name="pace"))

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(unique=True)
    sealed: Mapped[str]
    language: Mapped[str]
    # An id of vocabulary.following.
    pace: Mapped[str]
    added_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    # When it turned out that nothing arrives there; then it is not written to any more.
    failed_at: Mapped[datetime | None]
    # When it was last looked whether there is something to tell.
    looked_at: Mapped[datetime | None]

    follows: Mapped[list["Follow"]] = relationship(
        back_populates="follower", cascade="all, delete-orphan", order_by="Follow.id"
    )


class Follow(Base):
    """One thing that somebody asked to follow. Language and pace are those asked for, and hold from `confirmed_at` on.

    A thing may go, or be hidden, while it is followed: `kind` and `subject` are as in vocabulary.following.
    """

    __tablename__ = "follow"
    __table_args__ = (
        UniqueConstraint("follower_id", "kind", "subject"),
        CheckConstraint(LANGUAGES, name="language"),
        CheckConstraint(PACES, name="pace"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    follower_id: Mapped[int] = mapped_column(ForeignKey("follower.id", ondelete="CASCADE"))
    kind: Mapped[str]
    subject: Mapped[str]
    language: Mapped[str]
    pace: Mapped[str]
    added_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    follower: Mapped[Follower] = relationship(back_populates="follows")


class FollowerLetter(Base):
    """That a letter goes to a follower; of one that asks for a confirmation, what it asks about."""

    __tablename__ = "follower_letter"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True)
    follower_id: Mapped[int] = mapped_column(ForeignKey("follower.id", ondelete="CASCADE"), index=True)
    follow_id: Mapped[int | None] = mapped_column(ForeignKey("follow.id", ondelete="SET NULL"), index=True)


class FollowerTold(Base):
    """That one follower was told one thing, in which letter; without a letter it had happened before they followed."""

    __tablename__ = "follower_told"

    follower_id: Mapped[int] = mapped_column(ForeignKey("follower.id", ondelete="CASCADE"), primary_key=True)
    # The key of an item of services.following.news.
    news: Mapped[str] = mapped_column(primary_key=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), index=True)
