"""Evidence: published stories by what is visible on each of them, newest first, with counts that equal the list."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Publication
from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.public_story import PublicStory, read_public
from involve.services.projects.projects import LARGEST_ID

PAGE = 20
LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """One page of stories. `next` continues after the last of them, None at the end; `total` counts them all."""

    stories: tuple[PublicStory, ...]
    total: int
    next: str | None


def find_stories(
    session: Session,
    wanted: EvidenceFilter,
    limit: int = PAGE,
    after: str | None = None,
    choosing: Choosing | None = None,
) -> EvidencePage:
    """Return the published stories that fit *wanted*, newest first, continuing after the cursor *after*.

    `choosing` is that of the counts, where both are asked for.

    Raises:
        BadInput: the cursor or the limit is not one of ours.
    """
    if not 1 <= limit <= LARGEST_PAGE:
        raise BadInput("limit")
    numbers = (choosing or Choosing(session)).fitting(wanted)
    # How many of them lie before the cursor, the oldest first.
    older = len(numbers) if after is None else numbers.rank(max(read_cursor(after) - 1, 0))
    shown = numbers[max(older - limit, 0) : older]
    more = str(shown[0]) if older > limit else None
    return EvidencePage(read_public(session, Publication.id.in_(list(shown))), len(numbers), more)


def get_story(session: Session, reference: str) -> PublicStory | None:
    """Return the published story with that public *reference*, or None."""
    return next(iter(read_public(session, Publication.reference == reference)), None)


def read_cursor(cursor: str) -> int:
    """Return the place that a cursor names.

    Raises:
        BadInput: it is not one of ours.
    """
    if (
        not (cursor.isascii() and cursor.isdigit() and len(cursor) <= len(str(LARGEST_ID)))
        or int(cursor) > LARGEST_ID
    ):
        raise BadInput("cursor")
    return int(cursor)
