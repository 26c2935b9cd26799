"""Evidence: published stories by what is visible on each of them, with counts that equal the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Publication
from involve.services.evidence.facet_index import FacetIndex
from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.ordering import MATCHES, rank_stories, take_slice
from involve.services.evidence.public_story import PublicStory, read_numbered, read_public
from involve.services.evidence.remembering import keep, recall

PAGE = 20
LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """One page of stories. `next` continues after the last of them, None at the end; `total` counts them all.

    `matches` says of each story why it answers a search ('exact', 'form', 'topic'); empty where it is no matter.
    """

    stories: tuple[PublicStory, ...]
    total: int
    next: str | None
    matches: tuple[str, ...] = ()


def find_stories(
    session: Session,
    wanted: EvidenceFilter,
    limit: int = PAGE,
    after: str | None = None,
    choosing: Choosing | None = None,
    sort: str = "newest",
) -> EvidencePage:
    """Return the published stories that fit *wanted*, in an order of `SORTS`, continuing after the cursor *after*.

    `choosing` is that of the counts, where both are asked for.

    Raises:
        BadInput: the cursor, the limit or the order is not one of ours.
    """
    if not 1 <= limit <= LARGEST_PAGE:
        raise BadInput("limit")
    choosing = choosing or Choosing(session)
    total, ranks = rank_stories(choosing, wanted, sort)
    shown = take_slice(ranks, limit, after)
    stories = _read_stories(session, choosing.index, [number for _rank, number in shown.places])
    # One that was taken back since the index was read is there no more.
    found = [(rank, stories[number]) for rank, number in shown.places if number in stories]
    matches = tuple(MATCHES[rank] for rank, _ in found) if sort == "match" and wanted.words.strip() else ()
    return EvidencePage(tuple(story for _, story in found), total, shown.next, matches)


def _read_stories(session: Session, index: FacetIndex, numbers: Sequence[int]) -> Mapping[int, PublicStory]:
    """Return the stories of these numbers; those that were read since anything changed are not read again."""
    known = recall(session, index, "stories")
    found = {number: cast(PublicStory, known[number]) for number in numbers if number in known}
    missing = [number for number in numbers if number not in found]
    if missing:
        read = {story.id: story for story in read_numbered(session, missing)}
        found.update(read)
        keep(known, read)
    return found


def get_story(session: Session, reference: str) -> PublicStory | None:
    """Return the published story with that public *reference*, or None."""
    return next(iter(read_public(session, Publication.reference == reference)), None)
