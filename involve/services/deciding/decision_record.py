"""The record of a decision as everybody sees it: question, options, who decided and when, and what came of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Decision, Project
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
    session: Session, today: date, limit: int, before: int | None = None, slug: str | None = None
) -> tuple[DecisionRecord, ...]:
    """Return decisions of listed projects, those published last first; of one project where its *slug* is given.

    *before* is the id of the last one of the page before.

    Raises:
        BadInput: no published decision has that id.
    """
    query = _listed()
    if slug is not None:
        query = query.where(Project.slug == slug)
    if before is not None:
        last = session.scalar(_listed().with_only_columns(Decision.published_at).where(Decision.id == before))
        if last is None:
            raise BadInput("cursor")
        same = and_(Decision.published_at == last, Decision.id < before)
        query = query.where(or_(Decision.published_at < last, same))
    newest = query.order_by(Decision.published_at.desc(), Decision.id.desc())
    return tuple(show_record(session, each, today) for each in session.scalars(newest.limit(limit)))


def count_records(session: Session, slug: str | None = None) -> int:
    """Return how many decisions all pages of `list_records` hold."""
    query = _listed() if slug is None else _listed().where(Project.slug == slug)
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


# The type of rows in quotes: SQLAlchemy 2.0 names it in another way, and does not look.
def _listed() -> "Select[int]":
    """Select the ids of the published decisions of projects on the public list."""
    published = select(Decision.id).join(Decision.project)
    return published.where(Decision.state == "published", Project.listed)
