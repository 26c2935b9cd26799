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

# The tables and not the classes: what is read here by the thousand needs nothing of the mapper.
_published, _projects, _tags = Publication.__table__, Project.__table__, PublicationTag.__table__
_COLUMNS = (
    _published.c.id,
    _published.c.story_id,
    _published.c.reference,
    _published.c.text,
    _published.c.language,
    _published.c.area,
    _published.c.told_as,
    _published.c.published_at,
    _published.c.quotable,
    _published.c.corrected,
    _projects.c.slug,
    _projects.c.name_cy,
    _projects.c.name_en,
    _projects.c.demonstration,
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
    return tuple(as_public(session, rows_numbered(session, ids)))


def rows_numbered(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """Return the rows behind the published stories of these ids, newest first."""
    return session.execute(_NUMBERED, {"ids": ids}).all()


def public_rows(condition: ColumnElement[bool]) -> "Select[*tuple[Any, ...]]":
    """Return the query of the rows behind published stories that fit a condition, newest first."""
    return (
        select(*_COLUMNS)
        .join_from(_published, _projects, _projects.c.id == _published.c.project_id)
        .where(condition)
        .order_by(_published.c.id.desc())
    )


# Made once: to put a question together takes about as long as to answer it.
_NUMBERED = public_rows(_published.c.id.in_(bindparam("ids", expanding=True)))
_TAGS = (
    select(
        _tags.c.publication_id,
        _tags.c.scheme,
        _tags.c.concept,
        _tags.c.stance,
        _tags.c.voice,
        _tags.c.passages,
    )
    .where(_tags.c.publication_id.in_(bindparam("ids", expanding=True)))
    .order_by(_tags.c.id)
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
