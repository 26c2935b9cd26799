"""What people said: published stories and the goals they are linked to, counted."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from involve.models import Publication, PublicationTag
from involve.services.returns.scopes import Scope, is_within

MOST_CONCEPTS = 3


def count_published(session: Session, ids: Sequence[int], scope: Scope) -> dict[int, int]:
    """Return the number of published stories by project, for each of *ids*."""
    rows = session.execute(
        select(Publication.project_id, func.count())
        .where(Publication.project_id.in_(ids), *is_within(scope))
        .group_by(Publication.project_id)
    )
    return dict.fromkeys(ids, 0) | dict(list(rows))


def total_published(session: Session, projects: "Select[int]", scope: Scope) -> int:
    """Return the number of published stories of all *projects* (their ids) that belong to a scope."""
    wanted = select(func.count()).select_from(Publication)
    return session.scalar(wanted.where(Publication.project_id.in_(projects), *is_within(scope))) or 0


def count_goals(session: Session, ids: Sequence[int], scope: Scope) -> dict[int, tuple[tuple[str, int], ...]]:
    """Return by project the goals that its published stories are linked to most, with how many."""
    rows = session.execute(
        select(Publication.project_id, PublicationTag.concept, func.count())
        .join(Publication.tags)
        .where(PublicationTag.scheme == "goal", Publication.project_id.in_(ids), *is_within(scope))
        .group_by(Publication.project_id, PublicationTag.concept)
        .order_by(func.count().desc(), PublicationTag.concept)
    )
    found: dict[int, list[tuple[str, int]]] = {each: [] for each in ids}
    for project_id, concept, count in rows:
        found[project_id].append((concept, count))
    return {each: tuple(goals[:MOST_CONCEPTS]) for each, goals in found.items()}
