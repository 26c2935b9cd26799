"""The audit trail: one function that writes a line."""

from datetime import datetime

from sqlalchemy.orm import Session

from involve.models import Event


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
    """Add an event in the transaction of what it tells. *detail* never holds anybody's words."""
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
