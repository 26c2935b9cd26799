"""Who may do what, where: the one table of rules, and the question put to it."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import NotAllowed, NotFound
from involve.models import Membership, Project, User

Action = Literal[
    "read_queue",
    "read_original",
    "moderate",
    "reply",
    "converse",
    "tag",
    "manage_members",
    "read_trail",
    "edit_signposts",
    "promise",
    "decide",
    "read_together",
    "set_up",
    "collect",
    "log_outreach",
    "print_paper",
    "edit_privacy",
    "take_back",
    "translate",
    "check_translation",
    "import_stories",
    "log_insight",
    "read_insights",
    "match_insights",
    "answer_insights",
    "raise_concern",
    "safeguard",
    "name_duty",
    "code",
    "manage_keys",
]

# Least privilege: a role appears only where its work needs it. An administrator runs the body, and so may all.
RULES: dict[Action, frozenset[str]] = {
    "read_queue": frozenset({"moderator", "analyst", "decision_maker", "administrator"}),
    "read_original": frozenset({"moderator", "administrator"}),
    "moderate": frozenset({"moderator", "administrator"}),
    "reply": frozenset({"moderator", "decision_maker", "administrator"}),
    # What a teller says in private is as much theirs as the story: only for those who read originals.
    "converse": frozenset({"moderator", "administrator"}),
    "tag": frozenset({"moderator", "analyst", "administrator"}),
    "manage_members": frozenset({"administrator"}),
    "read_trail": frozenset({"administrator"}),
    "edit_signposts": frozenset({"administrator"}),
    # What a body promises, and what it decides, is its decision-makers' to answer for.
    "promise": frozenset({"decision_maker", "administrator"}),
    "decide": frozenset({"decision_maker", "administrator"}),
    # In a reading session staff sit beside participants; opening and closing one is the decision-makers'.
    "read_together": frozenset({"moderator", "analyst", "decision_maker", "administrator"}),
    "set_up": frozenset({"decision_maker", "administrator"}),
    # Gathering stories opens none of them.
    "collect": frozenset({"intermediary", "worker", "administrator"}),
    "log_outreach": frozenset({"intermediary", "worker", "decision_maker", "administrator"}),
    # Posters and cards hold public words only.
    "print_paper": frozenset({"intermediary", "worker", "moderator", "decision_maker", "administrator"}),
    "edit_privacy": frozenset({"administrator"}),
    # For who has no code: nothing can be brought back, so it is for few.
    "take_back": frozenset({"administrator"}),
    # Published words only: neither needs the right to read an original.
    "translate": frozenset({"moderator", "analyst", "administrator"}),
    "check_translation": frozenset({"moderator", "analyst", "administrator"}),
    # A file shows original words, and whoever brings it in answers for what the people in it agreed to.
    "import_stories": frozenset({"moderator", "administrator"}),
    # Who works with people logs what they keep hearing, and reads only their own.
    "log_insight": frozenset({"worker", "intermediary", "moderator", "administrator"}),
    "read_insights": frozenset({"moderator", "analyst", "decision_maker", "administrator"}),
    "match_insights": frozenset({"moderator", "analyst", "decision_maker", "administrator"}),
    "answer_insights": frozenset({"moderator", "decision_maker", "administrator"}),
    # Whoever may read a story may say that someone in it may be at risk; who acts on that reads originals.
    "raise_concern": frozenset({"moderator", "analyst", "decision_maker", "administrator"}),
    "safeguard": frozenset({"moderator", "administrator"}),
    "name_duty": frozenset({"administrator"}),
    # Published words only: a codebook is tried out, and stories are coded by hand, on what anyone may read.
    "code": frozenset({"analyst", "administrator"}),
    "manage_keys": frozenset({"administrator"}),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a body, or in one project of it only."""

    role: str
    body_id: int
    project_id: int | None


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff at work, and what they were granted."""

    user_id: int
    email: str
    name: str
    grants: tuple[Grant, ...]

    def may(self, action: Action, body_id: int, project_id: int | None = None) -> bool:
        """Whether a rule lets this person do *action* in that body and project."""
        return any(
            grant.role in RULES[action]
            and grant.body_id == body_id
            and (grant.project_id is None or grant.project_id == project_id)
            for grant in self.grants
        )

    def is_in(self, body_id: int, project_id: int | None = None) -> bool:
        """Whether this person has any role in that body, and there in that project if one is named."""
        return any(
            grant.body_id == body_id and grant.project_id in (None, project_id or grant.project_id)
            for grant in self.grants
        )

    def may_anywhere(self, action: Action) -> bool:
        """Whether there is any place where this person may do *action*."""
        return any(grant.role in RULES[action] for grant in self.grants)


def load_actor(session: Session, user_id: int) -> Actor:
    """Return the member of staff with their grants as they stand now.

    Raises:
        NotAllowed: the account was removed or switched off.
    """
    user = session.get(User, user_id)
    if user is None or not user.active:
        raise NotAllowed("this account is not active")
    held = select(Membership).where(Membership.user_id == user_id, Membership.switched_off_at.is_(None))
    grants = session.scalars(held.order_by(Membership.id))
    return Actor(
        user.id, user.email, user.name, tuple(Grant(g.role, g.body_id, g.project_id) for g in grants)
    )


def require(actor: Actor, action: Action, project: Project) -> None:
    """Let *actor* do *action* in *project*, or stop.

    Raises:
        NotFound: they have no role there at all, and so do not learn that it exists.
        NotAllowed: no role that they have there covers the action.
    """
    _require(actor, action, project.body_id, project.id)


def require_in_body(actor: Actor, action: Action, body_id: int) -> None:
    """Let *actor* do *action* in the whole of a body, or stop.

    Raises:
        NotFound, NotAllowed: as `require`.
    """
    _require(actor, action, body_id, None)


def _require(actor: Actor, action: Action, body_id: int, project_id: int | None) -> None:
    """Stop whoever may not do *action* there."""
    if actor.may(action, body_id, project_id):
        return
    raise NotAllowed(action) if actor.is_in(body_id, project_id) else NotFound("not theirs")


def projects_where(session: Session, actor: Actor, action: Action) -> tuple[Project, ...]:
    """Return the projects in which *actor* may do *action*, by name of slug."""
    projects = session.scalars(select(Project).order_by(Project.slug))
    return tuple(project for project in projects if actor.may(action, project.body_id, project.id))
