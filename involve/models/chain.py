"""The chain of the audit trail: each line is marked with a hash of itself and of the mark before it.

Lines are chained as the last thing before a commit, one transaction after another, so that the order of the chain is
that of the commits. Nothing is locked after that, so nobody waits for each other in a ring.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Protocol

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from involve.models.event import Event

# Any number that nothing else on the same PostgreSQL database locks.
CHAIN_LOCK = 20150429
# What the first line of all is chained to.
BEGINNING = "0" * 64
RECORDED = "recorded"
BATCH = 1_000


class Line(Protocol):
    """What of a line is held by its mark."""

    at: datetime
    actor: str
    user_id: int | None
    kind: str
    subject: str
    subject_id: int
    detail: dict[str, Any]


def mark_of(line: Line, place: int, before: str) -> str:
    """Return the mark of *line* at *place* (1 for the first) after the mark *before*: SHA-256, hexadecimal."""
    said = [
        place,
        before,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.actor,
        line.user_id,
        line.kind,
        line.subject,
        line.subject_id,
        line.detail,
    ]
    return sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def chain_events(session: Session) -> None:
    """Give the lines that this transaction adds their places and marks; call it just before the commit."""
    if session.in_nested_transaction() or not session.info.pop(RECORDED, False):
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(:number)"), {"number": CHAIN_LOCK})
    place, mark = last_link(session)
    for event in session.scalars(select(Event).where(Event.place.is_(None)).order_by(Event.id)):
        place += 1
        event.place, event.mark = place, (mark := mark_of(event, place, mark))
    session.flush()


def last_link(session: Session) -> tuple[int, str]:
    """Return place and mark of the newest line of the chain."""
    newest = select(Event.place, Event.mark).where(Event.place.is_not(None))
    row = session.execute(newest.order_by(Event.place.desc()).limit(1)).first()
    return (row.place or 0, row.mark or BEGINNING) if row else (0, BEGINNING)


def broken_places(session: Session) -> Iterator[int]:
    """Yield each place at which the chain does not hold; 0 for a line that was put in without a place."""
    place, mark = 0, BEGINNING
    lines = select(Event).where(Event.place.is_not(None)).order_by(Event.place)
    for event in session.scalars(lines.execution_options(yield_per=BATCH)):
        place += 1
        if event.place != place or event.mark != mark_of(event, place, mark):
            yield place
        place, mark = event.place or place, event.mark or mark
    if session.scalar(select(Event.id).where(Event.place.is_(None)).limit(1)):
        yield 0
