"""What a body states of each project before it asks: why it may use stories, who answers for them, for how long."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base


class Privacy(Base):
    """The statement of one project; projects from before this was asked have none."""

    __tablename__ = "privacy"
    __table_args__ = (CheckConstraint("keep_months between 1 and 120", name="keep_months"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    # Ids of vocabulary.lawful.
    basis: Mapped[str]
    condition: Mapped[str]
    # Which task, power or reason it rests on, in the body's words.
    rests_on_cy: Mapped[str]
    rests_on_en: Mapped[str]
    controller_cy: Mapped[str]
    controller_en: Mapped[str]
    # How to reach the data protection officer.
    officer_cy: Mapped[str]
    officer_en: Mapped[str]
    # Months from the end of the project to the erasing of original words.
    keep_months: Mapped[int]
    # Whether published stories stay public after that.
    keep_published: Mapped[bool]
    written_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
