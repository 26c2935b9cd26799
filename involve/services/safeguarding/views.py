"""Concerns as the people who act on them see them, and what a member of staff should know on every page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from involve.models import Concern, ConcernAlert, Project, Story, User
from involve.services.moderation.staff_story import StaffStory, open_story
from involve.services.safeguarding.alerts import overdue_from
from involve.services.safeguarding.concerns import find_concern, needs_second
from involve.services.safeguarding.duty import Source, show_rota
from involve.services.staff.access import Actor, projects_where
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.concerns import USUAL_HOURS
from involve.vocabulary.days import day_of

MOST_CLOSED = 50


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told of a concern, when, and why: 'duty', or 'late' because nobody had acknowledged it."""

    name: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class ConcernView:
    """A concern without any of the story's words.

    `state` is new, overdue, seen, second (it waits for a second person) or closed. `overdue_at` is when it is, or was,
    overdue unacknowledged. Names are those of members of staff; `raised_by` is None where the machine raised it.
    """

    id: int
    reference: str
    project: Bilingual
    state: str
    raised_at: datetime
    raised_by: str | None
    reason: str | None
    overdue_at: datetime
    hours: int
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    outcome: str | None
    note: str | None
    outcome_by: str | None
    second_of: int | None
    closed_at: datetime | None
    closed_by: str | None
    told: tuple[Told, ...] = ()
    source: Source = "nobody"


@dataclass(frozen=True, slots=True)
class Notice:
    """How many concerns somebody was told of that nobody has acknowledged, how many are overdue, and how many open."""

    told: int = 0
    overdue: int = 0
    open: int = 0


def list_concerns(session: Session, actor: Actor, now: datetime) -> tuple[ConcernView, ...]:
    """Return the open concerns on which *actor* may act, unacknowledged first, then the oldest."""
    rows = session.execute(
        _concerns(session, actor).where(Concern.closed_at.is_(None)).order_by(Concern.raised_at, Concern.id)
    ).all()
    views = _views(session, rows, now)
    rank = {"overdue": 0, "new": 1, "second": 2, "seen": 3}
    return tuple(sorted(views, key=lambda view: rank[view.state]))


def list_closed(session: Session, actor: Actor, now: datetime) -> tuple[ConcernView, ...]:
    """Return the concerns that were closed last, the newest first."""
    rows = session.execute(
        _concerns(session, actor)
        .where(Concern.closed_at.is_not(None))
        .order_by(Concern.closed_at.desc(), Concern.id.desc())
        .limit(MOST_CLOSED)
    ).all()
    return _views(session, rows, now)


def show_concern(
    session: Session, actor: Actor, concern_id: int, now: datetime
) -> tuple[ConcernView, StaffStory]:
    """Return a concern with its story; that somebody read the original is recorded.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    concern = find_concern(session, actor, concern_id)
    story = session.get_one(Story, concern.story_id)
    opened = open_story(session, actor, story.reference, now)
    rows = session.execute(_concerns(session, actor).where(Concern.id == concern_id)).all()
    view = _views(session, rows, now)[0]
    rota = show_rota(session, story.project, day_of(now))
    return replace(view, source=rota.source), opened


def concern_of(session: Session, actor: Actor, story: StaffStory, now: datetime) -> ConcernView | None:
    """Return the latest concern about a story, for those who may act on it."""
    if not actor.may("safeguard", story.body_id, story.project_id):
        return None
    rows = session.execute(
        _concerns(session, actor).where(Concern.story_id == story.id).order_by(Concern.id.desc()).limit(1)
    ).all()
    views = _views(session, rows, now)
    return views[0] if views else None


def notice_for(session: Session, actor: Actor, now: datetime) -> Notice:
    """Return what *actor* should know of concerns now; nothing where they may act on none."""
    if not actor.may_anywhere("safeguard"):
        return Notice()
    rows = session.execute(_concerns(session, actor).where(Concern.closed_at.is_(None))).all()
    waiting = [(concern, project) for concern, _, project in rows if concern.acknowledged_at is None]
    overdue = [c.id for c, project in waiting if overdue_from(c.raised_at, project.alert_hours) <= now]
    told = session.scalar(
        select(func.count(func.distinct(ConcernAlert.concern_id))).where(
            ConcernAlert.user_id == actor.user_id, ConcernAlert.concern_id.in_([c.id for c, _ in waiting])
        )
    )
    return Notice(told or 0, len(overdue), len(rows))


def _concerns(session: Session, actor: Actor) -> Select[Concern, Story, Project]:
    """Return the query of the concerns on which *actor* may act."""
    projects = [project.id for project in projects_where(session, actor, "safeguard")]
    return (
        select(Concern, Story, Project)
        .join(Story, Story.id == Concern.story_id)
        .join(Project, Project.id == Story.project_id)
        .where(Story.project_id.in_(projects))
    )


def _views(
    session: Session, rows: Sequence[Row[Concern, Story, Project]], now: datetime
) -> tuple[ConcernView, ...]:
    """Return the values of rows of concerns, with the names of all who had a part in them."""
    ids = [concern.id for concern, _, _ in rows]
    alerts = session.scalars(
        select(ConcernAlert).where(ConcernAlert.concern_id.in_(ids)).order_by(ConcernAlert.id)
    ).all()
    people: set[int] = {alert.user_id for alert in alerts}
    for concern, _, _ in rows:
        had = (concern.raised_by_id, concern.acknowledged_by, concern.outcome_by, concern.closed_by)
        people.update(user_id for user_id in had if user_id is not None)
    users = session.scalars(select(User).where(User.id.in_(people)))
    names = {user.id: user.name or user.email for user in users}
    told: dict[int, list[Told]] = defaultdict(list)
    for alert in alerts:
        told[alert.concern_id].append(Told(names[alert.user_id], alert.at, alert.why))
    return tuple(
        _view(concern, story, project, names, tuple(told[concern.id]), now)
        for concern, story, project in rows
    )


def _view(
    concern: Concern,
    story: Story,
    project: Project,
    names: dict[int, str],
    told: tuple[Told, ...],
    now: datetime,
) -> ConcernView:
    """Return the value of one row."""
    overdue_at = overdue_from(concern.raised_at, project.alert_hours)

    def name(user_id: int | None) -> str | None:
        return None if user_id is None else names.get(user_id)

    waits = concern.outcome is not None and needs_second(concern.raised_by, concern.outcome)
    return ConcernView(
        id=concern.id,
        reference=story.reference,
        project=Bilingual(project.name_cy, project.name_en),
        state=_state(concern, overdue_at, now),
        raised_at=concern.raised_at,
        raised_by=name(concern.raised_by_id),
        reason=concern.reason,
        overdue_at=overdue_at,
        hours=project.alert_hours or USUAL_HOURS,
        acknowledged_at=concern.acknowledged_at,
        acknowledged_by=name(concern.acknowledged_by),
        outcome=concern.outcome,
        note=concern.note,
        outcome_by=name(concern.outcome_by),
        second_of=concern.outcome_by if waits and concern.closed_at is None else None,
        closed_at=concern.closed_at,
        closed_by=name(concern.closed_by),
        told=told,
    )


def _state(concern: Concern, overdue_at: datetime, now: datetime) -> str:
    """Return where a concern stands."""
    if concern.closed_at is not None:
        return "closed"
    if concern.outcome is not None:
        return "second"
    if concern.acknowledged_at is not None:
        return "seen"
    return "overdue" if overdue_at <= now else "new"
