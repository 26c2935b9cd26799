"""A project and its stages: one involvement activity of a body, from first question to evaluation."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from involve.models.base import Base
from involve.models.body import Body


class Project(Base):
    """One involvement activity. Its words are public, so both languages are required by the table itself."""

    __tablename__ = "project"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name_cy: Mapped[str]
    name_en: Mapped[str]
    summary_cy: Mapped[str]
    summary_en: Mapped[str]
    # On the public list of projects. What is published of an unlisted one is evidence all the same.
    listed: Mapped[bool] = mapped_column(default=True)
    # Its stories are invented, and every page that shows them says so.
    demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    # When it was put away; none is ever deleted.
    archived_at: Mapped[datetime | None]
    # What the problem is, who says so, and why people are asked again where they have spoken before.
    problem_cy: Mapped[str | None]
    problem_en: Mapped[str | None]
    source_cy: Mapped[str | None]
    source_en: Mapped[str | None]
    again_cy: Mapped[str | None]
    again_en: Mapped[str | None]
    # Ids of the goals that it serves, and the body's own objectives in words.
    goals: Mapped[list[Any]] = mapped_column(JSON, default=list)
    aims_cy: Mapped[str | None]
    aims_en: Mapped[str | None]
    # Who helps to reach people, and the hours and pounds that they are given for it.
    partners_cy: Mapped[str | None]
    partners_en: Mapped[str | None]
    outreach_hours: Mapped[int | None]
    outreach_pounds: Mapped[int | None]
    # Who reads, and who answers in each language: a post or a name.
    reader: Mapped[str | None]
    answerer_cy: Mapped[str | None]
    answerer_en: Mapped[str | None]
    # Within how many working hours a concern is acknowledged before more people are told; None is the usual number.
    alert_hours: Mapped[int | None]

    body: Mapped[Body] = relationship()
    stages: Mapped[list["Stage"]] = relationship(order_by="Stage.position", back_populates="project")


class Stage(Base):
    """A part of a project: its question, its rung of the ladder, and what can still be influenced."""

    __tablename__ = "stage"
    __table_args__ = (UniqueConstraint("project_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    position: Mapped[int]
    # An id of vocabulary.stages: identification, planning_design, implementation, evaluation.
    kind: Mapped[str]
    # Ids of vocabulary.ladders.
    ladder: Mapped[str]
    rung: Mapped[str]
    question_cy: Mapped[str]
    question_en: Mapped[str]
    undecided_cy: Mapped[str]
    undecided_en: Mapped[str]
    decided_cy: Mapped[str]
    decided_en: Mapped[str]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    answer_by: Mapped[date]
    # Of a continuous dialogue: within how many days each story is answered, and every how many months the body reports.
    # Until somebody ends it, it closes on `days.ENDLESS`.
    answer_days: Mapped[int | None]
    report_months: Mapped[int | None]
    # When its question was made public; None where that was the day on which the project was.
    announced_on: Mapped[date | None]
    # Who is invited to take part.
    invited_cy: Mapped[str | None]
    invited_en: Mapped[str | None]

    project: Mapped[Project] = relationship(back_populates="stages")
