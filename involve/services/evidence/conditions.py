"""The condition that a publication fits a filter, for statements that ask more of it than which publications."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from involve.models import Project, Publication, PublicationTag
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.searching import holds_words


def condition_of(session: Session, wanted: EvidenceFilter) -> ColumnElement[bool]:
    """Return the condition that a publication fits *wanted*."""
    parts: list[ColumnElement[bool]] = [Publication.id > 0]
    parts += [_tagged(scheme, concept, wanted.stance) for scheme, concept in wanted.concepts]
    if wanted.stance and not wanted.concepts:
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
        parts.append(holds_words(session, wanted.words))
    return and_(*parts)


def _tagged(scheme: str, concept: str, stance: str | None) -> ColumnElement[bool]:
    """Return the condition that a story carries the concept, in the stance asked for."""
    condition = and_(PublicationTag.scheme == scheme, PublicationTag.concept == concept)
    return Publication.tags.any(
        condition if stance is None else and_(condition, PublicationTag.stance == stance)
    )


def _midnight(day: date) -> datetime:
    """Return the start of *day* in UTC."""
    return datetime.combine(day, time.min, UTC)
