"""A body: the organisation that holds projects. Every row of evidence belongs to one."""

from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Body(Base):
    """A public or third-sector organisation."""

    __tablename__ = "body"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name_cy: Mapped[str]
    name_en: Mapped[str]
    # The id in vocabulary.bodies, where the body is one that the Act lists.
    register_id: Mapped[str | None]
