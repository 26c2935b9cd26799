"""Giving and taking roles and switching access off and on, in a body whose members one looks after."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, NotFound
from involve.models import Body, Membership, User
from involve.services.staff.access import Actor
from involve.services.staff.members import check_role, grant_role
from involve.services.staff.memberships import (
    ADMINISTRATOR,
    find_managed_body,
    find_place,
    grants_of,
    who_came,
)
from involve.services.trail.record import record


class OwnRole(BadInput):
    """Nobody takes away or switches off what lets themselves administer; another administrator has to."""


class LastAdministrator(BadInput):
    """A body keeps at least one administrator who can sign in."""


class SwitchedOff(BadInput):
    """Whoever is switched off is given no further role."""


def give_role(
    session: Session, actor: Actor, slug: str, user_id: int, role: str, project: str | None, now: datetime
) -> bool:
    """Give a member one more role in the body or in one project of it; return whether they had it not yet.

    Raises:
        NotFound, NotAllowed: as `find_member`; a project of another body is not found.
        BadInput: there is no such role. SwitchedOff: the member is.
    """
    body = find_managed_body(session, actor, slug)
    check_role(role)
    grants = grants_of(session, body.id, user_id)
    if any(grant.switched_off_at is not None for grant in grants):
        raise SwitchedOff("off")
    place = find_place(session, body, project)
    given = grant_role(session, session.get_one(User, user_id), role, body, place)
    if given:
        _note(session, "role_given", user_id, actor, now, body.id, role, place.id if place else None)
    return given


def take_role(
    session: Session, actor: Actor, slug: str, user_id: int, membership_id: int, now: datetime
) -> None:
    """Take a role away from a member.

    Raises:
        NotFound, NotAllowed: as `find_member`, and the role has to be one of theirs in this body.
        OwnRole, LastAdministrator: it keeps the body in somebody's hands.
    """
    body = _lock(session, find_managed_body(session, actor, slug))
    grants = grants_of(session, body.id, user_id)
    grant = next((each for each in grants if each.id == membership_id), None)
    if grant is None:
        raise NotFound("role")
    if grant.role == ADMINISTRATOR and grant.project_id is None:
        if user_id == actor.user_id:
            raise OwnRole("own")
        _require_others(session, body.id, user_id)
    role, project_id = grant.role, grant.project_id
    session.delete(grant)
    _note(session, "role_taken", user_id, actor, now, body.id, role, project_id)


def switch_member(session: Session, actor: Actor, slug: str, user_id: int, on: bool, now: datetime) -> None:
    """Let a member's roles in this body count, or not; what they may do elsewhere stays as it is.

    Switching off ends every session of theirs at once. An account that is on nowhere cannot sign in.

    Raises:
        NotFound, NotAllowed: as `find_member`.
        OwnRole, LastAdministrator: it keeps the body in somebody's hands.
    """
    body = _lock(session, find_managed_body(session, actor, slug))
    grants, user = grants_of(session, body.id, user_id), session.get_one(User, user_id)
    if not on:
        if user_id == actor.user_id:
            raise OwnRole("own")
        _require_others(session, body.id, user_id)
        user.fs_uniquifier = secrets.token_urlsafe(32)
    for grant in grants:
        grant.switched_off_at = None if on else grant.switched_off_at or now
    user.active = any(each.switched_off_at is None for each in user.memberships)
    record(
        session,
        "member_switched_on" if on else "member_switched_off",
        "user",
        user_id,
        now,
        user_id=actor.user_id,
        body=body.id,
    )


def _require_others(session: Session, body_id: int, user_id: int) -> None:
    """Stop when nobody but *user_id* could administer the body: an invitation that nobody took up does not count."""
    others = (
        select(User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.body_id == body_id,
            Membership.project_id.is_(None),
            Membership.role == ADMINISTRATOR,
            Membership.switched_off_at.is_(None),
            User.active,
            User.id != user_id,
        )
    )
    if not who_came(session, list(session.scalars(others))):
        raise LastAdministrator("last")


def _lock(session: Session, body: Body) -> Body:
    """Lock a body, so that two administrators who take each other's role away do it one after the other."""
    return session.scalars(select(Body).where(Body.id == body.id).with_for_update()).one()


def _note(
    session: Session,
    kind: str,
    user_id: int,
    actor: Actor,
    now: datetime,
    body: int,
    role: str,
    project: int | None,
) -> None:
    """Record what became of a role."""
    record(session, kind, "user", user_id, now, user_id=actor.user_id, role=role, body=body, project=project)
