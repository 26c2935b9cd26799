"""Published stories one after another, in any number: read a few at a time, each value as the evidence page has it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory
from involve.models import Project, Publication, PublicationTag
from involve.services.evidence.conditions import condition_of
from involve.services.evidence.evidence import PublicStory, PublicTag
from involve.services.evidence.filters import EvidenceFilter
from involve.services.translations.translation_rows import public_translations
from involve.vocabulary.bilingual import Bilingual

# Few enough that even the longest stories take little memory.
BATCH = 250
_COLUMNS = (
    Publication.id,
    Publication.story_id,
    Publication.reference,
    Publication.text,
    Publication.language,
    Publication.area,
    Publication.told_as,
    Publication.published_at,
    Publication.quotable,
    Publication.corrected,
    Project.slug,
    Project.name_cy,
    Project.name_en,
    Project.demonstration,
)


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
    query = select(func.count()).select_from(Publication).where(condition_of(session, wanted))
    return session.scalar(query) or 0


def published_stories(
    session: Session, wanted: EvidenceFilter, up_to: int | None = None
) -> Iterator[PublicStory]:
    """Yield the published stories that fit *wanted*, newest first; *up_to* is the largest id to look at."""
    for rows in published_rows(session, wanted, up_to):
        tags = _tags_of(session, [row.id for row in rows])
        translated = public_translations(session, rows)
        for row in rows:
            yield PublicStory(
                id=row.id,
                reference=row.reference,
                text=row.text,
                language=row.language,
                area=row.area,
                told_as=row.told_as,
                published_on=row.published_at.date(),
                project_slug=row.slug,
                project=Bilingual(row.name_cy, row.name_en),
                demonstration=row.demonstration,
                quotable=row.quotable,
                tags=tuple(tags.get(row.id, ())),
                translations=translated.get(row.story_id, ()),
                corrected=row.corrected,
            )


def published_rows(
    session: Session, wanted: EvidenceFilter, up_to: int | None = None
) -> Iterator[Sequence[Any]]:
    """Yield the rows of the stories that fit *wanted*, newest first, as many at a time as memory takes lightly."""
    query = (
        select(*_COLUMNS)
        .join(Project, Project.id == Publication.project_id)
        .where(condition_of(session, wanted))
        .order_by(Publication.id.desc())
        .limit(BATCH)
    )
    after = None if up_to is None else up_to + 1
    while True:
        rows = session.execute(query if after is None else query.where(Publication.id < after)).all()
        if rows:
            yield rows
        if len(rows) < BATCH:
            return
        after = rows[-1].id


def _tags_of(session: Session, ids: list[int]) -> dict[int, list[PublicTag]]:
    """Return the tags of some published stories, in the order in which the page shows them."""
    query = (
        select(
            PublicationTag.publication_id,
            PublicationTag.scheme,
            PublicationTag.concept,
            PublicationTag.stance,
            PublicationTag.voice,
            PublicationTag.passages,
        )
        .where(PublicationTag.publication_id.in_(ids))
        .order_by(PublicationTag.id)
    )
    found: dict[int, list[PublicTag]] = defaultdict(list)
    for story, scheme, concept, stance, voice, passages in session.execute(query):
        places = tuple((start, end) for start, end in passages)
        found[story].append(PublicTag(scheme, concept, stance, voice != "machine", places))
    return found
