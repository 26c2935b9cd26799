"""An administrator invites somebody to a role in their body: a letter, and a link to hand over where that is safe."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from involve.models import Body, User
from involve.services.staff.access import Actor
from involve.services.staff.member_changes import SwitchedOff
from involve.services.staff.members import (
    check_address,
    check_role,
    find_or_add_user,
    grant_role,
    open_invitation,
)
from involve.services.staff.memberships import find_managed_body, find_place, who_came
from involve.services.trail.record import record
from involve.services.upkeep.letters import write_to_user


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of inviting. `token` opens the account, once; None where the account is not this body's alone.

    `job_id` is the job of the letter.
    """

    user_id: int
    token: str | None
    job_id: int


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom to invite to which role, in the whole body or in one project (slug); `language` is that of the letter."""

    email: str
    role: str
    project: str | None
    language: str


def invite_member(
    session: Session, actor: Actor, slug: str, guest: Guest, now: datetime, key: str
) -> Invited:
    """Give a guest a role in a body or in one project of it, and write to them.

    A link that lets its holder choose the password is shown to nobody else's administrator: someone who has an
    account, or was invited by another body too, hears only by letter.

    Raises:
        NotFound, NotAllowed: as `find_managed_body`, and for a project of another body.
        BadInput: the address or the role is none.
        SwitchedOff: this body switched them off.
    """
    body = find_managed_body(session, actor, slug)
    check_role(guest.role)
    place = find_place(session, body, guest.project)
    user = find_or_add_user(session, check_address(guest.email), now)
    if not user.memberships and not who_came(session, [user.id]):
        user.language = guest.language
    if any(each.body_id == body.id and each.switched_off_at is not None for each in user.memberships):
        raise SwitchedOff("off")
    grant_role(session, user, guest.role, body, place)
    user.active = True
    new = not who_came(session, [user.id])
    token = _open(user, body, now, key) if new else None
    record(
        session,
        "invited",
        "user",
        user.id,
        now,
        user_id=actor.user_id,
        role=guest.role,
        body=body.id,
        project=place.id if place else None,
    )
    return Invited(user.id, token, _write(session, user, body, new, now))


def _open(user: User, body: Body, now: datetime, key: str) -> str | None:
    """Open the invitation of somebody who has never come; return its token if only this body knows them.

    Any earlier link is void from now on: it may have been shown to the administrator of another body.
    """
    token = open_invitation(user, now, key)
    return token if all(each.body_id == body.id for each in user.memberships) else None


def _write(session: Session, user: User, body: Body, new: bool, now: datetime) -> int:
    """Write to the person who was invited; return the id of the job."""
    kind = "invitation" if new else "new_role"
    name = body.name_cy if user.language == "cy" else body.name_en
    return write_to_user(session, kind, user.id, now, body=name)
