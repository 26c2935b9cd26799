"""Members of staff: inviting them to a role, and the one-time invitation that lets them choose a password."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, NotFound
from involve.models import Body, Membership, Project, User
from involve.services.projects.projects import find_body, find_project
from involve.services.trail.record import record
from involve.services.upkeep.letters import link_state
from involve.services.upkeep.tokens import read_token
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.roles import ROLES

INVITATION_LASTS = timedelta(days=7)
LONGEST_EMAIL = 254
# Whether it reaches someone only the invitation itself can show; this catches slips.
ADDRESS = re.compile(r"[^\s@<>\0]+@[^\s@<>\0]+")


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the invited person is given, once. Only a keyed hash of `token` is kept."""

    user_id: int
    token: str


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body as staff name it."""

    id: int
    slug: str
    name: Bilingual


def list_bodies(session: Session) -> tuple[BodyView, ...]:
    """Return every body, by slug."""
    rows = session.scalars(select(Body).order_by(Body.slug))
    return tuple(BodyView(row.id, row.slug, Bilingual(row.name_cy, row.name_en)) for row in rows)


def invite_user(
    session: Session, email: str, role: str, body: str, project_slug: str | None, now: datetime, key: str
) -> Invitation:
    """Give *email* a role in a body (slug or number), or in one project of it, with a fresh invitation.

    Someone who has an account keeps it and its password; the invitation then lets them choose a new one.

    Raises:
        BadInput: the address or the role is none, or the project belongs to another body.
        NotFound: there is no such body or project.
    """
    email = check_address(email)
    check_role(role)
    row = find_body(session, body)
    project = None if project_slug is None else find_project(session, project_slug)
    if project is not None and project.body_id != row.id:
        raise BadInput("The project belongs to another body.")
    user = find_or_add_user(session, email, now)
    grant_role(session, user, role, row, project)
    token = open_invitation(user, now, key)
    record(
        session,
        "invited",
        "user",
        user.id,
        now,
        actor="command",
        role=role,
        body=row.id,
        project=None if project is None else project.id,
    )
    return Invitation(user.id, token)


def find_invitation(session: Session, token: str, now: datetime, key: str) -> int:
    """Return the id of the user whom *token* invites.

    Raises:
        NotFound: it is unknown, was used or has run out.
    """
    user = _find_invited(session, token, key)
    if user is None or user.invitation_ends_at is None or user.invitation_ends_at <= now:
        raise NotFound("invitation")
    return user.id


def accept_invitation(
    session: Session, token: str, password_hash: str, name: str, now: datetime, key: str
) -> int:
    """Keep the password (hashed by the caller) and name that the invited person chose, and return their id.

    The invitation is used up, and every earlier session of the account ends.

    Raises:
        NotFound: as `find_invitation`.
    """
    user = session.get_one(User, find_invitation(session, token, now, key))
    user.password, user.name = password_hash, name.strip() or user.name
    user.invitation_hash, user.invitation_ends_at = None, None
    user.fs_uniquifier = secrets.token_urlsafe(32)
    record(session, "invitation_accepted", "user", user.id, now, user_id=user.id)
    return user.id


def check_address(email: str) -> str:
    """Return an e-mail address without space at its ends.

    Raises:
        BadInput: it is none.
    """
    email = email.strip()
    if not 3 <= len(email) <= LONGEST_EMAIL or not ADDRESS.fullmatch(email):
        raise BadInput("That is not an e-mail address.")
    return email


def check_role(role: str) -> None:
    """Refuse a role that there is not, as BadInput."""
    if role not in {each.id for each in ROLES}:
        raise BadInput(f"Unknown role {role!r}.")


def open_invitation(user: User, now: datetime, key: str) -> str:
    """Let *user* choose a password by the token that is returned, and by no earlier one."""
    token = secrets.token_urlsafe(32)
    user.invitation_hash, user.invitation_ends_at = _hash_token(token, key), now + INVITATION_LASTS
    return token


def find_or_add_user(session: Session, email: str, now: datetime) -> User:
    """Return the account with that address in any case, making it first if needed."""
    user = session.scalar(select(User).where(func.lower(User.email) == email.lower()))
    if user is None:
        user = User(
            email=email,
            name="",
            password=None,
            active=True,
            created_at=now,
            fs_uniquifier=secrets.token_urlsafe(32),
        )
        session.add(user)
        session.flush()
    return user


def grant_role(session: Session, user: User, role: str, body: Body, project: Project | None) -> bool:
    """Add the role unless the user has it there; return whether they had not."""
    project_id = None if project is None else project.id
    held = {(grant.body_id, grant.project_id, grant.role) for grant in user.memberships}
    if (body.id, project_id, role) in held:
        return False
    user.memberships.append(Membership(body_id=body.id, project_id=project_id, role=role))
    session.flush()
    return True


def _find_invited(session: Session, token: str, key: str) -> User | None:
    """Return whom a token invites: one that was handed over, or one that stood in a letter, which is kept nowhere."""
    user = session.scalar(select(User).where(User.invitation_hash == _hash_token(token, key), User.active))
    if user is not None:
        return user
    try:
        user_id, state = read_token(key, "invitation", token, INVITATION_LASTS)
    except NotFound:
        return None
    user = session.get(User, user_id)
    if user is None or not user.active or user.invitation_hash is None:
        return None
    return user if link_state(user.fs_uniquifier, user.password) == state else None


def _hash_token(token: str, key: str) -> str:
    """Return the keyed hash under which an invitation is found (hexadecimal)."""
    return hmac.digest(key.encode(), b"invitation\0" + token.encode("utf-8", "replace"), sha256).hex()
