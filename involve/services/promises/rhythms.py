"""What a continuous dialogue did when: how soon each story was answered, and when the body reported."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from involve.models import Decision, Message, Reply, Stage, Story
from involve.services.evidence.counted import still_counts
from involve.services.projects.project_views import answer_day
from involve.services.promises.duties import Rhythm
from involve.vocabulary.days import day_of


def find_rhythms(
    session: Session,
    stages: Sequence[Stage],
    decisions: Mapping[int, Sequence[Decision]],
    reports: Mapping[int, tuple[date, ...]],
) -> dict[int, Rhythm]:
    """Return the rhythm of each of *stages* that is a continuous dialogue, by id; the rest is theirs by stage."""
    found = {}
    for stage in stages:
        if stage.answer_days is not None and stage.report_months is not None:
            published = [
                day_of(each.published_at) for each in decisions.get(stage.id, ()) if each.published_at
            ]
            waiting, late = _find_answers(session, stage)
            found[stage.id] = Rhythm(
                stage.answer_days,
                stage.report_months,
                waiting,
                late,
                reports[stage.id],
                tuple(sorted(published)),
            )
    return found


def _find_answers(session: Session, stage: Stage) -> tuple[date | None, int]:
    """Return the day of the oldest story without an answer, and how many days late one was answered at worst."""
    first: ColumnElement[datetime | None] = func.min(Reply.written_at)
    rows = session.execute(
        select(Story.received_at, first)
        .outerjoin(Message, Message.story_id == Story.id)
        .outerjoin(Reply, (Reply.id == Message.reply_id) & (Reply.kind == "answer"))
        .where(Story.stage_id == stage.id, still_counts())
        .group_by(Story.id, Story.received_at)
    )
    waiting: list[date] = []
    late = 0
    for received, answered in rows:
        if answered is None:
            waiting.append(day_of(received))
        else:
            late = max(late, (day_of(answered) - answer_day(stage, day_of(received))).days)
    return min(waiting, default=None), late
