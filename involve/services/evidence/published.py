"""Published stories one after another, in any number: read a few at a time, each value as the evidence page has it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from involve.database import SessionFactory
from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.public_story import PublicStory, as_public, rows_numbered

# Few enough that even the longest stories take little memory.
BATCH = 250


@contextmanager
def one_moment(factory: SessionFactory) -> Iterator[Session]:
    """Give a session that only reads, and sees all as it was at one moment, however long it reads."""
    with factory() as session:
        # SQLite does so by itself.
        if session.get_bind().dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


def count_published(session: Session, wanted: EvidenceFilter) -> int:
    """Return how many published stories fit *wanted*."""
    return len(Choosing(session).fitting(wanted))


def published_stories(
    session: Session, wanted: EvidenceFilter, up_to: int | None = None
) -> Iterator[PublicStory]:
    """Yield the published stories that fit *wanted*, newest first; *up_to* is the largest id to look at."""
    for rows in published_rows(session, wanted, up_to):
        yield from as_public(session, rows)


def published_rows(
    session: Session, wanted: EvidenceFilter, up_to: int | None = None
) -> Iterator[Sequence[Any]]:
    """Yield the rows of the stories that fit *wanted*, newest first, as many at a time as memory takes lightly."""
    numbers = Choosing(session).fitting(wanted)
    left = numbers.rank(up_to) if up_to is not None else len(numbers)
    while left:
        some = numbers[max(left - BATCH, 0) : left]
        left -= len(some)
        yield rows_numbered(session, list(some))
