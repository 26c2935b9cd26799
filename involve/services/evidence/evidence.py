"""Evidence: published stories by what is visible on each of them, newest first, with counts that equal the list."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, text
from sqlalchemy.orm import Session, aliased, selectinload

from involve.errors import BadInput
from involve.models import Project, Publication, PublicationTag
from involve.services.projects.projects import LARGEST_ID
from involve.services.publishing.keys import encode_keys
from involve.services.translations.translation_rows import PublicTranslation, public_translations
from involve.text.search import query_keys
from involve.vocabulary.bilingual import Bilingual

PAGE = 20
LARGEST_PAGE = 100
LONGEST_QUERY = 200
SCHEMES = ("goal", "way", "theme")


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """What the reader asked for: ids of the vocabulary, a GSS code (`area`), a slug (`project`), a search (`words`)."""

    goal: str | None = None
    way: str | None = None
    theme: str | None = None
    stance: str | None = None
    area: str | None = None
    project: str | None = None
    language: str | None = None
    words: str = ""
    since: date | None = None
    until: date | None = None


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


@dataclass(frozen=True, slots=True)
class Facet:
    """How many stories a further choice would leave: `name` is a field of EvidenceFilter, `value` its choice."""

    name: str
    value: str
    count: int


def find_stories(
    session: Session, wanted: EvidenceFilter, limit: int = PAGE, after: str | None = None
) -> EvidencePage:
    """Return the published stories that fit *wanted*, newest first, continuing after the cursor *after*.

    Raises:
        BadInput: the cursor or the limit is not one of ours.
    """
    if not 1 <= limit <= LARGEST_PAGE:
        raise BadInput("limit")
    condition = condition_of(session, wanted)
    total = session.scalar(select(func.count()).select_from(Publication).where(condition)) or 0
    query = select(Publication, Project).join(Project, Project.id == Publication.project_id).where(condition)
    if after is not None:
        query = query.where(Publication.id < read_cursor(after))
    rows = session.execute(
        query.options(selectinload(Publication.tags)).order_by(Publication.id.desc()).limit(limit + 1)
    ).all()
    translated = public_translations(session, [publication for publication, _project in rows[:limit]])
    stories = tuple(_public(row, project, translated.get(row.story_id, ())) for row, project in rows[:limit])
    return EvidencePage(stories, total, str(stories[-1].id) if len(rows) > limit else None)


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


def count_facets(session: Session, wanted: EvidenceFilter) -> tuple[Facet, ...]:
    """Return the counts for each choice of each filter, given all the other filters; largest first.

    Every count is of published stories by what stands on them, so it equals the list behind its link.
    """
    columns: dict[str, Select[Any, int]] = {
        **{scheme: _tag_values(scheme, wanted.stance) for scheme in SCHEMES},
        "stance": _stance_values(wanted),
        "area": select(Publication.area, func.count()),
        "language": select(Publication.language, func.count()),
        "project": select(Project.slug, func.count())
        .select_from(Publication)
        .join(Project, Project.id == Publication.project_id),
    }
    counted = (_count(session, wanted, name, values) for name, values in columns.items())
    return tuple(facet for facets in counted for facet in facets)


# The types of rows in quotes: SQLAlchemy 2.0 names them in another way, and does not look.
def _count(session: Session, wanted: EvidenceFilter, name: str, values: "Select[Any, int]") -> list[Facet]:
    """Count the publications that fit *wanted* but for *name*, for each value of the first column of *values*."""
    others = replace(wanted, **{name: None})  # type: ignore[arg-type]
    column = values.selected_columns[0]
    rows = session.execute(values.where(condition_of(session, others)).group_by(column))
    found = [Facet(name, value, count) for value, count in rows if value is not None]
    return sorted(found, key=lambda facet: (-facet.count, facet.value))


def _tag_values(scheme: str, stance: str | None) -> "Select[Any, int]":
    """Select concepts of *scheme* and their number of stories, in the stance asked for."""
    query: Select[Any, int] = select(PublicationTag.concept, func.count()).join(Publication.tags)
    query = query.where(PublicationTag.scheme == scheme)
    return query if stance is None else query.where(PublicationTag.stance == stance)


def _stance_values(wanted: EvidenceFilter) -> "Select[Any, int]":
    """Select stances and their number of stories; with concepts asked for, the stance of these concepts' tags."""
    query: Select[Any, int] = select(PublicationTag.stance, func.count(Publication.id.distinct())).join(
        Publication.tags
    )
    concepts = [(scheme, getattr(wanted, scheme)) for scheme in SCHEMES if getattr(wanted, scheme)]
    for scheme, concept in concepts[:1]:
        query = query.where(PublicationTag.scheme == scheme, PublicationTag.concept == concept)
    for scheme, concept in concepts[1:]:
        # A stance holds for every concept that is asked for, so the tags of the others must share it.
        other = aliased(PublicationTag)
        same = and_(other.publication_id == Publication.id, other.stance == PublicationTag.stance)
        query = query.where(
            select(other.id).where(same, other.scheme == scheme, other.concept == concept).exists()
        )
    return query


def condition_of(session: Session, wanted: EvidenceFilter) -> ColumnElement[bool]:
    """Return the condition that a publication fits *wanted*."""
    parts: list[ColumnElement[bool]] = [Publication.id > 0]
    parts += [
        _tagged(scheme, getattr(wanted, scheme), wanted.stance)
        for scheme in SCHEMES
        if getattr(wanted, scheme)
    ]
    if wanted.stance and not any(getattr(wanted, scheme) for scheme in SCHEMES):
        parts.append(Publication.tags.any(PublicationTag.stance == wanted.stance))
    if wanted.area:
        parts.append(Publication.area == wanted.area)
    if wanted.language:
        parts.append(Publication.language == wanted.language)
    if wanted.project:
        parts.append(Publication.project_id.in_(select(Project.id).where(Project.slug == wanted.project)))
    if wanted.since:
        parts.append(Publication.published_at >= _midnight(wanted.since))
    # The last day that there is has no day after it, and nothing is later.
    if wanted.until and wanted.until < date.max:
        parts.append(Publication.published_at < _midnight(wanted.until + timedelta(days=1)))
    if wanted.words.strip():
        parts.append(_matches(session, wanted.words))
    return and_(*parts)


def _tagged(scheme: str, concept: str, stance: str | None) -> ColumnElement[bool]:
    """Return the condition that a story carries the concept, in the stance asked for."""
    condition = and_(PublicationTag.scheme == scheme, PublicationTag.concept == concept)
    return Publication.tags.any(
        condition if stance is None else and_(condition, PublicationTag.stance == stance)
    )


def _matches(session: Session, words: str) -> ColumnElement[bool]:
    """Return the condition that the published words hold every word of the search, in any of its forms."""
    groups = [encode_keys(sorted(keys)) for keys in query_keys(words[:LONGEST_QUERY]) if keys]
    if not groups:
        return Publication.id < 0
    if session.get_bind().dialect.name == "sqlite":
        match = " AND ".join("(" + " OR ".join(group) + ")" for group in groups)
        found = text("select rowid from publication_search where publication_search match :match")
        return Publication.id.in_(found.bindparams(match=match).columns(Publication.id))
    match = " & ".join("(" + " | ".join(group) + ")" for group in groups)
    return func.to_tsvector(text("'simple'"), Publication.keys).op("@@")(
        func.to_tsquery(text("'simple'"), match)
    )


def _midnight(day: date) -> datetime:
    """Return the start of *day* in UTC."""
    return datetime.combine(day, time.min, UTC)


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
