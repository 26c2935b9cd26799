"""Files of published stories that somebody asked for: made beside the requests, fetched for a day, then gone."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Export(Base):
    """One file. Nothing here says who asked; whoever has `key`, which nobody can guess, can fetch or cancel it.

    `digest` is of all the words in the file: it says later whether any of them was taken back or changed since.
    """

    __tablename__ = "export"
    __table_args__ = (
        CheckConstraint(
            "state in ('waiting', 'making', 'ready', 'changed', 'cancelled', 'failed')", name="state"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    # An id of vocabulary.exports.
    form: Mapped[str]
    # The filter, as JSON.
    wanted: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    total: Mapped[int]
    written: Mapped[int] = mapped_column(default=0)
    # The id of the newest publication in the file.
    newest: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(default="")
    # Of the file, in bytes.
    size: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    # When all its words were last known to be public.
    checked_at: Mapped[datetime | None]
    ends_at: Mapped[datetime]
