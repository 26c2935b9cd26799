"""Whose voices a project heard, by what stands on each published story, and words on which its decisions rely."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.models import Decision, DecisionPassage, Publication
from involve.services.returns.quotations import Quotation
from involve.services.returns.scopes import Scope, is_within


@dataclass(frozen=True, slots=True)
class Voices:
    """How many published stories are in each language (ids: cy, en, mixed, und), and from how many areas they are."""

    languages: Mapping[str, int]
    areas: int


def count_voices(session: Session, ids: Sequence[int], scope: Scope) -> dict[int, Voices]:
    """Return by project in which languages its published stories are, and from how many areas."""
    rows = session.execute(
        select(Publication.project_id, Publication.language, Publication.area, func.count())
        .where(Publication.project_id.in_(ids), *is_within(scope))
        .group_by(Publication.project_id, Publication.language, Publication.area)
    )
    languages: dict[int, Counter[str]] = {each: Counter() for each in ids}
    areas: dict[int, set[str]] = {each: set() for each in ids}
    for project_id, language, area, count in rows:
        languages[project_id][language] += count
        if area:
            areas[project_id].add(area)
    return {each: Voices(languages[each], len(areas[each])) for each in ids}


def quote_relied(session: Session, ids: Sequence[int]) -> dict[int, tuple[Quotation, ...]]:
    """Return by project words on which its newest decisions rely: of those that may be quoted, one in each language."""
    length = DecisionPassage.stop - DecisionPassage.start
    rows = session.execute(
        select(
            Decision.project_id,
            Publication.reference,
            Publication.language,
            func.substr(Publication.text, DecisionPassage.start + 1, length),
        )
        .join(DecisionPassage, DecisionPassage.decision_id == Decision.id)
        .join(Publication, Publication.id == DecisionPassage.publication_id)
        .where(
            Decision.project_id.in_(ids),
            Decision.state == "published",
            DecisionPassage.side == "for",
            Publication.quotable,
        )
        .order_by(Decision.published_at.desc(), Decision.id.desc(), DecisionPassage.id)
    )
    found: dict[int, dict[str, Quotation]] = {each: {} for each in ids}
    for project_id, reference, language, text in rows:
        found[project_id].setdefault(language, Quotation(reference, text, language))
    return {each: tuple(quoted.values()) for each, quoted in found.items()}
