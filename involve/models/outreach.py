"""Outreach: what gathering stories took of people's time and money, by project and never by story."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from involve.models.base import Base

COUNTED = ("people", "minutes", "expenses_pence", "time_credits")


class Outreach(Base):
    """One entry of somebody's work for a project on one day. It knows no story, so it leads to none."""

    __tablename__ = "outreach"
    __table_args__ = tuple(CheckConstraint(f"{name} >= 0", name=name) for name in COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    on_day: Mapped[date]
    people: Mapped[int]
    minutes: Mapped[int]
    expenses_pence: Mapped[int]
    # Hours of time credits that participants were given.
    time_credits: Mapped[int]
    # For staff only.
    note: Mapped[str | None]
    written_at: Mapped[datetime]
