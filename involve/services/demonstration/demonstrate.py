"""The demonstration site: invented bodies, projects, sign-ins and stories, added through the services people use."""

import hmac
import tomllib
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Project
from involve.services.demonstration.demonstration_about import add_about
from involve.services.demonstration.demonstration_ballots import add_ballots
from involve.services.demonstration.demonstration_codebooks import add_codebooks
from involve.services.demonstration.demonstration_concerns import add_duty, settle_concerns
from involve.services.demonstration.demonstration_insights import add_insights
from involve.services.demonstration.demonstration_meanings import Asked, add_signifiers, signified_of
from involve.services.demonstration.demonstration_promises import add_promises
from involve.services.demonstration.demonstration_readings import add_readings
from involve.services.demonstration.demonstration_translations import add_translations
from involve.services.moderation.moderate import decide_story
from involve.services.moderation.replies import reply_to_stories
from involve.services.projects.privacy import state_privacy
from involve.services.projects.projects import ProjectPlan, StagePlan, add_body, add_project
from involve.services.snapshots.due import take_snapshot
from involve.services.staff.access import Actor, load_actor
from involve.services.staff.members import accept_invitation, invite_user
from involve.services.stories.tell import Receipt, StoryDraft, tell_story
from involve.services.stories.understand import tag_story
from involve.services.tellers.my_story import add_tag, answer_tag
from involve.services.upkeep.jobs import mark_done
from involve.settings import Settings
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import ENDLESS
from involve.vocabulary.roles import find_role

DATA = Path(__file__).parents[1] / "data" / "demonstration.toml"
READ_AFTER = timedelta(days=1)
_NOTICE = 21  # days before its first stage opens that a project is announced, where it does not say


@dataclass(frozen=True, slots=True)
class SignIn:
    """A member of staff of the demonstration, and the password by which anyone at this machine may be them."""

    email: str
    password: str
    name: str
    role: Bilingual


def demonstration_sign_ins(secret_key: str) -> tuple[SignIn, ...]:
    """Return the sign-ins of this installation: made from its secret, so that no two installations share one."""
    return tuple(
        SignIn(
            staff["email"],
            _password(staff["email"], secret_key),
            staff["name"],
            find_role(staff["role"]).name,
        )
        for staff in _read_data()["staff"]
    )


def add_demonstration(session: Session, now: datetime, settings: Settings) -> bool:
    """Add everything, with dates counted from *now*, unless it is there; return whether it was added.

    The caller commits once, so that a start that is interrupted leaves nothing half done.

    Raises:
        BadInput: the database holds projects that the public sees and nobody invented.
    """
    data = _read_data()
    slugs = [project["slug"] for project in data["project"]]
    if session.scalar(select(Project.id).where(Project.slug.in_(slugs)).limit(1)) is not None:
        return False
    if session.scalar(select(Project.id).where(Project.listed, ~Project.demonstration).limit(1)) is not None:
        raise BadInput("This database holds a real project: a demonstration needs a database of its own.")
    for body in data["body"]:
        add_body(session, body["slug"], Bilingual(**body["name"]))
    for project in data["project"]:
        announced = project.get("announced", project["stage"][0]["opens"] - _NOTICE)
        project_id = add_project(session, _plan(project, now), now + timedelta(days=announced))
        if "privacy" in project:
            state_privacy(session, project_id, project["privacy"], now, None)
    staff = _add_staff(session, data, now, settings)
    add_duty(session, data["body"], staff, now)
    asked = add_signifiers(session, data, staff["decision_maker"], now)
    add_codebooks(session, data, staff["analyst"], now)
    receipts = _add_stories(session, data["story"], asked, staff["moderator"], now, settings)
    settle_concerns(session, staff["moderator"])
    _add_replies(session, data, staff["decision_maker"], receipts, now)
    add_readings(session, data, staff["decision_maker"], receipts, now)
    add_promises(session, data, staff["decision_maker"], receipts, now)
    add_ballots(session, data, staff["decision_maker"], receipts, now)
    add_insights(session, data, staff, now, settings)
    add_translations(session, data, staff, receipts, now)
    add_about(session, receipts, now)
    take_snapshot(session, now)
    return True


