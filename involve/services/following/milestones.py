"""The days by which a stage was to be answered for, once they are over: was it in time, late, or not at all?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from involve.models import Stage
from involve.services.promises.duties import Rhythm, StageFacts, check_duties
from involve.vocabulary.days import period_ends
from involve.vocabulary.duties import AGREEMENT, ANSWER, DUTIES_OF, REPORT_BACK, SHOW_CHANGE
from involve.vocabulary.ladders import find_rung

# What is to be done by the day on which a stage is answered for; the rest comes before it opens.
ANSWERING = frozenset({ANSWER, SHOW_CHANGE, AGREEMENT, REPORT_BACK})


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day that is over, and how it stands: kept, kept_late or missed. `done_on` is when what was late came."""

    due_on: date
    kind: str
    done_on: date | None = None


def list_milestones(stage: Stage, facts: StageFacts, today: date) -> tuple[Milestone, ...]:
    """Return the days of a stage that are over, oldest first; one for each day, however much was due on it."""
    influence = find_rung(stage.ladder, stage.rung).influence
    if facts.rhythm is not None and stage.report_months is not None:
        change = SHOW_CHANGE in DUTIES_OF[influence]
        return tuple(_periods(facts, facts.rhythm, change, today))
    states = [each for each in check_duties(influence, facts, today) if each.duty in ANSWERING]
    if not states or today <= stage.answer_by:
        return ()
    if any(each.state not in ("kept", "kept_late") for each in states):
        return (Milestone(stage.answer_by, "missed"),)
    late = max(each.days for each in states)
    if not late:
        return (Milestone(stage.answer_by, "kept"),)
    return (Milestone(stage.answer_by, "kept_late", stage.answer_by + timedelta(days=late)),)


def _periods(facts: StageFacts, rhythm: Rhythm, change: bool, today: date) -> Iterator[Milestone]:
    """Each period of a continuous dialogue for itself: whether the body reported in it, or said what changed."""
    done, start = rhythm.publications if change else rhythm.reports, facts.opens_on - timedelta(days=1)
    for end in period_ends(facts.opens_on, rhythm.report_months, facts.answer_by, today):
        if end >= today:
            return
        first = min((day for day in done if day > start), default=None)
        if first is None:
            yield Milestone(end, "missed")
        elif first > end:
            yield Milestone(end, "kept_late", first)
        else:
            yield Milestone(end, "kept")
        start = end
