"""A published story: the value that holds all that may be seen of it, read from the tables of what is public only."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session

from involve.models import Project, Publication, PublicationTag
from involve.services.codebook.names import name_themes
from involve.services.translations.translation_rows import PublicTranslation, public_translations
from involve.vocabulary.bilingual import Bilingual

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


@dataclass(frozen=True, slots=True)
class PublicTag:
    """A tag on a published story. `agreed` is false where only the machine says so.

    `name` is that of a theme, which a project named; the others are named by the vocabulary.
    """

    scheme: str
    concept: str
    stance: str
    agreed: bool
    passages: tuple[tuple[int, int], ...]
    name: Bilingual | None = None


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


def read_public(session: Session, condition: ColumnElement[bool]) -> tuple[PublicStory, ...]:
    """Return the published stories that fit a condition, newest first: as many as one page has."""
    return tuple(as_public(session, session.execute(public_rows(condition)).all()))


def read_numbered(session: Session, ids: Sequence[int]) -> tuple[PublicStory, ...]:
    """Return the published stories of these ids, newest first: those of a page."""
    return tuple(as_public(session, session.execute(_NUMBERED, {"ids": ids}).all()))


def public_rows(condition: ColumnElement[bool]) -> "Select[*tuple[Any, ...]]":
    """Return the query of the rows behind published stories that fit a condition, newest first."""
    return (
        select(*_COLUMNS)
        .join(Project, Project.id == Publication.project_id)
        .where(condition)
        .order_by(Publication.id.desc())
    )


# Made once: to put a question together takes about as long as to answer it.
_NUMBERED = public_rows(Publication.id.in_(bindparam("ids", expanding=True)))
_TAGS = (
    select(
        PublicationTag.publication_id,
        PublicationTag.scheme,
        PublicationTag.concept,
        PublicationTag.stance,
        PublicationTag.voice,
        PublicationTag.passages,
    )
    .where(PublicationTag.publication_id.in_(bindparam("ids", expanding=True)))
    .order_by(PublicationTag.id)
)


def as_public(session: Session, rows: Sequence[Any]) -> Iterator[PublicStory]:
    """Yield the published stories of some rows, with their tags and translations, by one query for each kind."""
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


def _tags_of(session: Session, ids: list[int]) -> dict[int, list[PublicTag]]:
    """Return the tags of some published stories, in the order in which the page shows them."""
    rows = session.execute(_TAGS, {"ids": ids}).all()
    themes = name_themes(session, {row.concept for row in rows if row.scheme == "theme"})
    found: dict[int, list[PublicTag]] = defaultdict(list)
    for story, scheme, concept, stance, voice, passages in rows:
        places = tuple((start, end) for start, end in passages)
        name = themes[concept].name if scheme == "theme" and concept in themes else None
        found[story].append(PublicTag(scheme, concept, stance, voice != "machine", places, name))
    return found
