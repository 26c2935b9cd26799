"""The monthly snapshot of whom projects have heard: new answers are counted once, where their number may be shown.

A project has its turn when five more people told it a story since its last turn, so that no turn is about one of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import AboutAnswer, HeardCount, HeardSnapshot, Story
from involve.services.account.suppression import FEWEST
from involve.services.missing.releasing import Turn, choose_shown, may_gather
from involve.vocabulary.about import AREA, QUESTIONS, UNSAID
from involve.vocabulary.days import day_of

# By project, question and group: the ids of the stories whose tellers said so and are in no number yet.
Waiting = dict[tuple[int, str, str], list[int]]
_CHUNK = 500
# Stands where a question does in the rows that say how many more stories a project was told when it had its turn: of
# all, and of those whose tellers did not say where they were.
TOLD = "told"
ALL, PLACELESS = "", "placeless"


@dataclass(frozen=True, slots=True)
class Tellers:
    """How many people told a project a story and can answer; `placeless` are those who did not say where it was."""

    all: int
    placeless: int


def snapshot_where_due(factory: SessionFactory, now: datetime) -> int:
    """Take the snapshot of this month, if it is due, and return how many were taken (0 or 1)."""
    with factory() as session:
        if not is_due(session, now):
            return 0
    try:
        with transaction(factory) as session:
            take_snapshot(session, now)
    except IntegrityError:
        # Somebody else took it at the same moment.
        return 0
    return 1


def is_due(session: Session, now: datetime) -> bool:
    """Whether an answer waits and no snapshot was taken this month."""
    latest = session.scalar(select(func.max(HeardSnapshot.month)))
    waits = exists().where(~AboutAnswer.counted, AboutAnswer.answer.is_not(None))
    return (latest is None or latest < month_of(now)) and bool(session.scalar(select(waits)))


def take_snapshot(session: Session, now: datetime) -> None:
    """Count what waits and may be shown, by project and, once a year, for several together; the caller commits."""
    month = month_of(now)
    latest = session.scalar(select(func.max(HeardSnapshot.month)))
    session.add(HeardSnapshot(month=month, taken_at=now))
    session.flush()
    tellers, waiting = _count_tellers(session), _find_waiting(session)
    for project_id in sorted({key[0] for key in waiting}):
        _take_turn(session, month, project_id, waiting, tellers[project_id])
    if latest is not None and latest.year < month.year:
        _gather(session, month, waiting, tellers)


def month_of(now: datetime) -> date:
    """Return the first day of the month."""
    return day_of(now).replace(day=1)


def _take_turn(session: Session, month: date, project_id: int, waiting: Waiting, tellers: Tellers) -> None:
    """Count what waits of one project and may be shown, if it is its turn, and take it out of *waiting*."""
    rows = session.scalars(
        select(HeardCount).where(HeardCount.project_id == project_id).order_by(HeardCount.month)
    ).all()
    more = {
        ALL: tellers.all - _told_before(rows, ALL),
        PLACELESS: max(0, tellers.placeless - _told_before(rows, PLACELESS)),
    }
    if more[ALL] < FEWEST:
        return
    for whose, number in more.items():
        session.add(
            HeardCount(month=month, project_id=project_id, question=TOLD, answer=whose, number=number)
        )
    for question in QUESTIONS:
        numbers = {name: len(waiting.get((project_id, question.id, name), ())) for name in question.ids}
        past = _past_turns(rows, question.id)
        for name in choose_shown(past, numbers, more[PLACELESS if question.id == AREA else ALL]):
            ids = waiting.pop((project_id, question.id, name))
            _keep(session, month, project_id, question.id, name, ids)


def _told_before(rows: Sequence[HeardCount], whose: str) -> int:
    return sum(row.number for row in rows if (row.question, row.answer) == (TOLD, whose))


def _past_turns(rows: Sequence[HeardCount], question_id: str) -> list[Turn]:
    """Return the turns that a project had, with what each showed of a question."""
    whose = PLACELESS if question_id == AREA else ALL
    return [
        Turn(
            turn.number,
            {
                row.answer: row.number
                for row in rows
                if (row.month, row.question) == (turn.month, question_id)
            },
        )
        for turn in rows
        if (turn.question, turn.answer) == (TOLD, whose)
    ]


def _gather(session: Session, month: date, waiting: Waiting, tellers: Mapping[int, Tellers]) -> None:
    """Count what is too little in each of several projects as one number of them all."""
    for question in QUESTIONS:
        for name in question.ids:
            few = {
                project_id: ids
                for (project_id, asked, answer), ids in waiting.items()
                if (asked, answer) == (question.id, name) and len(ids) < FEWEST
            }
            if may_gather([(len(ids), tellers[project_id].all) for project_id, ids in few.items()]):
                everyone = [story_id for ids in few.values() for story_id in ids]
                _keep(session, month, None, question.id, name, everyone)


def _find_waiting(session: Session) -> Waiting:
    rows = session.execute(
        select(Story.project_id, AboutAnswer.question, AboutAnswer.answer, AboutAnswer.story_id)
        .join(Story, Story.id == AboutAnswer.story_id)
        .where(~AboutAnswer.counted, AboutAnswer.answer.is_not(None), AboutAnswer.answer != UNSAID.id)
        .where(Story.state != "withdrawn", Story.code_hash.is_not(None))
    )
    waiting: Waiting = {}
    for project_id, question, answer, story_id in rows:
        waiting.setdefault((project_id, question, answer or ""), []).append(story_id)
    return waiting


def _count_tellers(session: Session) -> dict[int, Tellers]:
    """Return the tellers of each project: somebody outside may know how many they are."""
    placeless = func.sum(case((Story.area.is_(None), 1), else_=0))
    rows = session.execute(
        select(Story.project_id, func.count(), placeless)
        .where(Story.state != "withdrawn", Story.code_hash.is_not(None))
        .group_by(Story.project_id)
    )
    return {project_id: Tellers(number, int(without)) for project_id, number, without in rows}


def _keep(
    session: Session, month: date, project_id: int | None, question: str, answer: str, ids: Sequence[int]
) -> None:
    """Keep a number, and mark the answers in it as counted."""
    session.add(
        HeardCount(month=month, project_id=project_id, question=question, answer=answer, number=len(ids))
    )
    for begin in range(0, len(ids), _CHUNK):
        session.execute(
            update(AboutAnswer)
            .where(AboutAnswer.question == question, AboutAnswer.story_id.in_(ids[begin : begin + _CHUNK]))
            .values(counted=True)
        )
    session.flush()
