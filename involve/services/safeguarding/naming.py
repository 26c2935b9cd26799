"""Naming who acts on concerns: places, the people who can be named there, and within how many hours they answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, NotAllowed, NotFound
from involve.models import Body, DutyPerson, Project, User
from involve.services.safeguarding.duty import able_people
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.concerns import HOURS, PARTS, USUAL_HOURS, WEEK


@dataclass(frozen=True, slots=True)
class Place:
    """Where people are named: a body, or one project of it."""

    kind: Literal["body", "project"]
    slug: str
    name: Bilingual
    body_id: int
    project_id: int | None
    hours: int = USUAL_HOURS


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who is named. `days` are places in the week, Monday 0; none is every day.

    `able` is whether their role still lets them act.
    """

    id: int
    user_id: int
    name: str
    part: str
    days: tuple[int, ...]
    able: bool


def list_places(session: Session, actor: Actor) -> tuple[Place, ...]:
    """Return the bodies and projects where *actor* names people."""
    bodies = session.scalars(select(Body).order_by(Body.slug))
    places: list[Place] = []
    for body in bodies:
        if actor.may("name_duty", body.id):
            places.append(_body_place(body))
        projects = session.scalars(select(Project).where(Project.body_id == body.id).order_by(Project.slug))
        places += [_project_place(each) for each in projects if actor.may("name_duty", body.id, each.id)]
    return tuple(places)


def find_place(session: Session, actor: Actor, kind: str, slug: str) -> Place:
    """Return the body or project where *actor* names people.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    place: Place | None = None
    if kind == "body" and (body := session.scalar(select(Body).where(Body.slug == slug))):
        place = _body_place(body)
    if kind == "project" and (project := session.scalar(select(Project).where(Project.slug == slug))):
        place = _project_place(project)
    if place is None or not actor.is_in(place.body_id, place.project_id):
        raise NotFound(slug)
    if not actor.may("name_duty", place.body_id, place.project_id):
        raise NotAllowed("name_duty")
    return place


def list_able(session: Session, place: Place) -> tuple[tuple[int, str], ...]:
    """Return (id, name) of those who can be named there: whoever may read what people send."""
    able = able_people(session, place.body_id, place.project_id)
    return tuple((user_id, name) for user_id, name in _names(session, able))


def list_named(session: Session, place: Place) -> tuple[Named, ...]:
    """Return who is named there, in the order of naming."""
    able = able_people(session, place.body_id, place.project_id)
    rows = session.execute(
        select(DutyPerson, User)
        .join(User, User.id == DutyPerson.user_id)
        .where(DutyPerson.body_id == place.body_id, _of(place))
        .order_by(DutyPerson.part.desc(), DutyPerson.id)
    )
    return tuple(
        Named(row.id, user.id, user.name or user.email, row.part, tuple(row.days), user.id in able)
        for row, user in rows
    )


def name_duty(
    session: Session,
    actor: Actor,
    place: Place,
    user_id: int,
    part: str,
    days: Sequence[int],
    now: datetime,
) -> None:
    """Name somebody, in place of what they were named as before.

    Raises:
        NotAllowed: no grant covers it.
        BadInput: the person may not read what people send there, or there is no such part or day.
    """
    _require(actor, place)
    known_days = {int(day.id) for day in WEEK}
    if part not in {each.id for each in PARTS} or not known_days.issuperset(days):
        raise BadInput("part")
    if user_id not in able_people(session, place.body_id, place.project_id):
        raise BadInput("person")
    row = session.scalar(
        select(DutyPerson).where(
            DutyPerson.body_id == place.body_id, _of(place), DutyPerson.user_id == user_id
        )
    )
    if row is None:
        row = DutyPerson(body_id=place.body_id, project_id=place.project_id, user_id=user_id)
        session.add(row)
    every_day = set(days) == known_days
    row.part, row.days = part, [] if every_day else sorted(set(days))
    row.named_at, row.named_by = now, actor.user_id
    session.flush()
    _record(session, "duty_named", place, now, actor, person=user_id, part=part, days=row.days)


def end_duty(session: Session, actor: Actor, place: Place, named_id: int, now: datetime) -> None:
    """Take a name off the list of a place; what is gone already stays gone.

    Raises:
        NotAllowed: no grant covers it.
    """
    _require(actor, place)
    row = session.get(DutyPerson, named_id)
    if row is None or (row.body_id, row.project_id) != (place.body_id, place.project_id):
        return
    person = row.user_id
    session.delete(row)
    session.flush()
    _record(session, "duty_ended", place, now, actor, person=person)


def set_hours(session: Session, actor: Actor, place: Place, hours: int, now: datetime) -> None:
    """Keep within how many working hours a concern in a project is acknowledged before more people are told.

    Raises:
        NotAllowed: no grant covers it.
        BadInput: the number cannot be, or the place is no project.
    """
    _require(actor, place)
    if hours not in HOURS or place.project_id is None:
        raise BadInput("hours")
    session.get_one(Project, place.project_id).alert_hours = hours
    _record(session, "alert_hours_set", place, now, actor, hours=hours)


def _names(session: Session, user_ids: Iterable[int]) -> list[tuple[int, str]]:
    """Return (id, name or address) of members of staff, by name."""
    users = session.scalars(select(User).where(User.id.in_(list(user_ids))))
    return sorted(((user.id, user.name or user.email) for user in users), key=lambda each: each[1])


def _of(place: Place) -> ColumnElement[bool]:
    """Return the condition that a row belongs to the place, within its body."""
    return (
        DutyPerson.project_id.is_(None)
        if place.project_id is None
        else DutyPerson.project_id == place.project_id
    )


def _body_place(body: Body) -> Place:
    return Place("body", body.slug, Bilingual(body.name_cy, body.name_en), body.id, None)


def _project_place(project: Project) -> Place:
    name = Bilingual(project.name_cy, project.name_en)
    hours = project.alert_hours or USUAL_HOURS
    return Place("project", project.slug, name, project.body_id, project.id, hours)


def _require(actor: Actor, place: Place) -> None:
    if not actor.may("name_duty", place.body_id, place.project_id):
        raise NotAllowed("name_duty")


def _record(session: Session, kind: str, place: Place, now: datetime, actor: Actor, **detail: Any) -> None:
    """Add an event about a place."""
    subject_id = place.body_id if place.project_id is None else place.project_id
    record(session, kind, place.kind, subject_id, now, user_id=actor.user_id, **detail)
