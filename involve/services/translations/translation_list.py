"""The work list of translators: published stories that wait for the other language, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from involve.models import Publication, Translation
from involve.services.staff.access import Actor, projects_where
from involve.services.translations.translation_rows import TARGETS
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of

PAGE = 50
WAITING = ("none", "draft", "stale", "questioned")


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which of the list is wanted: of a project (slug), into a language, in a state; None means all that wait."""

    project: str | None = None
    language: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class WaitingStory:
    """A line of the list: a story to be translated into `language`. `mine` is whether I wrote what is there."""

    story_id: int
    reference: str
    project: Bilingual
    told_in: str
    language: str
    state: str
    mine: bool
    published_on: date


@dataclass(frozen=True, slots=True)
class Direction:
    """How many stories told in one language are in which state on their way into another, and how long they wait.

    `longest` and `usual` (the median) are days since publication of those that nobody can read in that language yet.
    """

    told_in: str
    language: str
    counts: dict[str, int]
    longest: int | None
    usual: int | None

    @property
    def waiting(self) -> int:
        """How many cannot be read in that language."""
        return sum(self.counts.get(state, 0) for state in WAITING)


def list_waiting(
    session: Session, actor: Actor, wanted: ListFilter, after: int = 0, limit: int | None = PAGE
) -> tuple[WaitingStory, ...]:
    """Return what waits for *actor*: what a teller questions first, then what changed since, then the oldest."""
    projects = {project.id: project for project in projects_where(session, actor, "translate")}
    pairs = _pairs(session, actor, wanted).subquery()
    state = pairs.c.state
    rank = case((state == "questioned", 0), (state == "stale", 1), else_=2)
    chosen = state == wanted.state if wanted.state else state.in_(WAITING)
    rows = session.execute(
        select(pairs)
        .where(chosen)
        .order_by(rank, pairs.c.published_at, pairs.c.story_id, pairs.c.target)
        .offset(after)
        .limit(limit)
    )
    return tuple(
        WaitingStory(
            story_id=row.story_id,
            reference=row.reference,
            project=Bilingual(projects[row.project_id].name_cy, projects[row.project_id].name_en),
            told_in=row.told_in,
            language=row.target,
            state=row.state,
            mine=row.user_id == actor.user_id,
            published_on=day_of(row.published_at),
        )
        for row in rows
    )


def count_directions(
    session: Session, actor: Actor, wanted: ListFilter, now: datetime
) -> tuple[Direction, ...]:
    """Return the numbers for each two languages, in the projects of *actor* that *wanted* names; between Welsh and
    English always, between others where there are any."""
    pairs = _pairs(session, actor, ListFilter(project=wanted.project)).subquery()
    grouped = (pairs.c.told_in, pairs.c.target, pairs.c.state)
    rows = session.execute(
        select(*grouped, func.count(), func.min(pairs.c.published_at)).group_by(*grouped)
    ).all()
    directions = [("cy", "en"), ("en", "cy")]
    directions += sorted({(row[0], row[1]) for row in rows} - set(directions))
    return tuple(
        _count(session, pairs, pair, [row for row in rows if (row[0], row[1]) == pair], now)
        for pair in directions
    )


def _count(
    session: Session, pairs: Any, pair: tuple[str, str], rows: Sequence[Any], now: datetime
) -> Direction:
    """Return the numbers of one direction."""
    counts = {row[2]: row[3] for row in rows}
    waiting = sum(counts.get(state, 0) for state in WAITING)
    told_in, language = pair
    middle = session.scalar(
        select(pairs.c.published_at)
        .where(pairs.c.told_in == told_in, pairs.c.target == language, pairs.c.state.in_(WAITING))
        .order_by(pairs.c.published_at)
        .offset(waiting // 2)
        .limit(1)
    )
    first = min((row[4] for row in rows if row[2] in WAITING), default=None)
    return Direction(told_in, language, counts, _days_since(first, now), _days_since(middle, now))


def _days_since(moment: datetime | None, now: datetime) -> int | None:
    """Return how many days ago *moment* was; None where there was none."""
    return None if moment is None else (day_of(now) - day_of(moment)).days


def _pairs(session: Session, actor: Actor, wanted: ListFilter) -> Any:
    """Select each published story with each language into which it could be translated, and the state of that."""
    projects = [
        project.id
        for project in projects_where(session, actor, "translate")
        if wanted.project in (None, project.slug)
    ]
    targets = [target for target in TARGETS if wanted.language in (None, target)] or list(TARGETS)
    return union_all(*(_towards(target, projects) for target in targets))


def _towards(target: str, projects: Sequence[int]) -> Any:
    """Select the published stories of *projects* that are not told in *target*."""
    joined = and_(Translation.story_id == Publication.story_id, Translation.language == target)
    return (
        select(
            Publication.story_id,
            Publication.reference,
            Publication.project_id,
            Publication.language.label("told_in"),
            literal(target).label("target"),
            func.coalesce(Translation.state, "none").label("state"),
            Translation.user_id,
            Publication.published_at,
        )
        .outerjoin(Translation, joined)
        .where(Publication.project_id.in_(projects), Publication.language != target)
    )
