"""Ending a continuous dialogue: on a day that people are told of beforehand, and never for those already waiting."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from involve.errors import BadInput, NotFound
from involve.models import Stage
from involve.services.staff.access import Actor, require
from involve.services.trail.record import record
from involve.vocabulary.days import day_of

# Whoever means to tell something still can.
ENDING_NOTICE = timedelta(days=14)


def end_dialogue(session: Session, actor: Actor, stage_id: int, last_day: date, now: datetime) -> None:
    """Let a continuous dialogue take stories until *last_day*; each of them is still answered within its days.

    It may be put off again, by the same rule, until that day has come.

    Raises:
        NotFound, NotAllowed: there is no such dialogue, or no grant covers it.
        BadInput: the day is too soon, or the dialogue has ended.
    """
    stage = session.get(Stage, stage_id, with_for_update=True)
    if stage is None or stage.answer_days is None:
        raise NotFound("dialogue")
    require(actor, "promise", stage.project)
    today = day_of(now)
    if stage.closes_on < today or last_day < max(today, stage.opens_on) + ENDING_NOTICE:
        raise BadInput("soon")
    try:
        stage.answer_by = last_day + timedelta(days=stage.answer_days)
    except OverflowError:
        raise BadInput("soon") from None
    stage.closes_on = last_day
    session.flush()
    record(session, "dialogue_ended", "stage", stage.id, now, user_id=actor.user_id)
