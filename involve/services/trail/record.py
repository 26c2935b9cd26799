"""The audit trail: one function that writes a line."""

from datetime import datetime

from sqlalchemy.orm import Session

from involve.models import Event
from involve.models.chain import RECORDED


def record(
    session: Session,
    kind: str,
    subject: str,
    subject_id: int,
    now: datetime,
    actor: str = "staff",
    user_id: int | None = None,
    **detail: object,
) -> None:
    """Add an event in the transaction of what it tells; at its commit the event takes its place in the chain.

    *detail* never holds anybody's words, a code or an address.
    """
    session.info[RECORDED] = True
    session.add(
        Event(
            at=now,
            actor=actor,
            user_id=user_id,
            kind=kind,
            subject=subject,
            subject_id=subject_id,
            detail=detail,
        )
    )
