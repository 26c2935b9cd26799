"""The arithmetic of a promise: from dates and counts to duties that are kept, due or late, and whose turn it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from involve.vocabulary.days import period_ends
from involve.vocabulary.duties import (
    AGREEMENT,
    ANSWER,
    DUTIES_OF,
    NOTICE,
    NOTICE_DAYS,
    OPEN_QUESTION,
    REPORT_BACK,
    SHOW_CHANGE,
    Duty,
    Turn,
)

State = Literal["kept", "kept_late", "due", "late", "broken"]
MISSED: frozenset[State] = frozenset({"kept_late", "late", "broken"})


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What is known of one stage, in days of Wales.

    `stories` and `answered` count the stories told in it that were not withdrawn, and those of them with an answer;
    `last_answer` is the latest day on which one of them had its first. `drafted` is when the first decision on it was
    drafted, `reported` when the first public answer or decision came, `published` when a decision with its account of
    what views changed came. `seats` and `agreed` are of the panel and the decision now before it.
    """

    opens_on: date
    closes_on: date
    answer_by: date
    announced_on: date
    stories: int = 0
    answered: int = 0
    last_answer: date | None = None
    drafted: date | None = None
    reported: date | None = None
    published: date | None = None
    proposed: bool = False
    rhythm: "Rhythm | None" = None
    seats: int = 0
    agreed: int = 0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is known of a continuous dialogue beside the rest: how soon, how often, and what came when.

    `waiting_since` is the day of the oldest story without an answer; `longest_late` how many days past its time a
    story was answered at worst; `reports` are the days of public answers and decisions, `publications` those of
    decisions alone.
    """

    answer_days: int
    report_months: int
    waiting_since: date | None = None
    longest_late: int = 0
    reports: tuple[date, ...] = ()
    publications: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyState:
    """One duty today. `days` is how many are left (due), or how many it was or is late; `turn` while it is not done.

    `done` of `wanted` are what it counts: stories answered, seats that agreed. Both are 0 where it counts nothing.
    """

    duty: Duty
    state: State
    due_on: date
    days: int
    turn: Turn | None
    done: int = 0
    wanted: int = 0

    @property
    def missed(self) -> bool:
        """Whether it was not kept in time, or cannot be any more."""
        return self.state in MISSED


def check_duties(influence: str, facts: StageFacts, today: date) -> tuple[DutyState, ...]:
    """Return the state of each duty that *influence* (an id of vocabulary.influence) demands of a stage."""
    return tuple(_CHECKS[duty.id](duty, influence, facts, today) for duty in DUTIES_OF[influence])


def check_report_back(facts: StageFacts, today: date) -> DutyState:
    """Return how the duty to say something in public stands: by an answer or a decision, whichever comes first."""
    if facts.rhythm is not None:
        return check_periods(REPORT_BACK, facts, facts.rhythm.report_months, facts.rhythm.reports, today)
    return _by_date(REPORT_BACK, facts.reported, facts.answer_by, today)


def _by_date(
    duty: Duty, done_on: date | None, due_on: date, today: date, done: int = 0, wanted: int = 0
) -> DutyState:
    """Return the state of what is to be done by a day; that day itself is in time."""
    if done_on is not None:
        late = (done_on - due_on).days
        return DutyState(duty, "kept_late" if late > 0 else "kept", due_on, max(late, 0), None, done, wanted)
    left = (due_on - today).days
    return DutyState(duty, "due" if left >= 0 else "late", due_on, abs(left), duty.turn, done, wanted)


def check_each_answer(duty: Duty, facts: StageFacts, rhythm: Rhythm, today: date) -> DutyState:
    """Return how "answer every story" stands where each has its own last day; one answered late stays marked."""
    since = rhythm.waiting_since
    due_on = (since or today) + timedelta(days=rhythm.answer_days)
    state: State = "due"
    if since is not None and due_on < today:
        state = "late"
    elif rhythm.longest_late:
        state = "kept_late"
    elif since is None:
        state = "kept"
    days = {"kept": 0, "kept_late": rhythm.longest_late}.get(state, abs((due_on - today).days))
    turn = None if since is None else duty.turn
    return DutyState(duty, state, due_on, days, turn, facts.answered, facts.stories)


def check_periods(
    duty: Duty, facts: StageFacts, months: int, done: tuple[date, ...], today: date
) -> DutyState:
    """Return how a duty stands that is to be done once in every so many *months*; a period missed stays marked.

    What comes late counts for the period that was missed and for the one in which it comes.
    """
    worst, start, end = 0, facts.opens_on - timedelta(days=1), facts.opens_on
    for end in period_ends(facts.opens_on, months, facts.answer_by, today):
        if end >= today:
            break
        first = min((day for day in done if day > start), default=None)
        if first is None:
            return DutyState(duty, "late", end, (today - end).days, duty.turn)
        worst, start = max(worst, (first - end).days), end
    kept = end < today or any(start < day <= today for day in done)
    turn = None if kept else duty.turn
    if worst:
        return DutyState(duty, "kept_late", end, worst, turn)
    return DutyState(duty, "kept" if kept else "due", end, 0 if kept else (end - today).days, turn)


def _check_notice(duty: Duty, influence: str, facts: StageFacts, today: date) -> DutyState:
    return _by_date(duty, facts.announced_on, facts.opens_on - timedelta(days=NOTICE_DAYS[influence]), today)


def _check_open_question(duty: Duty, _influence: str, facts: StageFacts, today: date) -> DutyState:
    """A decision that was drafted before the stage opened cannot be undrafted: that duty is broken for good."""
    if facts.drafted is not None and facts.drafted < facts.opens_on:
        return DutyState(duty, "broken", facts.opens_on, (facts.opens_on - facts.drafted).days, None)
    opened = facts.opens_on if today >= facts.opens_on else None
    return _by_date(duty, opened, facts.opens_on, today)


def _check_answer(duty: Duty, _influence: str, facts: StageFacts, today: date) -> DutyState:
    """Stories may still come until the stage closes, so that it cannot be done before."""
    if facts.rhythm is not None:
        return check_each_answer(duty, facts, facts.rhythm, today)
    done_on = None
    if facts.answered == facts.stories and today > facts.closes_on:
        done_on = facts.last_answer or facts.closes_on
    return _by_date(duty, done_on, facts.answer_by, today, facts.answered, facts.stories)


def _check_show_change(duty: Duty, _influence: str, facts: StageFacts, today: date) -> DutyState:
    if facts.rhythm is not None:
        return check_periods(duty, facts, facts.rhythm.report_months, facts.rhythm.publications, today)
    return _by_date(duty, facts.published, facts.answer_by, today)


def _check_agreement(duty: Duty, _influence: str, facts: StageFacts, today: date) -> DutyState:
    """It is the panel's turn only once there is something before it, and while some have not agreed."""
    if facts.rhythm is not None:
        found = check_periods(duty, facts, facts.rhythm.report_months, facts.rhythm.publications, today)
        state = replace(found, done=facts.agreed, wanted=facts.seats)
    else:
        state = _by_date(duty, facts.published, facts.answer_by, today, facts.agreed, facts.seats)
    waiting = facts.proposed and facts.agreed < facts.seats
    turn: Turn | None = None if state.turn is None else ("panel" if waiting else "body")
    return DutyState(duty, state.state, state.due_on, state.days, turn, state.done, state.wanted)


_CHECKS: Mapping[str, Callable[[Duty, str, StageFacts, date], DutyState]] = MappingProxyType(
    {
        NOTICE.id: _check_notice,
        OPEN_QUESTION.id: _check_open_question,
        ANSWER.id: _check_answer,
        SHOW_CHANGE.id: _check_show_change,
        AGREEMENT.id: _check_agreement,
        REPORT_BACK.id: lambda _duty, _influence, facts, today: check_report_back(facts, today),
    }
)
