"""Who acts on a concern: the people named by a project or its body, and who stands in where nobody is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from involve.models import DutyPerson, Membership, Project, User
from involve.services.staff.access import RULES

Source = Literal["project", "body", "administrators", "nobody"]


@dataclass(frozen=True, slots=True)
class Rota:
    """Who is told of a concern on a day, by user id: those on duty at once, the others when nobody acknowledges it.

    `source` says who named them; 'administrators' where nobody is named.
    """

    people: tuple[int, ...]
    others: tuple[int, ...]
    source: Source


def show_rota(session: Session, project: Project, day: date) -> Rota:
    """Return who acts on a concern in *project* on *day*.

    Where nobody who is on duty covers that day, all who are on duty do. Who may no longer read originals is left out.
    """
    able = able_people(session, project.body_id, project.id)
    administrators = tuple(user_id for user_id, roles in able.items() if "administrator" in roles)
    rows = session.scalars(
        select(DutyPerson).where(DutyPerson.body_id == project.body_id).order_by(DutyPerson.id)
    ).all()
    source: Source
    for source, place in (("project", project.id), ("body", None)):
        named = [row for row in rows if row.project_id == place and row.user_id in able]
        duty = _on(day, [row for row in named if row.part == "duty"])
        if duty:
            deputies = _on(day, [row for row in named if row.part == "deputy"])
            return Rota(duty, tuple(dict.fromkeys((*deputies, *administrators))), source)
    if administrators:
        return Rota(administrators, administrators, "administrators")
    return Rota(tuple(able), tuple(able), "nobody")


def has_named(session: Session, body_id: int) -> bool:
    """Whether the body has named somebody who is on duty and may read what people send."""
    able = able_people(session, body_id, None)
    rows = select(DutyPerson.user_id).where(
        DutyPerson.body_id == body_id, DutyPerson.project_id.is_(None), DutyPerson.part == "duty"
    )
    return any(user_id in able for user_id in session.scalars(rows))


def able_people(session: Session, body_id: int, project_id: int | None) -> dict[int, set[str]]:
    """Return the active members of staff who may act on a concern there, by id, each with their roles."""
    rows = session.execute(
        select(Membership.user_id, Membership.role)
        .join(User, User.id == Membership.user_id)
        .where(
            User.active,
            Membership.body_id == body_id,
            or_(Membership.project_id.is_(None), Membership.project_id == project_id),
            Membership.role.in_(RULES["safeguard"]),
        )
        .order_by(Membership.user_id)
    )
    able: dict[int, set[str]] = {}
    for user_id, role in rows:
        able.setdefault(user_id, set()).add(role)
    return able


def _on(day: date, rows: Sequence[DutyPerson]) -> tuple[int, ...]:
    """Return who covers *day*; all where nobody does."""
    covering = [row.user_id for row in rows if not row.days or day.weekday() in row.days]
    return tuple(dict.fromkeys(covering or [row.user_id for row in rows]))
