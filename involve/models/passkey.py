"""Passkeys: public keys whose private half a device or a key ring of the person keeps (WebAuthn)."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Passkey(Base):
    """One passkey of a member of staff, under a name that they chose. Nothing in it is secret."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    # Both in URL-safe base 64.
    credential_id: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[str]
    # How often the device says that it was used; one that goes back may be a copy.
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str]
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