def _read_data() -> Mapping[str, Any]:
    """Return what the demonstration consists of."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def _plan(project: Mapping[str, Any], now: datetime) -> ProjectPlan:
    """Return the plan of a project."""
    stages = tuple(
        StagePlan(
            stage["kind"],
            stage["ladder"],
            stage["rung"],
            Bilingual(**stage["question"]),
            Bilingual(**stage["undecided"]),
            Bilingual(**stage["decided"]),
            _day(stage["opens"], now),
            _day(stage.get("closes"), now),
            _day(stage.get("answer_by"), now),
            answer_days=stage.get("answer_days"),
            report_months=stage.get("report_months"),
            invited=Bilingual(**stage["invited"]) if "invited" in stage else None,
        )
        for stage in project["stage"]
    )
    return ProjectPlan(
        project["body"],
        project["slug"],
        Bilingual(**project["name"]),
        Bilingual(**project["summary"]),
        stages,
        demonstration=True,
    )


def _day(days: int | None, now: datetime) -> date:
    """Return a day counted from *now*; a continuous dialogue says none."""
    return ENDLESS if days is None else (now + timedelta(days=days)).date()


def _add_staff(
    session: Session, data: Mapping[str, Any], now: datetime, settings: Settings
) -> dict[str, Actor]:
    """Invite each member of staff to every body, take the invitation up, and return who they are by role."""
    actors = {}
    for staff in data["staff"]:
        # Everybody works for every body, but who has one project only works for that one's.
        for body in [staff["body"]] if "project" in staff else [each["slug"] for each in data["body"]]:
            project = staff.get("project")
            invitation = invite_user(
                session, staff["email"], staff["role"], body, project, now, settings.secret_key
            )
        # The site's sign-in checks this hash: both speak argon2id in its standard spelling.
        password = PasswordHasher().hash(_password(staff["email"], settings.secret_key))
        user_id = accept_invitation(
            session, invitation.token, password, staff["name"], now, settings.secret_key
        )
        actors[staff["role"]] = load_actor(session, user_id)
    return actors


def _add_stories(
    session: Session,
    stories: Sequence[Mapping[str, Any]],
    asked: Mapping[str, Asked],
    moderator: Actor,
    now: datetime,
    settings: Settings,
) -> dict[str, Receipt]:
    """Tell, read, answer and publish each story in the order of its day; return the receipts by the story's id."""
    receipts = {}
    for position, story in enumerate(sorted(stories, key=lambda each: -each["told"])):
        # Some hours apart, as stories come; a day back at the least, so that none lies ahead.
        at = now - timedelta(days=story["told"], minutes=97 * position % 600)
        receipt = tell_story(session, _draft(story, asked, settings), at, settings.code_key)
        tag_story(session, receipt.story_id, at)
        if receipt.job_id is not None:
            mark_done(session, receipt.job_id, at)
        _answer_tags(session, receipt.story_id, story, at)
        if story.get("fate", "published") == "published":
            decide_story(session, moderator, receipt.reference, "published", at + READ_AFTER)
        receipts[story["id"]] = receipt
    return receipts


def _add_replies(
    session: Session,
    data: Mapping[str, Any],
    decider: Actor,
    receipts: Mapping[str, Receipt],
    now: datetime,
) -> None:
    """Answer the stories that have an answer."""
    for reply in data["reply"]:
        references = [receipts[story_id].reference for story_id in reply["stories"]]
        written = now - timedelta(days=reply["written"])
        reply_to_stories(
            session,
            decider,
            references,
            reply.get("cy", ""),
            reply.get("en", ""),
            written,
            public=reply["public"],
        )


def _answer_tags(session: Session, story_id: int, story: Mapping[str, Any], at: datetime) -> None:
    """Say of the tags what the invented teller thinks of them."""
    for verdict, key in (("confirmed", "confirm"), ("rejected", "reject")):
        for tag in story.get(key, ()):
            scheme, concept = tag.split(":")
            answer_tag(session, story_id, scheme, concept, verdict, at)
    for tag in story.get("add", ()):
        scheme, concept, stance = tag.split(":")
        add_tag(session, story_id, scheme, concept, stance, at)


def _draft(story: Mapping[str, Any], asked: Mapping[str, Asked], settings: Settings) -> StoryDraft:
    """Return a story as its teller would send it."""
    # From the secret, because who knows the client id of a story can ask for its code.
    digest = hmac.digest(settings.secret_key.encode(), f"demonstration story {story['id']}".encode(), sha256)
    return StoryDraft(
        project=story["project"],
        text=story["text"],
        client_id=UUID(bytes=digest[:16], version=4),
        page_language=story["page"],
        reply_language=story["page"],
        uses=frozenset({"read", *story["uses"]}),
        told_as=story.get("told_as", "own"),
        area=story["area"],
        signified=signified_of(story, asked[story["project"]]),
    )


def _password(email: str, secret_key: str) -> str:
    """Return a password of 60 bits that this installation alone gives to *email*."""
    digest = hmac.digest(secret_key.encode(), f"demonstration sign-in {email}".encode(), sha256)
    letters = b32encode(digest)[:12].decode().lower()
    return "-".join(letters[at : at + 4] for at in (0, 4, 8))
