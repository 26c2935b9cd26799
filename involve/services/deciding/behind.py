"""The trail both ways: from a decision to the stories behind it, and from a story to each decision it is behind."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select, union
from sqlalchemy.orm import Session

from involve.models import Decision, DecisionPassage, DecisionTheme, Publication, PublicationTag, ThemePassage
from involve.models.theme import Theme


def stories_behind(session: Session, decision_id: int) -> tuple[int, ...]:
    """Return the ids of the published stories that a decision cites or heard: by a passage, or within a theme.

    Those of themes that it does not follow are among them: their tellers are owed the reason.
    """
    return tuple(session.scalars(select_behind(decision_id).distinct().order_by("story_id")))


def select_behind(decision_id: int) -> Select[tuple[int]]:
    """Return the query for the same ids, some of them more than once."""
    pairs = _pairs().subquery()
    return select(pairs.c.story_id).where(pairs.c.decision_id == decision_id)


def decisions_ahead(session: Session, story_id: int) -> tuple[int, ...]:
    """Return the ids of the published decisions that a published story is behind, newest first."""
    pairs = _pairs().subquery()
    return tuple(
        session.scalars(
            select(Decision.id)
            .where(
                Decision.id.in_(select(pairs.c.decision_id).where(pairs.c.story_id == story_id)),
                Decision.state == "published",
            )
            .order_by(Decision.published_at.desc(), Decision.id.desc())
        )
    )


def behind_published() -> Select[int]:
    """Return the ids of the stories that are behind any published decision, as a query for others."""
    pairs = _pairs().subquery()
    published = select(Decision.id).where(Decision.state == "published")
    return select(pairs.c.story_id).where(pairs.c.decision_id.in_(published))


def stories_followed(session: Session, decision_ids: Sequence[int]) -> frozenset[int]:
    """Return the ids of the published stories for which some of these decisions were made.

    They are cited for one of them, or within a theme that it follows; not those that it heard without following.
    """
    pairs = _pairs(followed=True).subquery()
    return frozenset(session.scalars(select(pairs.c.story_id).where(pairs.c.decision_id.in_(decision_ids))))


def cited_sides(session: Session, decision_ids: Sequence[int], story_id: int) -> frozenset[tuple[int, str]]:
    """Return each of these decisions with each side ('for', 'against') on which it cites words of a published story."""
    rows = session.execute(
        select(DecisionPassage.decision_id, DecisionPassage.side)
        .join(DecisionPassage.publication)
        .where(DecisionPassage.decision_id.in_(decision_ids), Publication.story_id == story_id)
    )
    return frozenset((row[0], row[1]) for row in rows)


def holds_story(story_id: int) -> ColumnElement[bool]:
    """Return the condition that a published story is in a `DecisionTheme`."""
    of_story = (
        each.with_only_columns(DecisionTheme.id).where(Publication.story_id == story_id) for each in _held()
    )
    return or_(*(DecisionTheme.id.in_(each.correlate(None)) for each in of_story))


def _pairs(followed: bool = False) -> Select[tuple[int, int]]:
    """Return each pair of a decision and a story behind it, or only of one that it `followed`."""
    cited = select(DecisionPassage.decision_id, Publication.story_id).join(DecisionPassage.publication)
    grouped, tagged = _held()
    if followed:
        cited = cited.where(DecisionPassage.side == "for")
        grouped, tagged = (each.where(DecisionTheme.standing == "followed") for each in (grouped, tagged))
    both = union(cited, grouped, tagged).subquery()
    return select(both.c.decision_id, both.c.story_id)


# The types of rows in quotes: SQLAlchemy 2.0 names them in another way, and does not look.
def _held() -> "tuple[Select[int, int], Select[int, int]]":
    """Return each pair of a decision and a story within a theme of it: of a reading session, then by a tag."""
    # What was merged into a theme is part of it.
    grouped = (
        select(DecisionTheme.decision_id, Publication.story_id)
        .join(Theme, (Theme.id == DecisionTheme.theme_id) | (Theme.merged_into_id == DecisionTheme.theme_id))
        .join(ThemePassage, ThemePassage.theme_id == Theme.id)
        .join(Publication, Publication.id == ThemePassage.publication_id)
    )
    tagged = (
        select(DecisionTheme.decision_id, Publication.story_id)
        .join(Decision, Decision.id == DecisionTheme.decision_id)
        .join(
            PublicationTag,
            (PublicationTag.scheme == DecisionTheme.scheme)
            & (PublicationTag.concept == DecisionTheme.concept),
        )
        .join(
            Publication,
            (Publication.id == PublicationTag.publication_id)
            & (Publication.project_id == Decision.project_id),
        )
    )
    return grouped, tagged
