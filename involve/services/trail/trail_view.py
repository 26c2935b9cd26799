"""The audit trail of one body, as its administrators read it: who did what and who looked at what, newest first.

It shows no words of any story, since the trail holds none. That somebody read it is a line of it too.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, NotFound
from involve.models import Body, Event, Membership, Project, Story, User
from involve.services.staff.access import Actor, require_in_body
from involve.services.staff.members import BodyView
from involve.services.trail.belonging import BODY, of_body
from involve.services.trail.record import record
from involve.services.trail.trail_lines import STORY, TrailLine, name_lines
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import start_of
from involve.vocabulary.events import ACTORS

PAGE = 50
# As many lines as a spreadsheet takes easily.
MOST_EXPORTED = 50_000
# Lines that are named by one question to the database.
BATCH = 1_000


class NoSuchStory(BadInput):
    """The body has no story of that reference."""


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which lines to show. `who` is the number of a member of staff, or the id of one of ACTORS; empty means all."""

    kind: str = ""
    who: str = ""
    reference: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Lines of a body, and before which event the next page goes on; None at the end."""

    body: BodyView
    lines: tuple[TrailLine, ...]
    before: int | None


def read_trail(
    session: Session, actor: Actor, slug: str, wanted: TrailFilter, before: int | None, now: datetime
) -> TrailPage:
    """Return a page of the trail of a body. That *actor* looked is recorded.

    Raises:
        NotFound, NotAllowed: there is no such body, or no role covers it.
        NoSuchStory: it has no story of that reference.
    """
    body = _find_body(session, actor, slug)
    query = _query(session, body, wanted).limit(PAGE + 1)
    if before is not None:
        query = query.where(Event.id < before)
    rows = list(session.scalars(query))
    lines = name_lines(session, rows[:PAGE])
    record(session, "trail_read", BODY, body.id, now, user_id=actor.user_id)
    return TrailPage(_view(body), lines, rows[PAGE - 1].id if len(rows) > PAGE else None)


def take_trail(
    session: Session, actor: Actor, slug: str, wanted: TrailFilter, now: datetime
) -> tuple[TrailLine, ...]:
    """Return up to MOST_EXPORTED lines of a body, newest first. That *actor* took them along is recorded.

    Raises:
        NotFound, NotAllowed, NoSuchStory: as `read_trail`.
    """
    body = _find_body(session, actor, slug)
    rows = session.scalars(_query(session, body, wanted).limit(MOST_EXPORTED)).all()
    starts = range(0, len(rows), BATCH)
    lines = tuple(line for start in starts for line in name_lines(session, rows[start : start + BATCH]))
    record(session, "trail_exported", BODY, body.id, now, user_id=actor.user_id, lines=len(lines))
    return lines


def list_people(session: Session, actor: Actor, slug: str) -> tuple[tuple[int, str], ...]:
    """Return number and name of everybody who has a role in a body, by name.

    Raises:
        NotFound, NotAllowed: as `read_trail`.
    """
    body = _find_body(session, actor, slug)
    members = select(Membership.user_id).where(Membership.body_id == body.id)
    rows = session.scalars(select(User).where(User.id.in_(members)))
    return tuple(
        sorted(((row.id, row.name or row.email) for row in rows), key=lambda each: each[1].casefold())
    )


def _find_body(session: Session, actor: Actor, slug: str) -> Body:
    """Return the row of a body whose trail *actor* may read."""
    body = None if "\0" in slug else session.scalar(select(Body).where(Body.slug == slug))
    if body is None:
        raise NotFound("body")
    require_in_body(actor, "read_trail", body.id)
    return body


def _query(session: Session, body: Body, wanted: TrailFilter) -> Select[Any]:
    """Return the query of the lines of a body that are wanted, newest first."""
    query = select(Event).where(of_body(body.id)).order_by(Event.id.desc())
    if wanted.kind:
        query = query.where(Event.kind == wanted.kind)
    if wanted.who in {each.id for each in ACTORS}:
        query = query.where(Event.actor == wanted.who, Event.user_id.is_(None))
    elif wanted.who:
        query = query.where(Event.user_id == int(wanted.who))
    if wanted.reference:
        query = query.where(
            Event.subject == STORY, Event.subject_id == _find_story(session, body, wanted.reference)
        )
    if wanted.first is not None:
        query = query.where(Event.at >= start_of(wanted.first))
    if wanted.last is not None and wanted.last < date.max:
        query = query.where(Event.at < start_of(wanted.last + timedelta(days=1)))
    return query


def _find_story(session: Session, body: Body, reference: str) -> int:
    """Return the id of a story of the body, one that was withdrawn too."""
    known = (
        select(Story.id)
        .join(Project, Project.id == Story.project_id)
        .where(Story.reference == reference, Project.body_id == body.id)
    )
    story_id = None if "\0" in reference else session.scalar(known)
    if story_id is None:
        raise NoSuchStory(reference)
    return story_id


def _view(row: Body) -> BodyView:
    """Return a body as a value."""
    return BodyView(row.id, row.slug, Bilingual(row.name_cy, row.name_en))
