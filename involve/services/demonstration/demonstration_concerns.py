"""The demonstration's safeguarding: who is on duty, and what came of the concerns that are not new."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Concern, Job, Letter
from involve.services.safeguarding.concerns import acknowledge, conclude
from involve.services.safeguarding.naming import find_place, name_duty
from involve.services.staff.access import Actor
from involve.services.upkeep.jobs import mark_done
from involve.services.upkeep.letters import SEND_LETTER

_LOOKED_AFTER = timedelta(minutes=50)
# The newest stays open, so that there is something to try out.
_OPEN = 1


def add_duty(
    session: Session, bodies: Sequence[Mapping[str, Any]], staff: Mapping[str, Actor], now: datetime
) -> None:
    """Name the moderator for each body, with the administrator as the deputy."""
    administrator = staff["administrator"]
    for body in bodies:
        place = find_place(session, administrator, "body", body["slug"])
        name_duty(session, administrator, place, staff["moderator"].user_id, "duty", (), now)
        name_duty(session, administrator, place, administrator.user_id, "deputy", (), now)


def settle_concerns(session: Session, moderator: Actor) -> None:
    """Close all concerns but the newest, soon after they were raised, and send no letters."""
    concerns = session.scalars(select(Concern).order_by(Concern.raised_at.desc(), Concern.id.desc())).all()
    for concern in concerns[_OPEN:]:
        at = concern.raised_at + _LOOKED_AFTER
        acknowledge(session, moderator, concern.id, at)
        conclude(session, moderator, concern.id, "talked", "", at)
    # Nobody reads what is sent to invented people.
    for letter in session.scalars(select(Letter).where(Letter.state == "due")):
        letter.state = "dropped"
        jobs = select(Job.id).where(Job.kind == SEND_LETTER, Job.subject_id == letter.id)
        for job_id in session.scalars(jobs):
            mark_done(session, job_id, letter.written_at)
