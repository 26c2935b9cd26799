"""Staff accounts and what each may do where. Participants have no account."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from involve.models.base import Base


class User(Base):
    """A member of staff. `fs_uniquifier` changes when every session of theirs must end."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    # The keyed hash of the one-time invitation, until it is used or runs out.
    invitation_hash: Mapped[str | None] = mapped_column(unique=True)
    invitation_ends_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    # In which letters to them are written.
    language: Mapped[str] = mapped_column(default="cy")
    # Whether they are written to about what is late; when they last were, and on which day somebody last looked.
    wants_reminders: Mapped[bool] = mapped_column(default=True)
    reminded_at: Mapped[datetime | None]
    looked_on: Mapped[date | None]

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", cascade="all, delete-orphan"
    )


class Membership(Base):
    """A role of a user in a body, or in one project of it only."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("user_id", "body_id", "project_id", "role"),
        CheckConstraint(
            "role in ('worker', 'intermediary', 'moderator', 'analyst', 'decision_maker', 'administrator')",
            name="role",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    role: Mapped[str]
    # Since when an administrator of the body lets it do nothing; the account itself is off once none is left on.
    switched_off_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(back_populates="memberships")
