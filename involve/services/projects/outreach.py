"""Outreach: hours, expenses and time credits logged against a project, and never a condition of being heard."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, NotFound
from involve.models import Outreach, Project, User
from involve.services.projects.projects import LARGEST_ID, find_project
from involve.services.staff.access import Actor, require
from involve.services.trail.record import record
from involve.vocabulary.days import day_of

# An entry is one person's work on one day.
MOST_MINUTES = 24 * 60
MOST_PENCE = 10_000 * 100
MOST_PEOPLE = 10_000
MOST_CREDITS = 10_000
LONGEST_NOTE = 1_000
# A year before this is a slip.
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Work:
    """What one entry says: people reached, own minutes, pence spent, hours of time credits given to participants."""

    on_day: date
    people: int = 0
    minutes: int = 0
    expenses_pence: int = 0
    time_credits: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutreachView:
    """An entry as staff see it; `mine` is one of the person who asks."""

    id: int
    by: str
    mine: bool
    work: Work


@dataclass(frozen=True, slots=True)
class OutreachTotal:
    """Entries added up."""

    people: int
    minutes: int
    expenses_pence: int
    time_credits: int


def log_outreach(session: Session, actor: Actor, slug: str, work: Work, now: datetime) -> int:
    """Log a day's work for a project and return the entry's id.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
        BadInput: its argument says what cannot be: 'day', 'future', 'people', 'minutes', 'expenses', 'credits', 'note';
            'nothing' (all numbers are zero) or 'repeat' (this person logged exactly this already).
    """
    project = find_project(session, slug)
    require(actor, "log_outreach", project)
    work = replace(work, note=work.note.strip())
    _check(work, day_of(now))
    if any(entry.mine and entry.work == work for entry in list_outreach(session, actor, slug)):
        raise BadInput("repeat")
    row = Outreach(
        project_id=project.id,
        user_id=actor.user_id,
        on_day=work.on_day,
        people=work.people,
        minutes=work.minutes,
        expenses_pence=work.expenses_pence,
        time_credits=work.time_credits,
        note=work.note or None,
        written_at=now,
    )
    session.add(row)
    session.flush()
    record(session, "outreach_logged", "outreach", row.id, now, user_id=actor.user_id, body=project.body_id)
    return row.id


def remove_outreach(session: Session, actor: Actor, slug: str, outreach_id: int, now: datetime) -> None:
    """Take back an entry of one's own that was wrong.

    Raises:
        NotFound, NotAllowed: there is no such project or no such entry of this person, or no grant covers it.
    """
    project = find_project(session, slug)
    require(actor, "log_outreach", project)
    row = session.get(Outreach, outreach_id) if outreach_id <= LARGEST_ID else None
    if row is None or (row.project_id, row.user_id) != (project.id, actor.user_id):
        raise NotFound("outreach")
    session.delete(row)
    record(
        session, "outreach_removed", "outreach", outreach_id, now, user_id=actor.user_id, body=project.body_id
    )


def list_outreach(session: Session, actor: Actor, slug: str) -> tuple[OutreachView, ...]:
    """Return the entries of a project, the newest day first: all of them to those who answer for it, else one's own.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
    """
    project = find_project(session, slug)
    require(actor, "log_outreach", project)
    query = select(Outreach, User.name, User.email).join(User, User.id == Outreach.user_id)
    query = query.where(Outreach.project_id == project.id)
    if not sees_all(actor, project):
        query = query.where(Outreach.user_id == actor.user_id)
    rows = session.execute(query.order_by(Outreach.on_day.desc(), Outreach.id.desc()))
    return tuple(
        OutreachView(row.id, name or email, row.user_id == actor.user_id, _work(row))
        for row, name, email in rows
    )


def total_outreach(entries: Iterable[OutreachView]) -> OutreachTotal:
    """Return entries added up."""
    works = [entry.work for entry in entries]
    return OutreachTotal(
        sum(work.people for work in works),
        sum(work.minutes for work in works),
        sum(work.expenses_pence for work in works),
        sum(work.time_credits for work in works),
    )


def sees_all(actor: Actor, project: Project) -> bool:
    """Whether this person answers for the project, and so sees what everybody logged."""
    return actor.may("promise", project.body_id, project.id)


def _check(work: Work, today: date) -> None:
    """Hold an entry to the rules of `log_outreach`."""
    limits = {
        "people": (work.people, MOST_PEOPLE),
        "minutes": (work.minutes, MOST_MINUTES),
        "expenses": (work.expenses_pence, MOST_PENCE),
        "credits": (work.time_credits, MOST_CREDITS),
    }
    if work.on_day < EARLIEST:
        raise BadInput("day")
    if work.on_day > today:
        raise BadInput("future")
    for name, (number, most) in limits.items():
        if not 0 <= number <= most:
            raise BadInput(name)
    if len(work.note) > LONGEST_NOTE:
        raise BadInput("note")
    if not any(number for number, _most in limits.values()):
        raise BadInput("nothing")


def _work(row: Outreach) -> Work:
    """Return what a row says."""
    return Work(row.on_day, row.people, row.minutes, row.expenses_pence, row.time_credits, row.note or "")
