"""What people said: published stories and the goals they are linked to, counted, and a few of their own words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from involve.models import Publication, PublicationTag
from involve.services.returns.scopes import Scope, is_within
from involve.text.sentences import split_sentences

MOST_CONCEPTS = 3
MOST_QUOTED = 3
# Among how many of the newest stories that may be quoted the few are looked for, and how long their words may be.
LOOKED_AT = 60
LONGEST_QUOTATION = 300


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody's published words, with their agreement to be quoted."""

    reference: str
    language: str
    text: str


def count_published(session: Session, ids: Sequence[int], scope: Scope) -> dict[int, int]:
    """Return the number of published stories by project, for each of *ids*."""
    rows = session.execute(
        select(Publication.project_id, func.count())
        .where(Publication.project_id.in_(ids), *is_within(scope))
        .group_by(Publication.project_id)
    )
    return dict.fromkeys(ids, 0) | dict(list(rows))


def total_published(session: Session, projects: "Select[int]", scope: Scope) -> int:
    """Return the number of published stories of all *projects* (their ids) that belong to a scope."""
    wanted = select(func.count()).select_from(Publication)
    return session.scalar(wanted.where(Publication.project_id.in_(projects), *is_within(scope))) or 0


def count_goals(session: Session, ids: Sequence[int], scope: Scope) -> dict[int, tuple[tuple[str, int], ...]]:
    """Return by project the goals that its published stories are linked to most, with how many."""
    rows = session.execute(
        select(Publication.project_id, PublicationTag.concept, func.count())
        .join(Publication.tags)
        .where(PublicationTag.scheme == "goal", Publication.project_id.in_(ids), *is_within(scope))
        .group_by(Publication.project_id, PublicationTag.concept)
        .order_by(func.count().desc(), PublicationTag.concept)
    )
    found: dict[int, list[tuple[str, int]]] = {each: [] for each in ids}
    for project_id, concept, count in rows:
        found[project_id].append((concept, count))
    return {each: tuple(goals[:MOST_CONCEPTS]) for each, goals in found.items()}


def quote_few(session: Session, project_id: int) -> tuple[Quoted, ...]:
    """Return a few quotations of a project: sentences in which something was found, each of another story.

    While there are any, the languages take turns, so that neither is left out.
    """
    rows = session.scalars(
        select(Publication)
        .where(Publication.project_id == project_id, Publication.quotable, Publication.tags.any())
        .options(selectinload(Publication.tags))
        .order_by(Publication.id.desc())
        .limit(LOOKED_AT)
    )
    by_language: dict[str, list[Quoted]] = {"cy": [], "en": []}
    for quoted in _quotations(rows):
        by_language.setdefault(quoted.language, []).append(quoted)
    few: list[Quoted] = []
    while len(few) < MOST_QUOTED and any(by_language.values()):
        few += [each.pop(0) for each in by_language.values() if each]
    return tuple(few[:MOST_QUOTED])


def _quotations(rows: Iterable[Publication]) -> Iterable[Quoted]:
    for row in rows:
        sentence = _telling_sentence(row)
        if sentence:
            yield Quoted(row.reference, row.language, sentence)


def _telling_sentence(row: Publication) -> str:
    """Return the first sentence of a story in which a passage begins and that is short enough; nothing without one."""
    starts = sorted(start for tag in row.tags for start, _ in tag.passages)
    for sentence in split_sentences(row.text):
        told = any(sentence.start <= start < sentence.end for start in starts)
        if told and len(sentence.text) <= LONGEST_QUOTATION:
            return sentence.text
    return ""
