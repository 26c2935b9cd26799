"""Themes that participants and staff make together from published passages, and the session in which they do it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from involve.models.base import Base
from involve.models.publication import Publication

_ONE_PERSON = "(story_id is null) or (user_id is null)"


class ReadingSession(Base):
    """The time in which the published stories of a project are read together for one stage."""

    __tablename__ = "reading_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), unique=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Theme(Base):
    """A group of passages under a name. `version` counts its names: a change is to one of them."""

    __tablename__ = "theme"
    __table_args__ = (
        UniqueConstraint("session_id", "topic"),
        CheckConstraint("voice in ('machine', 'participant', 'staff')", name="voice"),
        CheckConstraint(_ONE_PERSON, name="one_person"),
        CheckConstraint("name_cy <> '' or name_en <> ''", name="named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("reading_session.id", ondelete="CASCADE"))
    # Empty while nobody has written it in that language.
    name_cy: Mapped[str]
    name_en: Mapped[str]
    voice: Mapped[str]
    # Of the machine's: the topic that it goes by, so that it is suggested once.
    topic: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    # Who put it forward: the teller of a story, or a member of staff.
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id", ondelete="SET NULL"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    # Where somebody else asks to merge it, until who put it forward has answered; then where it went.
    asked_into_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))

    passages: Mapped[list["ThemePassage"]] = relationship(
        cascade="all, delete-orphan", order_by="ThemePassage.id"
    )
    words: Mapped[list["ThemeWord"]] = relationship(cascade="all, delete-orphan", order_by="ThemeWord.id")


class ThemePassage(Base):
    """A passage of published words that somebody put into a theme; positions are in those words."""

    __tablename__ = "theme_passage"
    __table_args__ = (
        UniqueConstraint("theme_id", "publication_id", "start"),
        CheckConstraint("0 <= start and start < stop", name="some_words"),
        CheckConstraint("voice in ('machine', 'participant', 'staff')", name="voice"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]
    stop: Mapped[int]
    voice: Mapped[str]
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime]

    publication: Mapped[Publication] = relationship()


class ThemeWord(Base):
    """What one reader said of one theme; a later word replaces it."""

    __tablename__ = "theme_word"
    __table_args__ = (
        UniqueConstraint("theme_id", "story_id"),
        UniqueConstraint("theme_id", "user_id"),
        CheckConstraint("(story_id is null) <> (user_id is null)", name="one_person"),
        CheckConstraint("verdict in ('agree', 'disagree')", name="verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    verdict: Mapped[str]
    said_at: Mapped[datetime]
