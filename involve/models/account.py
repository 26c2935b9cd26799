"""The public account of moderation: numbers that were counted once, each with whether it may be shown."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class AccountNumber(Base):
    """One number of the account. A month is counted once and never again, so that nobody learns from a change of it.

    `first` and `last` are the first days of the first and the last month that it covers.
    """

    __tablename__ = "account_number"
    __table_args__ = (UniqueConstraint("first", "last", "language", "measure"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[date]
    last: Mapped[date]
    language: Mapped[str]
    # An id of vocabulary.account, or declined: and the id of a reason.
    measure: Mapped[str]
    number: Mapped[int]
    shown: Mapped[bool]
    counted_at: Mapped[datetime]
