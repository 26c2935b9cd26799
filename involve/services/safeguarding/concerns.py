"""Concerns: raised by the machine or a member of staff, acknowledged, and closed with what came of them.

Nothing here hides, publishes or holds a story: a concern asks a person to look, and that person decides.
"""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, NotAllowed, NotFound
from involve.models import Concern, Story
from involve.services.moderation.staff_story import find_story
from involve.services.staff.access import Actor, require
from involve.services.trail.record import record
from involve.vocabulary.concerns import OUTCOMES, find_outcome
from involve.vocabulary.noticed import with_bit

LONGEST_NOTE = 1_000


class AlreadyClosed(Conflict):
    """Somebody else closed the concern meanwhile."""

    code = "changed_meanwhile"


def raise_by_machine(session: Session, story: Story, now: datetime) -> None:
    """Raise a concern about a story in which the machine noticed a risk, once: what a person has looked at stays."""
    known = exists().where(
        Concern.story_id == story.id, (Concern.raised_by == "machine") | Concern.closed_at.is_(None)
    )
    if session.scalar(select(known)):
        return
    concern = Concern(story_id=story.id, raised_at=now, raised_by="machine")
    session.add(concern)
    session.flush()
    record(session, "concern_raised", "concern", concern.id, now, actor="machine", story=story.id)


def raise_concern(session: Session, actor: Actor, reference: str, reason: str, now: datetime) -> int:
    """Flag a story by hand, with a reason for colleagues if there is one, and return the concern's id.

    Where one is open already, it is that one's, and nothing is added.

    Raises:
        BadInput: the reason is too long.
        NotFound, NotAllowed: there is no such story, or *actor* may not read it.
    """
    if len(reason) > LONGEST_NOTE:
        raise BadInput("reason")
    story = find_readable(session, actor, reference)
    waiting = session.scalar(
        select(Concern.id).where(Concern.story_id == story.id, Concern.closed_at.is_(None))
    )
    if waiting is not None:
        return waiting
    concern = Concern(
        story_id=story.id,
        raised_at=now,
        raised_by="staff",
        raised_by_id=actor.user_id,
        reason=reason.strip() or None,
    )
    session.add(concern)
    session.flush()
    stand(story, True)
    record(session, "concern_raised", "concern", concern.id, now, user_id=actor.user_id, story=story.id)
    return concern.id


def find_readable(session: Session, actor: Actor, reference: str) -> Story:
    """Return the row of a story whose words *actor* may read, so that they may worry about them.

    Raises:
        NotFound, NotAllowed: there is no such story, or they may not read it.
    """
    story = find_story(session, actor, reference, "raise_concern")
    if story.state != "published" and not actor.may("read_original", story.project.body_id, story.project_id):
        raise NotAllowed("raise_concern")
    return story


def acknowledge(session: Session, actor: Actor, concern_id: int, now: datetime) -> None:
    """Say that one is dealing with a concern; who said so first stays.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    concern = find_concern(session, actor, concern_id)
    if concern.acknowledged_at is None:
        _acknowledge(session, actor, concern, now)


def conclude(session: Session, actor: Actor, concern_id: int, outcome: str, note: str, now: datetime) -> bool:
    """Keep what came of a concern, and return whether that closes it; the gravest wait for a second person.

    Raises:
        BadInput: there is no such outcome, or the note is too long.
        AlreadyClosed: the concern is closed.
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    if outcome not in {each.id for each in OUTCOMES} or len(note) > LONGEST_NOTE:
        raise BadInput("outcome")
    concern = find_concern(session, actor, concern_id)
    if concern.closed_at is not None:
        raise AlreadyClosed("concern")
    if concern.acknowledged_at is None:
        _acknowledge(session, actor, concern, now)
    concern.outcome, concern.note = outcome, note.strip() or None
    concern.outcome_at, concern.outcome_by = now, actor.user_id
    record(session, "concern_concluded", "concern", concern.id, now, user_id=actor.user_id, outcome=outcome)
    if needs_second(concern.raised_by, outcome):
        return False
    _close(session, actor, concern, now)
    return True


def confirm(session: Session, actor: Actor, concern_id: int, agrees: bool, now: datetime) -> None:
    """Close a concern as the second person, or send it back so that somebody looks again.

    Raises:
        NotAllowed: *actor* wrote the outcome themselves, or no grant covers it.
        AlreadyClosed: the concern is closed, or its outcome was taken back.
        NotFound: there is none.
    """
    concern = find_concern(session, actor, concern_id)
    if concern.closed_at is not None or concern.outcome is None:
        raise AlreadyClosed("concern")
    if concern.outcome_by == actor.user_id:
        raise NotAllowed("second person")
    if agrees:
        _close(session, actor, concern, now)
        return
    concern.outcome = concern.outcome_at = concern.outcome_by = None
    record(session, "concern_sent_back", "concern", concern.id, now, user_id=actor.user_id)


def needs_second(raised_by: str, outcome: str) -> bool:
    """Whether closing takes a second person: someone was in danger, or a colleague's worry is set aside."""
    return find_outcome(outcome).grave or (raised_by == "staff" and outcome == "no_risk")


def stands_first(session: Session, story: Story, noticed: bool) -> bool:
    """Whether a story stands first in the queue, given whether the machine *noticed* a risk in this reading.

    While a concern is open it does; where a person found no risk, what the machine says again changes nothing.
    """
    latest = session.execute(
        select(Concern.closed_at, Concern.outcome)
        .where(Concern.story_id == story.id)
        .order_by(Concern.id.desc())
        .limit(1)
    ).first()
    if latest is None:
        return noticed
    return latest.closed_at is None or (noticed and latest.outcome != "no_risk")


def stand(story: Story, first: bool) -> None:
    """Let a story stand first in the queue, or in its own place."""
    story.at_risk, story.noticed = first, with_bit(story.noticed, "risk", first)


def find_concern(session: Session, actor: Actor, concern_id: int) -> Concern:
    """Return the row of a concern on which *actor* may act, locked.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    concern = session.get(Concern, concern_id, with_for_update=True)
    if concern is None:
        raise NotFound("concern")
    require(actor, "safeguard", session.get_one(Story, concern.story_id).project)
    return concern


def _acknowledge(session: Session, actor: Actor, concern: Concern, now: datetime) -> None:
    concern.acknowledged_at, concern.acknowledged_by = now, actor.user_id
    record(session, "concern_acknowledged", "concern", concern.id, now, user_id=actor.user_id)


def _close(session: Session, actor: Actor, concern: Concern, now: datetime) -> None:
    """Close a concern; the story goes back to its place in the queue where nobody was found to be at risk."""
    concern.closed_at, concern.closed_by = now, actor.user_id
    session.flush()
    story = session.get_one(Story, concern.story_id)
    stand(story, stands_first(session, story, bool(story.risk)))
    record(
        session, "concern_closed", "concern", concern.id, now, user_id=actor.user_id, outcome=concern.outcome
    )
