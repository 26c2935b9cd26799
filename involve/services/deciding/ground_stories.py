"""The published stories in which staff look for evidence: by what was heard, by words, a page at a time."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.models import Decision, Publication
from involve.services.deciding.citing import CitedStory, view_cited_story
from involve.services.deciding.heard import Subject, publications_of
from involve.services.evidence.conditions import condition_of
from involve.services.evidence.evidence import read_cursor
from involve.services.evidence.filters import EvidenceFilter

PAGE = 10


@dataclass(frozen=True, slots=True)
class StoriesToCite:
    """Some of a project's published stories, newest first, of `total`; `next` continues after them, None at the end."""

    stories: tuple[CitedStory, ...]
    total: int
    next: str | None


def find_stories_to_cite(
    session: Session,
    decision: Decision,
    subject: Subject | None = None,
    words: str = "",
    after: str | None = None,
    limit: int = PAGE,
) -> StoriesToCite:
    """Return the published stories of a decision's project in which *subject* was heard and all *words* stand.

    Raises:
        BadInput: the cursor is not one of ours.
    """
    wanted = EvidenceFilter(project=decision.project.slug, words=words)
    conditions = [condition_of(session, wanted)]
    if subject is not None:
        conditions.append(Publication.id.in_(publications_of(decision.project_id, subject)))
    total = session.scalar(select(func.count()).select_from(Publication).where(*conditions)) or 0
    query = select(Publication).where(*conditions)
    if after is not None:
        query = query.where(Publication.id < read_cursor(after))
    rows = session.scalars(query.order_by(Publication.id.desc()).limit(limit + 1)).all()
    stories = tuple(view_cited_story(session, decision, row) for row in rows[:limit])
    return StoriesToCite(stories, total, str(rows[limit - 1].id) if len(rows) > limit else None)
