"""Which stories a queue shows, and where each stands in it: risk first, then the oldest."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_
from sqlalchemy.orm import Session

from involve.models import Judgement, Story
from involve.services.staff.access import Actor, projects_where
from involve.vocabulary.noticed import NOTICED, bits_of
from involve.vocabulary.working_days import late_before

OPEN_STATES = ("received", "held")
REASONS = (*(each.id for each in NOTICED), "second", "late", "nothing")


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What is chosen: 'open' (received or held), 'any' or one state; a project, a thing noticed and a language, or "".

    `reason` is the id of a thing noticed, 'late' (nobody read it in the promised days), 'second' (waits for a second
    person) or 'nothing'.
    """

    state: str = "open"
    project: str = ""
    reason: str = ""
    language: str = ""


class Place(NamedTuple):
    """Where a story stands in the queue."""

    at_risk: bool
    received_at: datetime
    id: int


def matching(session: Session, actor: Actor, wanted: QueueFilter, today: date) -> Select[int]:
    """Return the query for the ids of the stories that *actor* may see and that are *wanted*.

    It reads nothing but the index of the queue, whatever the number of stories.
    """
    projects = [
        project.id
        for project in projects_where(session, actor, "read_queue")
        if wanted.project in ("", project.slug)
    ]
    found = select(Story.id).where(Story.project_id.in_(projects))
    if wanted.state == "any":
        found = found.where(Story.state != "withdrawn")
    else:
        found = found.where(Story.state.in_(OPEN_STATES if wanted.state == "open" else (wanted.state,)))
    if wanted.language:
        found = found.where(Story.language == wanted.language)
    if wanted.reason == "nothing":
        found = found.where(Story.noticed == 0)
    elif wanted.reason == "late":
        found = found.where(Story.state == "received", Story.received_at < late_before(today))
    elif wanted.reason == "second":
        found = found.where(is_pending())
    elif wanted.reason in REASONS:
        found = found.where(Story.noticed.bitwise_and(bits_of([wanted.reason])) != 0)
    return found


def is_pending() -> ColumnElement[bool]:
    """Return the condition that a second person must agree to what is to become of a `Story`."""
    return (
        select(Judgement.id)
        .where(Judgement.story_id == Story.id, Judgement.pending, Judgement.undone_at.is_(None))
        .exists()
    )


def place_of(session: Session, reference: str) -> Place | None:
    """Return where the story stands or, since it left the queue, stood; None where there is none."""
    if not reference or "\0" in reference:
        return None
    row = session.execute(
        select(Story.at_risk, Story.received_at, Story.id).where(Story.reference == reference)
    ).one_or_none()
    return None if row is None else Place(*row)


def in_order(found: Select[int], backwards: bool = False) -> Select[int]:
    """Return the query in the order of the queue, or from its end."""
    if backwards:
        return found.order_by(Story.at_risk, Story.received_at.desc(), Story.id.desc())
    return found.order_by(Story.at_risk.desc(), Story.received_at, Story.id)


def standing_after(found: Select[int], place: Place) -> Select[int]:
    """Return the query for those after *place*."""
    later = tuple_(Story.received_at, Story.id) > (place.received_at, place.id)
    here = and_(Story.at_risk.is_(place.at_risk), later)
    return found.where(or_(Story.at_risk.is_(False), here) if place.at_risk else here)


def standing_before(found: Select[int], place: Place) -> Select[int]:
    """Return the query for those before *place*."""
    earlier = tuple_(Story.received_at, Story.id) < (place.received_at, place.id)
    here = and_(Story.at_risk.is_(place.at_risk), earlier)
    return found.where(here if place.at_risk else or_(Story.at_risk.is_(True), here))
