"""The published stories in which staff look for evidence: by what was heard, by words, a page at a time."""

from dataclasses import dataclass

from pyroaring import BitMap
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Decision, Publication
from involve.services.deciding.citing import CitedStory, view_cited_story
from involve.services.deciding.heard import Subject, publications_of
from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.ordering import Rank, take_slice

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
    numbers = Choosing(session).fitting(wanted)
    if subject is not None:
        numbers = numbers & BitMap(session.scalars(publications_of(decision.project_id, subject)))
    shown = take_slice([Rank(0, numbers)], limit, after)
    rows = session.scalars(
        select(Publication)
        .where(Publication.id.in_([number for _, number in shown.places]))
        .order_by(Publication.id.desc())
    )
    return StoriesToCite(
        tuple(view_cited_story(session, decision, row) for row in rows), len(numbers), shown.next
    )
