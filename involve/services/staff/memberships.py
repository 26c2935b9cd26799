"""Who has which role in a body, as its administrators see and change it: of this body only, never of another."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import Body, Event, Membership, Passkey, Project, SecondFactor
from involve.services.projects.projects import find_project
from involve.services.staff.access import Actor, require_in_body
from involve.services.staff.members import BodyView
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of

ADMINISTRATOR = "administrator"
# The event of a sign-in, by which the last one is known.
SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of somebody in a body, or in one project of it."""

    id: int
    role: str
    project: str | None
    project_name: Bilingual | None


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff as one body sees them. `invited`: they have not taken up their invitation yet.

    `second_step`: signing in takes more than a password, or a passkey instead of one.
    """

    user_id: int
    name: str
    email: str
    roles: tuple[HeldRole, ...]
    is_on: bool
    invited: bool
    last_in: date | None
    second_step: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What a list of members looks up once: projects, days of the last sign-in, who came, and who has a second step."""

    projects: dict[int, tuple[str, Bilingual]]
    days: dict[int, date]
    came: frozenset[int]
    second_step: frozenset[int]


def bodies_to_manage(session: Session, actor: Actor) -> tuple[BodyView, ...]:
    """Return the bodies whose members *actor* looks after, by slug."""
    rows = session.scalars(select(Body).order_by(Body.slug))
    return tuple(_body(row) for row in rows if actor.may("manage_members", row.id))


def find_managed_body(session: Session, actor: Actor, slug: str) -> Body:
    """Return the row of a body whose members *actor* looks after, for other services.

    Raises:
        NotFound, NotAllowed: there is none, or no role covers it.
    """
    body = None if "\0" in slug else session.scalar(select(Body).where(Body.slug == slug))
    if body is None:
        raise NotFound("body")
    require_in_body(actor, "manage_members", body.id)
    return body


def list_members(session: Session, actor: Actor, slug: str) -> tuple[BodyView, tuple[Member, ...]]:
    """Return a body and everybody who has a role in it, by name.

    Raises:
        NotFound, NotAllowed: as `find_managed_body`.
    """
    body = find_managed_body(session, actor, slug)
    rows = session.scalars(
        select(Membership).where(Membership.body_id == body.id).order_by(Membership.user_id, Membership.id)
    )
    held: dict[int, list[Membership]] = {}
    for row in rows:
        held.setdefault(row.user_id, []).append(row)
    known = _look_up(session, body.id, held)
    members = (_member(grants, known) for grants in held.values())
    return _body(body), tuple(
        sorted(members, key=lambda each: ((each.name or each.email).casefold(), each.user_id))
    )


def find_member(session: Session, actor: Actor, slug: str, user_id: int) -> tuple[BodyView, Member]:
    """Return a body and one of its members.

    Raises:
        NotFound, NotAllowed: as `find_managed_body`; whoever has no role in this body is not found.
    """
    body = find_managed_body(session, actor, slug)
    grants = grants_of(session, body.id, user_id)
    return _body(body), _member(grants, _look_up(session, body.id, [user_id]))


def list_own_roles(session: Session, actor: Actor) -> tuple[tuple[BodyView, HeldRole], ...]:
    """Return what *actor* can be and where, in all bodies."""
    own = select(Membership).where(Membership.user_id == actor.user_id, Membership.switched_off_at.is_(None))
    found = []
    for grant in session.scalars(own.order_by(Membership.body_id, Membership.id)):
        body = session.get_one(Body, grant.body_id)
        found.append((_body(body), _held(grant, _project_names(session, body.id))))
    return tuple(found)


def list_places(session: Session, actor: Actor, slug: str) -> tuple[tuple[str, Bilingual], ...]:
    """Return the projects of a body in which a role can be given, by slug.

    Raises:
        NotFound, NotAllowed: as `find_managed_body`.
    """
    body = find_managed_body(session, actor, slug)
    rows = session.scalars(select(Project).where(Project.body_id == body.id).order_by(Project.slug))
    return tuple((row.slug, Bilingual(row.name_cy, row.name_en)) for row in rows)


def find_place(session: Session, body: Body, project: str | None) -> Project | None:
    """Return the row of a project of that body by slug; None for the whole body.

    Raises:
        NotFound: the body has no such project.
    """
    if not project:
        return None
    row = find_project(session, project)
    if row.body_id != body.id:
        raise NotFound("project")
    return row


def who_came(session: Session, user_ids: Iterable[int]) -> frozenset[int]:
    """Return which of these people have ever come: took their invitation up, or signed in by any way."""
    came = select(Event.user_id).where(
        Event.kind.in_(("invitation_accepted", SIGNED_IN)), Event.user_id.in_(list(user_ids))
    )
    return frozenset(user_id for user_id in session.scalars(came) if user_id is not None)


def grants_of(session: Session, body_id: int, user_id: int) -> list[Membership]:
    """Return what somebody holds in a body. Raises NotFound for nothing."""
    rows = select(Membership).where(Membership.body_id == body_id, Membership.user_id == user_id)
    grants = list(session.scalars(rows.order_by(Membership.id)))
    if not grants:
        raise NotFound("member")
    return grants


def _last_days(session: Session, user_ids: Iterable[int]) -> dict[int, date]:
    """Return on which day each of these people signed in last, as far as the trail knows."""
    found = session.execute(
        select(Event.user_id, func.max(Event.at))
        .where(Event.kind == SIGNED_IN, Event.user_id.in_(list(user_ids)))
        .group_by(Event.user_id)
    )
    return {user_id: day_of(at) for user_id, at in found if user_id is not None}


def _project_names(session: Session, body_id: int) -> dict[int, tuple[str, Bilingual]]:
    """Return slug and name of each project of a body by id."""
    rows = session.scalars(select(Project).where(Project.body_id == body_id))
    return {row.id: (row.slug, Bilingual(row.name_cy, row.name_en)) for row in rows}


def _look_up(session: Session, body_id: int, user_ids: Collection[int]) -> _Known:
    """Return what is known of several people at once."""
    steps = [select(table.user_id).where(table.user_id.in_(user_ids)) for table in (SecondFactor, Passkey)]
    return _Known(
        _project_names(session, body_id),
        _last_days(session, user_ids),
        who_came(session, user_ids),
        frozenset(user_id for query in steps for user_id in session.scalars(query)),
    )


def _member(grants: list[Membership], known: _Known) -> Member:
    """Return a member as a value."""
    user = grants[0].user
    return Member(
        user.id,
        user.name,
        user.email,
        tuple(_held(grant, known.projects) for grant in grants),
        any(grant.switched_off_at is None for grant in grants),
        user.id not in known.came,
        known.days.get(user.id),
        user.id in known.second_step,
    )


def _held(grant: Membership, names: dict[int, tuple[str, Bilingual]]) -> HeldRole:
    """Return a role as a value."""
    project, name = (None, None) if grant.project_id is None else names[grant.project_id]
    return HeldRole(grant.id, grant.role, project, name)


def _body(row: Body) -> BodyView:
    """Return a body as a value."""
    return BodyView(row.id, row.slug, Bilingual(row.name_cy, row.name_en))
