"""The panel: participants who come in by their story code and whose agreement a decision may need."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, NotFound
from involve.models import Agreement, Decision, Project, Seat, Story
from involve.services.deciding.decisions import DecisionView, view_decision
from involve.services.staff.access import Actor, require
from involve.services.trail.record import record

LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat as staff see it: by the reference of its member's story."""

    id: int
    reference: str
    state: str


@dataclass(frozen=True, slots=True)
class Before:
    """A decision before a member, and what they said of this version of it ('' where nothing yet)."""

    decision: DecisionView
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class MySeat:
    """The seat of a story's teller, and what is before them."""

    state: str
    decisions: tuple[Before, ...]


def offer_seat(session: Session, actor: Actor, reference: str, now: datetime) -> int:
    """Offer the teller of a story a seat on its project's panel; offering again changes nothing.

    Raises:
        NotFound, NotAllowed: there is no such story, or no grant covers it.
        BadInput: its teller has no code to come in by.
    """
    readable = "\0" not in reference
    story = session.scalar(select(Story).where(Story.reference == reference)) if readable else None
    if story is None or story.state == "withdrawn":
        raise NotFound("reference")
    require(actor, "decide", story.project)
    if story.code_hash is None:
        raise BadInput("no_code")
    seat = session.scalar(select(Seat).where(Seat.story_id == story.id))
    if seat is None:
        seat = Seat(project_id=story.project_id, story_id=story.id, state="offered", offered_at=now)
        session.add(seat)
    elif seat.state == "left":
        seat.state, seat.offered_at = "offered", now
    seat.user_id = actor.user_id
    session.flush()
    record(session, "seat_offered", "seat", seat.id, now, user_id=actor.user_id)
    return seat.id


def list_seats(session: Session, actor: Actor, project: Project) -> tuple[SeatView, ...]:
    """Return the seats of a project's panel, in the order in which they were offered.

    Raises:
        NotAllowed: no grant covers it.
    """
    require(actor, "decide", project)
    rows = session.execute(
        select(Seat, Story.reference)
        .join(Story, Story.id == Seat.story_id)
        .where(Seat.project_id == project.id)
        .order_by(Seat.id)
    )
    return tuple(SeatView(seat.id, reference, seat.state) for seat, reference in rows)


def show_my_seat(session: Session, story_id: int) -> MySeat | None:
    """Return the seat of a story's teller with what is before them; None where none was offered."""
    seat = session.scalar(select(Seat).where(Seat.story_id == story_id))
    if seat is None or seat.state == "left":
        return None
    rows = session.scalars(
        select(Decision)
        .where(Decision.project_id == seat.project_id, Decision.state.in_(("proposed", "published")))
        .order_by(Decision.id.desc())
    )
    return MySeat(seat.state, tuple(_before(session, row, seat) for row in rows if seat.state == "taken"))


def answer_offer(session: Session, story_id: int, take: bool, now: datetime) -> None:
    """Take the seat, or leave it; what was said from a seat that is left counts no more.

    Raises:
        NotFound: none was offered.
    """
    seat = _seat(session, story_id)
    seat.state, seat.answered_at = ("taken" if take else "left"), now
    session.flush()
    record(session, f"seat_{seat.state}", "seat", seat.id, now, actor="participant")


def say(
    session: Session, story_id: int, decision_id: int, version: int, verdict: str, reason: str, now: datetime
) -> None:
    """Keep a member's word on a decision: `verdict` is 'agree' or 'disagree', the latter with a reason.

    Raises:
        NotFound: they have no seat, or no such decision is before the panel.
        Conflict: the words were changed since *version*; the member should read them first.
        BadInput: no such verdict, no reason for disagreeing, or one that is too long.
    """
    seat = _seat(session, story_id)
    decision = session.get(Decision, decision_id, with_for_update=True)
    found = decision is not None and decision.project_id == seat.project_id and decision.state == "proposed"
    if decision is None or not found or seat.state != "taken":
        raise NotFound("decision")
    if verdict not in ("agree", "disagree"):
        raise BadInput("verdict")
    if len(reason) > LONGEST_REASON or (verdict == "disagree" and not reason.strip()):
        raise BadInput("reason")
    if decision.version != version:
        raise Conflict("decision")
    own = _agreement(session, decision, seat)
    if own is None:
        own = Agreement(seat_id=seat.id, version=version)
        decision.agreements.append(own)
    own.verdict, own.reason, own.given_at = verdict, reason.strip(), now
    session.flush()
    record(session, "panel_spoke", "decision", decision.id, now, actor="participant", verdict=verdict)


def _before(session: Session, row: Decision, seat: Seat) -> Before:
    own = _agreement(session, row, seat)
    return Before(view_decision(session, row), own.verdict if own else "", own.reason if own else "")


def _agreement(session: Session, decision: Decision, seat: Seat) -> Agreement | None:
    return session.scalar(
        select(Agreement).where(
            Agreement.decision_id == decision.id,
            Agreement.seat_id == seat.id,
            Agreement.version == decision.version,
        )
    )


def _seat(session: Session, story_id: int) -> Seat:
    seat = session.scalar(select(Seat).where(Seat.story_id == story_id).with_for_update())
    if seat is None:
        raise NotFound("seat")
    return seat
