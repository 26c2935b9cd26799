"""How often what staff keep hearing reached a decision: counted per project, for staff, and never with stories."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.models import Insight, InsightAnswer, InsightTold, Project
from involve.services.insights.insight_erasing import is_there
from involve.services.staff.access import Actor
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.insights import REACHED


@dataclass(frozen=True, slots=True)
class Reach:
    """Of the insights of a project that are there: how many were answered, and how many reached a decision.

    One has reached a decision when any answer to it ever said so, or that something changed. People are not counted.
    """

    project: Bilingual
    logged: int
    answered: int
    reached: int


def count_reach(session: Session, actor: Actor) -> tuple[Reach, ...]:
    """Return the figures of each project in which this person logs or reads insights, if there are any there."""
    projects = [
        row
        for row in session.scalars(select(Project).order_by(Project.slug))
        if any(actor.may(action, row.body_id, row.id) for action in ("log_insight", "read_insights"))
    ]
    logged = _count(session, projects)
    answered = _count(session, projects, [])
    reached = _count(session, projects, REACHED)
    return tuple(
        Reach(
            Bilingual(row.name_cy, row.name_en),
            logged[row.id],
            answered.get(row.id, 0),
            reached.get(row.id, 0),
        )
        for row in projects
        if row.id in logged
    )


def _count(
    session: Session, projects: Sequence[Project], outcomes: Sequence[str] | None = None
) -> dict[int, int]:
    """Count insights by project: all, those with any answer (no outcomes named), or with one of the *outcomes*."""
    query = select(Insight.project_id, func.count(Insight.id.distinct())).where(
        is_there(), Insight.project_id.in_([row.id for row in projects])
    )
    if outcomes is not None:
        query = query.join(InsightTold, InsightTold.insight_id == Insight.id)
    if outcomes:
        query = query.join(InsightAnswer, InsightAnswer.id == InsightTold.answer_id)
        query = query.where(InsightAnswer.outcome.in_(outcomes))
    return {row[0]: row[1] for row in session.execute(query.group_by(Insight.project_id))}
