"""What waits for the staff of projects: each duty that is late or soon due, computed from rows when somebody looks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func
from sqlalchemy.orm import Session

from involve.models import Project, Story
from involve.services.moderation.queue_filter import QueueFilter, matching
from involve.services.promises.duties import DutyState
from involve.services.promises.promises import ProjectPromise, promises_of
from involve.services.staff.access import Action, Actor, projects_where
from involve.services.telling.audience import last_news
from involve.services.telling.outbox import list_untold
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of
from involve.vocabulary.waiting import READ, TELL, WHOSE
from involve.vocabulary.working_days import add_working_days, read_by

# What is due within so many days is shown beside what is late.
SOON = timedelta(days=14)
# People behind a decision are to hear of it within so many working days. Our own figure.
TELL_WITHIN = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits in a project. `what` is an id of vocabulary.waiting; `left` counts days, below 0 when late.

    `count` is how many stories or people wait; 0 where it counts nothing. `subject` is the decision or stage that it is
    about, where there is one.
    """

    what: str
    project: str
    name: Bilingual
    due_on: date
    left: int
    count: int = 0
    subject: int | None = None

    @property
    def late(self) -> bool:
        """Whether its day is over."""
        return self.left < 0


def list_waiting(session: Session, actor: Actor, today: date) -> tuple[Waiting, ...]:
    """Return what waits for *actor* wherever it is their turn, the latest first; what is due later is left out."""
    projects: dict[Action, tuple[Project, ...]] = {
        action: projects_where(session, actor, action) for action in set(WHOSE.values())
    }
    found = [
        *_unread(session, actor, projects[WHOSE[READ]], today),
        *_duties(session, projects, today),
        *_untold(session, projects[WHOSE[TELL]], today),
    ]
    soon = (each for each in found if each.due_on <= today + SOON)
    return tuple(sorted(soon, key=lambda each: (each.due_on, each.project, each.what)))


def _unread(session: Session, actor: Actor, projects: Sequence[Project], today: date) -> Iterator[Waiting]:
    """Yield for each project the stories that no person has read by the promised day."""
    rows = matching(session, actor, QueueFilter("open", reason="late"), today).with_only_columns(
        Story.project_id, func.count(), func.min(Story.received_at)
    )
    mine = {project.id: project for project in projects}
    for project_id, count, first in session.execute(rows.group_by(Story.project_id)):
        if project_id in mine:
            yield _waiting(READ, mine[project_id], read_by(first), today, count)


def _duties(session: Session, projects: dict[Action, tuple[Project, ...]], today: date) -> Iterator[Waiting]:
    """Yield the duties of promises that it is the staff's turn to keep."""
    every = {each.id: each for some in projects.values() for each in some if each.listed}
    owners = {action: {each.id for each in some} for action, some in projects.items()}
    for promise in promises_of(session, list(every.values()), today):
        for stage_id, state in _open_duties(promise):
            if promise.project.id in owners[WHOSE[state.duty.id]]:
                count = state.wanted - state.done
                project = every[promise.project.id]
                yield _waiting(state.duty.id, project, state.due_on, today, count, stage_id)


def _open_duties(promise: ProjectPromise) -> Iterator[tuple[int, DutyState]]:
    """Yield the duties of a project that are the body's turn, with the stage that each is of."""
    for stage in promise.stages:
        for known in stage.duties:
            if known.state.turn == "body" and known.state.duty.id in WHOSE:
                yield stage.stage.id, known.state


def _untold(session: Session, projects: Sequence[Project], today: date) -> Iterator[Waiting]:
    """Yield the decisions of which people behind them have not been told since there was last news of them."""
    for project in projects:
        for each in list_untold(session, project):
            news = None if each.decision_id is None else last_news(session, each.decision_id)
            if news is not None:
                due_on = add_working_days(day_of(news), TELL_WITHIN)
                yield _waiting(TELL, project, due_on, today, each.people, each.decision_id)


def _waiting(
    what: str, project: Project, due_on: date, today: date, count: int = 0, subject: int | None = None
) -> Waiting:
    name = Bilingual(project.name_cy, project.name_en)
    return Waiting(what, project.slug, name, due_on, (due_on - today).days, count, subject)
