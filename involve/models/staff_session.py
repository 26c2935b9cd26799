"""Where a member of staff is signed in: one row for each browser, so that one can be ended from another."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class StaffSession(Base):
    """One sign-in. Only a hash of what the browser carries is kept, and no network address.

    `mark` is the account's `fs_uniquifier` at the time: when that changes, every session of the account has ended.
    """

    __tablename__ = "staff_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    mark: Mapped[str]
    # One of vocabulary.sign_ins.WAYS_IN.
    how: Mapped[str]
    # Coarse: "firefox/windows" (services.browsers).
    browser: Mapped[str]
    signed_in_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    # When the person last showed who they are, for what asks for that again.
    confirmed_at: Mapped[datetime]
