"""Letters: the e-mails and texts that are due or were sent, to members of staff and to tellers who asked for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from involve.models.base import Base

# What whoever carries a letter says of it later, in the words of GOV.UK Notify; all but the first are final.
DELIVERIES = ("sending", "delivered", "permanent-failure", "temporary-failure", "technical-failure")


class Letter(Base):
    """One e-mail or text to one person. Its words are made when it is sent, so that none are kept.

    A letter to a teller outlives the address (which is deleted with the story or when its owner says so), so that it is
    never sent twice: then it goes to nobody.
    """

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("state in ('due', 'sent', 'failed', 'dropped', 'bounced')", name="state"),
        CheckConstraint(f"delivery in {DELIVERIES}", name="delivery"),
        CheckConstraint("language in ('cy', 'en')", name="language"),
        CheckConstraint("user_id is null or contact_id is null", name="one_reader"),
        Index("ix_letter_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # An id of vocabulary.letters.
    kind: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"), index=True)
    language: Mapped[str]
    # A reference or a count that the words name; never words of a story, a code or a secret.
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(default="due")
    attempts: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime]
    # When somebody began to send it, until it is known what came of that.
    handed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    # The class of the last error; never its words, which might hold an address.
    last_error: Mapped[str | None]
    # One of DELIVERIES; none where nobody says anything of it.
    delivery: Mapped[str | None]
