"""The promise clock: the duties of each stage as they stand today, per project, per body and in all."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.models import (
    Decision,
    DutyNote,
    Message,
    Project,
    Reply,
    RungChange,
    Seat,
    Stage,
    Story,
)
from involve.services.evidence.counted import still_counts
from involve.services.projects.project_views import ProjectView, StageView, view_project
from involve.services.projects.projects import find_project
from involve.services.promises.duties import DutyState, Rhythm, StageFacts, check_duties
from involve.services.promises.reports import list_reports
from involve.services.promises.rhythms import find_rhythms
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of
from involve.vocabulary.duties import ANSWER
from involve.vocabulary.influence import find_influence
from involve.vocabulary.ladders import find_rung


@dataclass(frozen=True, slots=True)
class KnownDuty:
    """A duty as anyone may see it, with what the body explains beside it."""

    state: DutyState
    note: Bilingual | None


@dataclass(frozen=True, slots=True)
class ChangedRung:
    """A rung that was changed in the open; rungs are (ladder, rung)."""

    before: tuple[str, str]
    after: tuple[str, str]
    reason: Bilingual
    changed_on: date

    @property
    def lowered(self) -> bool:
        """Whether people have less say than before."""
        return influence_order(*self.after) < influence_order(*self.before)


@dataclass(frozen=True, slots=True)
class StagePromise:
    """What is promised in one stage. `influence` is an id of vocabulary.influence."""

    stage: StageView
    influence: str
    duties: tuple[KnownDuty, ...]
    changes: tuple[ChangedRung, ...]


@dataclass(frozen=True, slots=True)
class ProjectPromise:
    """The promises of a project, stage by stage. `late_to_ask` says that people could join only after a decision."""

    project: ProjectView
    stages: tuple[StagePromise, ...]
    late_to_ask: bool

    @property
    def count(self) -> "Count":
        """How its duties stand."""
        return count_duties([self])


@dataclass(frozen=True, slots=True)
class Count:
    """How many duties are kept, still due in time, and missed (kept late, late, or broken for good)."""

    kept: int
    due: int
    missed: int
    late_now: int


def show_promise(session: Session, slug: str, today: date) -> ProjectPromise:
    """Return the promises of the project with that *slug* as anyone may see them: how many stories wait is in no count.

    Raises:
        NotFound: there is none.
    """
    return _for_anyone(show_exact_promise(session, slug, today))


def show_exact_promise(session: Session, slug: str, today: date) -> ProjectPromise:
    """Return the same for staff, with how many stories were told and answered as it is this minute.

    Raises:
        NotFound: there is none.
    """
    return promises_of(session, [find_project(session, slug)], today)[0]


def list_promises(session: Session, today: date) -> tuple[ProjectPromise, ...]:
    """Return the promises of every listed project, those with most that is late first, then by name of slug."""
    projects = session.scalars(select(Project).where(Project.listed).order_by(Project.slug)).all()
    promises = [_for_anyone(each) for each in promises_of(session, projects, today)]
    return tuple(sorted(promises, key=lambda each: -each.count.late_now))


def count_duties(promises: Sequence[ProjectPromise]) -> Count:
    """Return how the duties of all these projects stand together."""
    states = [duty.state for each in promises for stage in each.stages for duty in stage.duties]
    return Count(
        kept=sum(state.state == "kept" for state in states),
        due=sum(state.state == "due" for state in states),
        missed=sum(state.missed for state in states),
        late_now=sum(state.state == "late" for state in states),
    )


def influence_order(ladder: str, rung: str) -> int:
    """Return how much say a rung gives, 0 (none) to 5 (devolve).

    Raises:
        NotFound: there is no such rung.
    """
    return find_influence(find_rung(ladder, rung).influence).order


def promises_of(session: Session, projects: Sequence[Project], today: date) -> list[ProjectPromise]:
    """Return the promises of *projects*, in their order, with exact counts."""
    stages = [stage for project in projects for stage in project.stages]
    facts = gather_facts(session, stages)
    notes, changes = _notes(session, facts), _changes(session, facts)
    promises = []
    for project in projects:
        view = view_project(project, today)
        promised = tuple(
            StagePromise(
                each,
                influence := find_rung(each.ladder, each.rung).influence,
                tuple(
                    KnownDuty(state, notes.get((each.id, state.duty.id)))
                    for state in check_duties(influence, facts[each.id], today)
                ),
                tuple(changes.get(each.id, ())),
            )
            for each in view.stages
        )
        promises.append(ProjectPromise(view, promised, _late_to_ask(view, facts)))
    return promises


def _for_anyone(promise: ProjectPromise) -> ProjectPromise:
    """Return a promise without how many stories are answered: who looks daily would see whose was not.

    How many that were is counted by `services.snapshots`.
    """

    def without(stage: StagePromise) -> StagePromise:
        duties = (
            replace(each, state=replace(each.state, done=0, wanted=0)) if each.state.duty == ANSWER else each
            for each in stage.duties
        )
        return replace(stage, duties=tuple(duties))

    return replace(promise, stages=tuple(without(each) for each in promise.stages))


def _late_to_ask(view: ProjectView, facts: Mapping[int, StageFacts]) -> bool:
    """Say whether the first chance to speak came after a decision was drafted, or after identification and planning."""
    first = min(view.stages, key=lambda stage: stage.opens_on)
    # A dialogue that goes on asks before each of its decisions.
    if first.kind in ("implementation", "evaluation") and first.answer_days is None:
        return True
    drafted = [facts[stage.id].drafted for stage in view.stages]
    return any(day is not None and day < first.opens_on for day in drafted)


def gather_facts(session: Session, stages: Sequence[Stage]) -> dict[int, StageFacts]:
    """Return what is known of *stages*, by id: a handful of queries, however many there are."""
    ids = [stage.id for stage in stages]
    told, reports = _count_answers(session, ids), list_reports(session, stages)
    decisions, seats = _decisions(session, ids), _taken_seats(session, stages)
    rhythms = find_rhythms(session, stages, decisions, reports)
    return {stage.id: _facts(stage, told, reports, decisions, seats, rhythms) for stage in stages}


def _facts(
    stage: Stage,
    told: Mapping[int, tuple[int, int, datetime | None]],
    reports: Mapping[int, tuple[date, ...]],
    decisions: Mapping[int, list[Decision]],
    seats: Mapping[int, frozenset[int]],
    rhythms: Mapping[int, Rhythm],
) -> StageFacts:
    stories, answered, last = told.get(stage.id, (0, 0, None))
    own = decisions.get(stage.id, [])
    published = [each.published_at for each in own if each.published_at is not None]
    proposed = [each for each in own if each.state == "proposed"]
    spoken = [each for each in own if each.state != "draft"]
    return StageFacts(
        opens_on=stage.opens_on,
        closes_on=stage.closes_on,
        answer_by=stage.answer_by,
        announced_on=stage.announced_on or day_of(stage.project.created_at),
        stories=stories,
        answered=answered,
        last_answer=day_of(last) if last else None,
        drafted=day_of(min(each.created_at for each in own)) if own else None,
        reported=min(reports[stage.id], default=None),
        published=day_of(min(published)) if published else None,
        proposed=bool(proposed),
        rhythm=rhythms.get(stage.id),
        seats=len(taken := seats.get(stage.project_id, frozenset())),
        agreed=count_agreed(spoken[-1], taken) if spoken else 0,
    )


def count_agreed(decision: Decision, seats: Collection[int]) -> int:
    """Return how many of the taken *seats* agreed to the decision as it stands."""
    return sum(
        each.version == decision.version and each.verdict == "agree" and each.seat_id in seats
        for each in decision.agreements
    )


def _count_answers(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int, datetime | None]]:
    """Return by stage how many stories were told in it, how many have an answer, and when the last got its first."""
    first = (
        select(Message.story_id, func.min(Reply.written_at).label("at"))
        .join(Message.reply)
        .where(Reply.kind == "answer")
        .group_by(Message.story_id)
        .subquery()
    )
    rows = session.execute(
        select(Story.stage_id, func.count(), func.count(first.c.at), func.max(first.c.at))
        .outerjoin(first, first.c.story_id == Story.id)
        .where(Story.stage_id.in_(ids), still_counts())
        .group_by(Story.stage_id)
    )
    return {stage_id: (stories, answered, last) for stage_id, stories, answered, last in rows}


def _decisions(session: Session, ids: Sequence[int]) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = defaultdict(list)
    for decision in session.scalars(select(Decision).where(Decision.stage_id.in_(ids)).order_by(Decision.id)):
        found[decision.stage_id].append(decision)
    return found


def _taken_seats(session: Session, stages: Sequence[Stage]) -> dict[int, frozenset[int]]:
    """Return by project the seats of its panel that are taken."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = session.execute(
        select(Seat.project_id, Seat.id).where(
            Seat.project_id.in_({stage.project_id for stage in stages}), Seat.state == "taken"
        )
    )
    for project_id, seat_id in rows:
        found[project_id].add(seat_id)
    return {project_id: frozenset(seats) for project_id, seats in found.items()}


def _notes(session: Session, facts: Mapping[int, StageFacts]) -> dict[tuple[int, str], Bilingual]:
    rows = session.scalars(select(DutyNote).where(DutyNote.stage_id.in_(list(facts))))
    return {(row.stage_id, row.duty): Bilingual(row.text_cy, row.text_en) for row in rows}


def _changes(session: Session, facts: Mapping[int, StageFacts]) -> dict[int, list[ChangedRung]]:
    found: dict[int, list[ChangedRung]] = defaultdict(list)
    rows = select(RungChange).where(RungChange.stage_id.in_(list(facts))).order_by(RungChange.id)
    for row in session.scalars(rows):
        found[row.stage_id].append(
            ChangedRung(
                (row.from_ladder, row.from_rung),
                (row.to_ladder, row.to_rung),
                Bilingual(row.reason_cy, row.reason_en),
                day_of(row.changed_at),
            )
        )
    return found
