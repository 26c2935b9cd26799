"""Erasing insights: by their author at any time, by the clock of their project, again after a restored back-up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from involve.models import Insight, InsightAnswer, InsightLink, InsightTold, Privacy, Project
from involve.services.backups.withdrawals import WITHDRAWN, Line, WithdrawalList
from involve.services.trail.record import record
from involve.services.upkeep.retention import erased_on
from involve.vocabulary.days import add_months, day_of


@dataclass(frozen=True, slots=True)
class DueInsight:
    """An insight whose words were kept long enough."""

    insight_id: int
    project: str


def is_there() -> ColumnElement[bool]:
    """Return the condition that an insight was not erased."""
    return Insight.withdrawn_at.is_(None)


def mark_of(row: Insight) -> str:
    """Return what the list of withdrawals knows an insight by."""
    return f"insight {row.project.slug} {row.source} {row.source_key}"


def erase_insight(session: Session, row: Insight, now: datetime) -> None:
    """Erase words, tags, links and answers of an insight; the line that stays lets no repeat bring it back."""
    row.tags.clear()
    forget_links(session, row.id)
    session.execute(delete(InsightTold).where(InsightTold.insight_id == row.id))
    # An answer to this one alone may repeat what it said.
    alone = ~select(InsightTold.id).where(InsightTold.answer_id == InsightAnswer.id).exists()
    session.execute(
        delete(InsightAnswer)
        .where(InsightAnswer.project_id == row.project_id, alone)
        .execution_options(synchronize_session=False)
    )
    row.text, row.language, row.idea, row.keys, row.area = "", "und", None, "", None
    row.people = row.band = row.how = None
    row.personal, row.risk, row.at_risk, row.withdrawn_at = [], [], False, now
    session.flush()


def forget_links(session: Session, insight_id: int) -> None:
    """Delete what staff said of an insight beside others."""
    either = (InsightLink.insight_id == insight_id) | (InsightLink.other_id == insight_id)
    session.execute(delete(InsightLink).where(either))


def list_due_insights(session: Session, today: date, slug: str | None = None) -> Iterator[DueInsight]:
    """Yield the insights that were kept as long as their project keeps original words.

    Where a dialogue has no end the months are counted from the day on which each was logged.
    """
    projects = select(Project, Privacy).join(Privacy, Privacy.project_id == Project.id).order_by(Project.slug)
    for project, privacy in session.execute(projects).all():
        if slug not in (None, project.slug):
            continue
        rows = session.execute(
            select(Insight.id, Insight.received_at).where(Insight.project_id == project.id, is_there())
        )
        whole = erased_on(project, privacy)
        for insight_id, received_at in rows:
            if (whole or add_months(day_of(received_at), privacy.keep_months)) <= today:
                yield DueInsight(insight_id, project.slug)


def purge_insight(session: Session, insight_id: int, now: datetime, actor: str = "command") -> str | None:
    """Erase an insight whose time has come and return what the list knows it by; None where that was done before."""
    row = session.get(Insight, insight_id, with_for_update=True)
    if row is None or row.withdrawn_at is not None:
        return None
    erase_insight(session, row, now)
    record(session, "insight_withdrawn", "insight", row.id, now, actor=actor)
    return mark_of(row)


def replay_insights(
    session: Session, withdrawals: WithdrawalList, lines: Mapping[str, Sequence[Line]], now: datetime
) -> int:
    """Erase again what the list says was erased and the database does not know; return how many."""
    rows = session.scalars(select(Insight).where(is_there())).all()
    gone = [row.id for row in rows if lines.get(withdrawals.mark(mark_of(row)))]
    return sum(purge_insight(session, each, now, "machine") is not None for each in gone)


def list_erased(session: Session) -> Iterator[tuple[str, str, datetime]]:
    """Yield kind, mark and moment of each insight that was erased, for the list outside the database."""
    for row in session.scalars(select(Insight).where(Insight.withdrawn_at.is_not(None))):
        yield WITHDRAWN, mark_of(row), row.withdrawn_at or row.received_at
