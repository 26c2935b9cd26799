"""Telling people of concerns: who has to know and was not told yet is computed from rows, by whatever looks next.

A process that stops loses nothing, and two that look at once tell nobody twice: each concern is locked while its people
are told, and the table takes each person once for each reason.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Concern, ConcernAlert, Project, Story, User
from involve.services.safeguarding.duty import show_rota
from involve.services.trail.record import record
from involve.services.upkeep.letters import write_to_user
from involve.vocabulary.concerns import USUAL_HOURS
from involve.vocabulary.days import add_working_hours, day_of

LOG = logging.getLogger(__name__)


def overdue_from(raised_at: datetime, hours: int | None) -> datetime:
    """Return when a concern that nobody has acknowledged is overdue, given the project's working *hours*."""
    return add_working_hours(raised_at, hours or USUAL_HOURS)


def tell_where_due(factory: SessionFactory, now: datetime) -> int:
    """Tell whoever has to know now, in a transaction of its own, and return how many people were told.

    Where nobody has to be told, nothing is locked.
    """
    with factory() as session:
        waiting = session.execute(
            select(Concern.raised_at, Concern.told_at, Project.alert_hours)
            .join(Story, Story.id == Concern.story_id)
            .join(Project, Project.id == Story.project_id)
            .where(_unheard(), Concern.late_told_at.is_(None))
        ).all()
    if all(
        told_at is not None and now < overdue_from(raised_at, hours) for raised_at, told_at, hours in waiting
    ):
        return 0
    with transaction(factory) as session:
        return len(tell_of_concerns(session, now))


def tell_if_possible(factory: SessionFactory, now: datetime) -> None:
    """Tell whoever has to know now; where the database refuses, whatever looks next tries again."""
    try:
        tell_where_due(factory, now)
    except SQLAlchemyError as error:
        LOG.warning("Alerts could not be written (%s); trying again.", type(error).__name__)


def tell_of_concerns(session: Session, now: datetime) -> tuple[int, ...]:
    """Tell those on duty of new concerns and the others of overdue ones; return who was told, by user id.

    Each is told once for each reason. Where there is nobody to tell, the concern waits until there is.
    """
    told: dict[tuple[int, int, str], list[Concern]] = defaultdict(list)
    rows = session.execute(
        select(Concern, Project)
        .join(Story, Story.id == Concern.story_id)
        .join(Project, Project.id == Story.project_id)
        .where(_unheard(), Concern.late_told_at.is_(None))
        .order_by(Concern.id)
        .with_for_update(of=Concern, skip_locked=True)
    )
    for concern, project in rows.all():
        rota = show_rota(session, project, day_of(now))
        if concern.told_at is None and rota.people:
            concern.told_at = now
            _alert(session, concern, rota.people, "duty", now)
            for user_id in rota.people:
                told[user_id, project.id, "duty"].append(concern)
        if overdue_from(concern.raised_at, project.alert_hours) <= now and rota.others:
            concern.late_told_at = now
            _alert(session, concern, rota.others, "late", now)
            for user_id in rota.others:
                told[user_id, project.id, "late"].append(concern)
    session.flush()
    for (user_id, project_id, why), concerns in told.items():
        _write(session, user_id, session.get_one(Project, project_id), why, concerns, now)
    return tuple(user_id for user_id, _, _ in told)


def _write(
    session: Session, user_id: int, project: Project, why: str, concerns: Sequence[Concern], now: datetime
) -> None:
    """Write one letter to one person about what is new for them in a project, however much that is.

    It names the story where there is one, and how many there are where there are more; never any words.
    """
    language = session.get_one(User, user_id).language
    reference = ""
    if len(concerns) == 1:
        reference = session.get_one(Story, concerns[0].story_id).reference
    write_to_user(
        session,
        "safeguarding_alert",
        user_id,
        now,
        reference=reference,
        count=len(concerns),
        project=project.name_cy if language == "cy" else project.name_en,
        late=why == "late",
    )


def _unheard() -> ColumnElement[bool]:
    """Return the condition that nobody has acknowledged or closed a concern."""
    return Concern.acknowledged_at.is_(None) & Concern.closed_at.is_(None)


def _alert(session: Session, concern: Concern, people: Iterable[int], why: str, now: datetime) -> None:
    """Keep that *people* are told of a concern."""
    people = tuple(people)
    session.add_all(ConcernAlert(concern_id=concern.id, user_id=each, why=why, at=now) for each in people)
    record(session, "concern_told", "concern", concern.id, now, actor="machine", why=why, people=list(people))
