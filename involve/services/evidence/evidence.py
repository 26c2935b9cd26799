"""Evidence: published stories by what is visible on each of them, newest first, with counts that equal the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from involve.errors import BadInput
from involve.models import Project, Publication
from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.projects.projects import LARGEST_ID
from involve.services.translations.translation_rows import PublicTranslation, public_translations
from involve.vocabulary.bilingual import Bilingual

PAGE = 20
LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class PublicTag:
    """A tag on a published story. `agreed` is false where only the machine says so."""

    scheme: str
    concept: str
    stance: str
    agreed: bool
    passages: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PublicStory:
    """A published story; this value holds all that may be seen of it. Search and tags go by `text` alone.

    `corrected`: its teller agreed to other words in it.
    """

    id: int
    reference: str
    text: str
    language: str
    area: str | None
    told_as: str
    published_on: date
    project_slug: str
    project: Bilingual
    demonstration: bool
    quotable: bool
    tags: tuple[PublicTag, ...]
    translations: tuple[PublicTranslation, ...] = ()
    corrected: bool = False


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
    return EvidencePage(_read_stories(session, list(shown)), len(numbers), more)


def _read_stories(session: Session, numbers: Sequence[int]) -> tuple[PublicStory, ...]:
    """Read the publications of some numbers, the newest first."""
    rows = session.execute(
        select(Publication, Project)
        .join(Project, Project.id == Publication.project_id)
        .where(Publication.id.in_(numbers))
        .options(selectinload(Publication.tags))
        .order_by(Publication.id.desc())
    ).all()
    translated = public_translations(session, [publication for publication, _project in rows])
    return tuple(_public(row, project, translated.get(row.story_id, ())) for row, project in rows)


def get_story(session: Session, reference: str) -> PublicStory | None:
    """Return the published story with that public *reference*, or None."""
    row = session.execute(
        select(Publication, Project)
        .join(Project, Project.id == Publication.project_id)
        .where(Publication.reference == reference)
    ).first()
    if row is None:
        return None
    return _public(row[0], row[1], public_translations(session, [row[0]]).get(row[0].story_id, ()))


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


def _public(row: Publication, project: Project, translations: tuple[PublicTranslation, ...]) -> PublicStory:
    """Return the public value of a publication row."""
    tags = tuple(
        PublicTag(t.scheme, t.concept, t.stance, t.voice != "machine", tuple((s, e) for s, e in t.passages))
        for t in row.tags
    )
    return PublicStory(
        row.id,
        row.reference,
        row.text,
        row.language,
        row.area,
        row.told_as,
        row.published_at.date(),
        project.slug,
        Bilingual(project.name_cy, project.name_en),
        project.demonstration,
        row.quotable,
        tags,
        translations,
        row.corrected,
    )
