"""The record of a decision as everybody sees it: question, options, who decided and when, and what came of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Decision
from involve.services.deciding.decisions import DecisionView, show_decision
from involve.services.deciding.outcomes import OutcomeView, list_outcomes, status_of
from involve.services.projects.project_views import ProjectView, StageView
from involve.services.projects.projects import get_project
from involve.vocabulary.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A published decision. `status` is an id of vocabulary.outcomes; `outcomes` stand with the latest day first."""

    decision: DecisionView
    project: ProjectView
    stage: StageView
    question: Bilingual
    decided_by: Bilingual
    decided_on: date
    status: str
    outcomes: tuple[OutcomeView, ...]


def show_record(session: Session, decision_id: int, today: date) -> DecisionRecord:
    """Return the record of a published decision.

    Raises:
        NotFound: there is none with this id, or it is not published; nobody learns which.
    """
    decision = show_decision(session, decision_id)
    project = get_project(session, decision.project, today)
    stage = next(each for each in project.stages if each.id == decision.stage_id)
    outcomes = list_outcomes(session, decision_id)
    draft = decision.draft
    return DecisionRecord(
        decision=decision,
        project=project,
        stage=stage,
        question=draft.question if draft.question.cy else stage.question,
        decided_by=draft.decided_by if draft.decided_by.cy else project.body,
        # Those that were published before the day was kept were decided by the day they were published.
        decided_on=draft.decided_on or decision.published_on or today,
        status=status_of(decision.state, outcomes),
        outcomes=outcomes,
    )


def list_records(
    session: Session, today: date, limit: int, before: int | None = None
) -> tuple[DecisionRecord, ...]:
    """Return published decisions, those written last first; *before* is the id of the last one of the page before."""
    query = select(Decision.id).where(Decision.state == "published")
    if before is not None:
        query = query.where(Decision.id < before)
    found = session.scalars(query.order_by(Decision.id.desc()).limit(limit)).all()
    return tuple(show_record(session, each, today) for each in found)
