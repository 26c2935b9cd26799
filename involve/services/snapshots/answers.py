"""How many stories were answered, how many in time, and how soon: each story a month after its answer was due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from statistics import median_high

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from involve.models import Batch, Message, Project, Reply, Story
from involve.services.account.suppression import FEWEST, Sum, hide
from involve.services.evidence.counted import still_counts
from involve.services.projects.project_views import answer_day
from involve.services.snapshots.groups import ANSWERED, Count, Group, find_counted, keep_numbers, look_at
from involve.vocabulary.days import add_months, day_of
from involve.vocabulary.states import LANGUAGES

_SUMS = (Sum("told", ("answered", "unanswered")), Sum("answered", ("in_time", "late")))
_LAST = frozenset({"told", "answered"})
# That all were answered, or none, tells of the body; that all but one were tells of that one.
_NOTHING = frozenset({"answered", "unanswered", "in_time", "late"})
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Awaited:
    """A story whose answer has been due for a month. `days`: until it was first answered; None where it was not."""

    story_id: int
    language: str
    days: int | None
    in_time: bool


def count_answers(session: Session, project: Project, day: date) -> None:
    """Look at the stories of a project that are due and not counted yet, by language."""
    stories = _find_awaited(session, project, day)
    closed: list[tuple[Batch, list[Awaited]]] = []
    for language in LANGUAGES:
        own = [each for each in stories if each.language == language.id]
        group = Group(project.id, ANSWERED, language.id)
        batch = look_at(session, group, [each.story_id for each in own], partial(count_few, own), day)
        if batch is not None:
            closed.append((batch, own))
    together = [each for _, own in closed for each in own]
    for batch, _own in closed:
        # How soon people were answered cannot be added up, so that it is counted over the languages as well.
        if (weeks := _weeks(together)) is not None:
            keep_numbers(session, batch, {"weeks_all": weeks}, {"weeks_all"})


def count_few(stories: Sequence[Awaited]) -> Count:
    """Return the numbers of some stories; none may be shown while one would tell of fewer than five."""
    answered = sum(each.days is not None for each in stories)
    in_time = sum(each.in_time for each in stories)
    numbers = {
        "told": len(stories),
        "answered": answered,
        "unanswered": len(stories) - answered,
        "in_time": in_time,
        "late": answered - in_time,
    }
    shown = frozenset(numbers) - hide(numbers, _SUMS, _LAST, _NOTHING)
    if not shown >= _LAST:
        shown = frozenset()
    weeks = _weeks(stories)
    if weeks is not None:
        numbers["weeks"] = weeks
        shown = shown | {"weeks"} if shown else shown
    return Count(numbers, shown, ("answered", "unanswered"))


def _weeks(stories: Sequence[Awaited]) -> int | None:
    """Return within how many weeks half of those answered were; None where a half would be fewer than five."""
    days = [each.days for each in stories if each.days is not None]
    return max(1, -(-median_high(days) // _WEEK)) if len(days) >= 2 * FEWEST else None


def _find_awaited(session: Session, project: Project, day: date) -> list[Awaited]:
    counted = find_counted(session, project.id)
    stages = {each.id: each for each in project.stages}
    # As services.promises counts it: an answer of one's own or to many, and no notice.
    first: ColumnElement[datetime | None] = func.min(Reply.written_at)
    rows = session.execute(
        select(Story.id, Story.language, Story.received_at, Story.stage_id, first)
        .outerjoin(Message, Message.story_id == Story.id)
        .outerjoin(Reply, (Reply.id == Message.reply_id) & (Reply.kind == "answer"))
        .where(Story.project_id == project.id, still_counts())
        .group_by(Story.id, Story.language, Story.received_at, Story.stage_id)
        .order_by(Story.id)
    )
    found = []
    for story_id, language, received, stage_id, answered in rows:
        told_on = day_of(received)
        due = answer_day(stages[stage_id], told_on)
        if (story_id, ANSWERED) not in counted and _is_over(due, day):
            days = None if answered is None else (day_of(answered) - told_on).days
            found.append(Awaited(story_id, language, days, answered is not None and day_of(answered) <= due))
    return found


def _is_over(due: date, day: date) -> bool:
    """Whether a month has passed since an answer was *due*; never where a dialogue has no end."""
    return due < day and add_months(due, 1) <= day
