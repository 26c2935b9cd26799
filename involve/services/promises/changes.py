"""What changed: for each project what was asked, how many published stories answered, and what the body replied."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.models import Publication, PublicationTag, Reply
from involve.services.projects.project_views import ProjectView
from involve.services.projects.projects import list_projects
from involve.vocabulary.bilingual import Bilingual

MOST_CONCEPTS = 3


@dataclass(frozen=True, slots=True)
class PublicReply:
    """What the body answered in public, in both languages."""

    words: Bilingual
    written_on: date


@dataclass(frozen=True, slots=True)
class Return:
    """One project's account: asked, said, answered. Every count is of published stories."""

    project: ProjectView
    published: int
    goals: tuple[tuple[str, int], ...]
    replies: tuple[PublicReply, ...]
    answer_by: date
    overdue: bool


def list_returns(session: Session, today: date) -> tuple[Return, ...]:
    """Return the account of each listed project that has opened, those with the newest answer first."""
    views = [view for view in list_projects(session, today) if view.current.progress != "coming"]
    published, goals, replies = _count_published(session), _count_goals(session), _list_replies(session)
    returns = (
        _return(view, published.get(view.id, 0), goals.get(view.id, []), replies.get(view.id, []), today)
        for view in views
    )
    return tuple(
        sorted(returns, key=lambda r: r.replies[0].written_on if r.replies else date.min, reverse=True)
    )


def return_of(session: Session, view: ProjectView, today: date) -> Return:
    """Return the account of one project."""
    published, goals, replies = _count_published(session), _count_goals(session), _list_replies(session)
    return _return(view, published.get(view.id, 0), goals.get(view.id, []), replies.get(view.id, []), today)


def find_answer(session: Session, project: ProjectView) -> date | None:
    """Return the day of the newest public answer since the project's current stage opened; nothing without one."""
    newest = session.scalar(
        select(func.max(Reply.written_at)).where(
            Reply.public, Reply.kind == "answer", Reply.project_id == project.id
        )
    )
    if newest is None or newest.date() < project.current.opens_on:
        return None
    return newest.date()


def _return(
    view: ProjectView, published: int, goals: list[tuple[str, int]], replies: list[PublicReply], today: date
) -> Return:
    """Return the account of one project."""
    due = view.current.report_by
    answered = any(reply.written_on >= view.current.opens_on for reply in replies)
    overdue = today > due and not answered
    return Return(view, published, tuple(goals[:MOST_CONCEPTS]), tuple(replies), due, overdue)


def _count_published(session: Session) -> dict[int, int]:
    """Return the number of published stories by project."""
    rows = session.execute(select(Publication.project_id, func.count()).group_by(Publication.project_id))
    return dict(list(rows))


def _count_goals(session: Session) -> dict[int, list[tuple[str, int]]]:
    """Return by project the goals that published stories are linked to, with how many, most first."""
    rows = session.execute(
        select(Publication.project_id, PublicationTag.concept, func.count())
        .join(Publication.tags)
        .where(PublicationTag.scheme == "goal")
        .group_by(Publication.project_id, PublicationTag.concept)
        .order_by(func.count().desc(), PublicationTag.concept)
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for project_id, concept, count in rows:
        found.setdefault(project_id, []).append((concept, count))
    return found


def _list_replies(session: Session) -> dict[int, list[PublicReply]]:
    """Return the public answers by project, newest first."""
    found: dict[int, list[PublicReply]] = {}
    rows = session.scalars(
        select(Reply)
        .where(Reply.public, Reply.kind == "answer")
        .order_by(Reply.written_at.desc(), Reply.id.desc())
    )
    for row in rows:
        reply = PublicReply(Bilingual(row.text_cy or "", row.text_en or ""), row.written_at.date())
        found.setdefault(row.project_id, []).append(reply)
    return found
