"""How often what staff keep hearing reached a decision: counted per project, for staff, and never with stories."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from involve.models import Decision, Insight, InsightAnswer, InsightLink, InsightTold, Project
from involve.services.deciding.behind import behind_published
from involve.services.insights.insight_erasing import is_there
from involve.services.staff.access import Actor
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.insights import REACHED


@dataclass(frozen=True, slots=True)
class Reach:
    """Of the insights of a project that are there: how many were answered, and how many reached a decision.

    One has reached a decision when any answer to it ever said so, or that something changed. `named`: an answer names
    a decision that is published. `alongside`: none does, but staff said that a story says the same which is behind one:
    what it says was weighed, though nobody was asked about it. People are not counted.
    """

    project: Bilingual
    logged: int
    answered: int
    reached: int
    named: int = 0
    alongside: int = 0


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
    named = _count_where(session, projects, Insight.id.in_(_named()))
    alongside = _count_where(
        session, projects, Insight.id.in_(_told_by_stories()), Insight.id.not_in(_named())
    )
    return tuple(
        Reach(
            Bilingual(row.name_cy, row.name_en),
            logged[row.id],
            answered.get(row.id, 0),
            reached.get(row.id, 0),
            named.get(row.id, 0),
            alongside.get(row.id, 0),
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


def _count_where(
    session: Session, projects: Sequence[Project], *conditions: ColumnElement[bool]
) -> dict[int, int]:
    """Count the insights of projects that are there and fulfil all the conditions."""
    query = select(Insight.project_id, func.count()).where(
        is_there(), Insight.project_id.in_([row.id for row in projects]), *conditions
    )
    return {row[0]: row[1] for row in session.execute(query.group_by(Insight.project_id))}


def _named() -> Select[int]:
    """Return the insights of which an answer names a published decision."""
    return (
        select(InsightTold.insight_id)
        .join(InsightAnswer, InsightAnswer.id == InsightTold.answer_id)
        .join(Decision, Decision.id == InsightAnswer.decision_id)
        .where(Decision.state == "published")
    )


def _told_by_stories() -> Select[int]:
    """Return the insights of which staff said that a story behind a published decision says the same."""
    return select(InsightLink.insight_id).where(
        InsightLink.verdict == "same", InsightLink.story_id.in_(behind_published())
    )
