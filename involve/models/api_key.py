"""Keys of bodies for programs: only a keyed hash of each is here, so that none can be read back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class ApiKey(Base):
    """One key of a body, under a name that says what it is for. A key that was revoked stays, as what it did does."""

    __tablename__ = "api_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    # Its first signs, by which people know it again; too few to guess the rest.
    prefix: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    # Who made it; nobody where it was made by a command.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime]
    # The last day on which it works.
    ends_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]
    # The last day on which it was used, and never when on that day.
    used_on: Mapped[date | None]
