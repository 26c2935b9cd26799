"""Who can be the second person: another moderator of the project, or else an administrator of the body."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Membership, Project, Story, User
from involve.services.staff.access import RULES, Actor
from involve.services.upkeep.letters import write_to_user


@dataclass(frozen=True, slots=True)
class SecondPeople:
    """Who else may agree to what one person decided, by name: moderators, and administrators of the body."""

    moderators: tuple[str, ...]
    administrators: tuple[str, ...]


def second_people(session: Session, actor: Actor, project_id: int) -> SecondPeople:
    """Return who but *actor* may agree to a judgement in a project, by name."""
    people = _people(session, actor, project_id)
    moderators = dict.fromkeys(name for _id, name, role in people if role == "moderator")
    others = dict.fromkeys(name for _id, name, _role in people if name not in moderators)
    return SecondPeople(tuple(moderators), tuple(others))


def ask_second_people(session: Session, actor: Actor, story: Story, now: datetime) -> tuple[int, ...]:
    """Write to those who can agree, to moderators where there are any; return the jobs that send the letters."""
    people = _people(session, actor, story.project_id)
    moderators = {user_id for user_id, _name, role in people if role == "moderator"}
    asked = sorted(moderators or {user_id for user_id, _name, _role in people})
    return tuple(
        write_to_user(session, "second_person", user_id, now, reference=story.reference) for user_id in asked
    )


def _people(session: Session, actor: Actor, project_id: int) -> list[tuple[int, str, str]]:
    """Return id, name and role of everybody but *actor* who may moderate in a project and has signed in before."""
    project = session.get_one(Project, project_id)
    rows = session.execute(
        select(User.id, User.name, User.email, Membership.role)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.body_id == project.body_id, Membership.role.in_(RULES["moderate"]))
        .where((Membership.project_id == project_id) | Membership.project_id.is_(None))
        .where(Membership.switched_off_at.is_(None))
        .where(User.active, User.password.is_not(None), User.id != actor.user_id)
        .order_by(User.name, User.email)
    )
    return [(user_id, name or email, role) for user_id, name, email, role in rows]
