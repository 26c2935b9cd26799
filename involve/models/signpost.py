"""Where someone can turn at once: dated, sourced and editable."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Signpost(Base):
    """One service to turn to. Only a verified one is shown to the public."""

    __tablename__ = "signpost"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    name_cy: Mapped[str]
    name_en: Mapped[str]
    purpose_cy: Mapped[str]
    purpose_en: Mapped[str]
    reach: Mapped[str]
    hours_cy: Mapped[str]
    hours_en: Mapped[str]
    source: Mapped[str]
    verified: Mapped[bool]
    checked_on: Mapped[date | None]
