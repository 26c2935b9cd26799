"""A mark that the code key left in the database, by which a changed key is noticed before it makes wrong codes."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class KeyCheck(Base):
    """The keyed hash of a fixed word; the key itself cannot be read from it."""

    __tablename__ = "key_check"

    # Which key: only "code" so far.
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    made_at: Mapped[datetime]
