"""What bodies said in public of each stage, by answer or decision, and whether it came in time: one clock for all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from involve.models import Decision, Message, Project, Reply, Stage, Story
from involve.services.promises.duties import DutyState, Rhythm, StageFacts, check_report_back
from involve.vocabulary.days import day_of
from involve.vocabulary.duties import DUTIES_OF, REPORT_BACK
from involve.vocabulary.ladders import find_rung


@dataclass(frozen=True, slots=True)
class Reporting:
    """How a project stands with what its body was to say in public.

    `late_since` is the oldest day by which nothing had come and nothing has come since; `due_on` the next day by which
    something is to come. Each is None where there is none.
    """

    late_since: date | None
    due_on: date | None


def list_reports(session: Session, stages: Sequence[Stage]) -> dict[int, tuple[date, ...]]:
    """Return by stage the days of its public answers and decisions, oldest first: a few queries for any number.

    A public answer is of the stages of the stories that it went to. Where all of those were taken back it still stands
    in public: it is then of the stage that had opened last.
    """
    found: dict[int, set[date]] = defaultdict(set)
    ids = [stage.id for stage in stages]
    decided = select(Decision.stage_id, Decision.published_at).where(
        Decision.stage_id.in_(ids), Decision.published_at.is_not(None)
    )
    answered = (
        select(Story.stage_id, Reply.written_at)
        .join(Message, Message.story_id == Story.id)
        .join(Message.reply)
        .where(Reply.public, Reply.kind == "answer", Story.stage_id.in_(ids))
        .distinct()
    )
    for stage_id, moment in (*session.execute(decided), *session.execute(answered)):
        found[stage_id].add(day_of(moment))
    for stage_id, day in _left_alone(session, stages):
        found[stage_id].add(day)
    return {stage_id: tuple(sorted(found[stage_id])) for stage_id in ids}


def find_reporting(session: Session, projects: Sequence[Project], today: date) -> dict[int, Reporting]:
    """Return by project how it stands with the public answer or decision of each of its stages that has opened."""
    stages = [stage for project in projects for stage in project.stages if stage.opens_on <= today]
    reports = list_reports(session, stages)
    states: dict[int, list[DutyState]] = {project.id: [] for project in projects}
    for stage in stages:
        if REPORT_BACK in DUTIES_OF[find_rung(stage.ladder, stage.rung).influence]:
            states[stage.project_id].append(_check(stage, reports[stage.id], today))
    return {
        project_id: Reporting(
            min((each.due_on for each in found if each.state == "late"), default=None),
            min((each.due_on for each in found if each.state == "due"), default=None),
        )
        for project_id, found in states.items()
    }


def _check(stage: Stage, reports: tuple[date, ...], today: date) -> DutyState:
    """Return how the duty to say something in public stands; the other facts of the stage do not touch it."""
    rhythm = None
    if stage.answer_days is not None and stage.report_months is not None:
        rhythm = Rhythm(stage.answer_days, stage.report_months, reports=reports)
    facts = StageFacts(
        stage.opens_on,
        stage.closes_on,
        stage.answer_by,
        stage.opens_on,
        reported=min(reports, default=None),
        rhythm=rhythm,
    )
    return check_report_back(facts, today)


def _left_alone(session: Session, stages: Sequence[Stage]) -> Iterable[tuple[int, date]]:
    """Yield the stage and the day of each public answer that is to nobody any more."""
    by_project: Mapping[int, list[Stage]] = defaultdict(list)
    for stage in stages:
        by_project[stage.project_id].append(stage)
    rows = session.execute(
        select(Reply.project_id, Reply.written_at).where(
            Reply.public,
            Reply.kind == "answer",
            Reply.project_id.in_(by_project),
            ~exists().where(Message.reply_id == Reply.id),
        )
    )
    for project_id, moment in rows:
        day = day_of(moment)
        opened = [stage for stage in by_project[project_id] if stage.opens_on <= day]
        if opened:
            yield max(opened, key=lambda stage: (stage.opens_on, stage.position)).id, day
