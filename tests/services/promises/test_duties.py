"""The arithmetic of duties: kept, due and late across dates, late changes and the end of summer time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involve.services.promises.duties import DutyState, Rhythm, StageFacts, check_duties
from involve.vocabulary.days import ENDLESS, add_months, day_of
from involve.vocabulary.duties import DUTIES, DUTIES_OF, NOTICE_DAYS, POWERS_OF
from involve.vocabulary.influence import INFLUENCES

OPENS, CLOSES, ANSWER = date(2026, 3, 1), date(2026, 3, 31), date(2026, 5, 1)
FACTS = StageFacts(OPENS, CLOSES, ANSWER, announced_on=date(2026, 2, 1))


def duty(name: str, facts: StageFacts = FACTS, today: date = OPENS, influence: str = "devolve") -> DutyState:
    return next(each for each in check_duties(influence, facts, today) if each.duty.id == name)


def test_every_level_of_influence_has_its_powers_and_duties_and_keeps_those_below() -> None:
    ids = [influence.id for influence in INFLUENCES]
    assert set(POWERS_OF) == set(DUTIES_OF) == set(NOTICE_DAYS) == set(ids)
    for lower, higher in pairwise(ids):
        assert set(POWERS_OF[lower]) <= set(POWERS_OF[higher])
        assert {each.id for each in DUTIES_OF[lower]} <= {each.id for each in DUTIES_OF[higher]}
        assert NOTICE_DAYS[lower] <= NOTICE_DAYS[higher]
    assert {each.id for each in DUTIES_OF["devolve"]} == {each.id for each in DUTIES}


@pytest.mark.parametrize(
    ("announced", "state", "days"),
    [
        (date(2026, 2, 14), "kept", 0),
        (date(2026, 2, 15), "kept", 0),
        (date(2026, 2, 16), "kept_late", 1),
        (OPENS, "kept_late", 14),
    ],
)
def test_notice_counts_from_the_day_on_which_the_question_was_public(
    announced: date, state: str, days: int
) -> None:
    found = duty("notice", replace(FACTS, announced_on=announced))
    assert (found.state, found.days, found.turn) == (state, days, None)


def test_moving_the_opening_day_forward_breaks_a_notice_that_was_kept() -> None:
    assert duty("notice").state == "kept"
    assert duty("notice", replace(FACTS, opens_on=date(2026, 2, 10))).state == "kept_late"


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        (date(2026, 4, 24), "due", 7),
        (ANSWER, "due", 0),
        (date(2026, 5, 2), "late", 1),
        (date(2026, 6, 1), "late", 31),
    ],
)
def test_an_answer_is_due_to_the_end_of_its_day_and_then_late_by_the_day(
    today: date, state: str, days: int
) -> None:
    found = duty("answer", replace(FACTS, stories=4, answered=3, last_answer=CLOSES), today)
    assert (found.state, found.days, found.turn) == (state, days, "body")
    assert (found.done, found.wanted) == (3, 4)


def test_all_answered_counts_only_once_no_more_stories_can_come() -> None:
    facts = replace(FACTS, stories=4, answered=4, last_answer=date(2026, 3, 10))
    assert duty("answer", facts, CLOSES).state == "due"
    assert duty("answer", facts, CLOSES + timedelta(days=1)).state == "kept"


def test_the_last_answer_decides_whether_it_was_in_time() -> None:
    facts = replace(FACTS, stories=4, answered=4, last_answer=date(2026, 5, 4))
    found = duty("answer", facts, date(2026, 8, 1))
    assert (found.state, found.days, found.missed) == ("kept_late", 3, True)


def test_a_stage_in_which_nobody_told_anything_owes_no_answer() -> None:
    assert duty("answer", FACTS, ANSWER + timedelta(days=30)).state == "kept"


def test_a_decision_drafted_before_the_question_was_open_is_broken_for_good() -> None:
    found = duty("open_question", replace(FACTS, drafted=date(2026, 2, 20)), date(2027, 1, 1))
    assert (found.state, found.days, found.turn) == ("broken", 9, None)
    assert duty("open_question", replace(FACTS, drafted=OPENS)).state == "kept"


def test_agreement_is_the_panels_turn_only_while_something_is_before_it() -> None:
    assert duty("agreement", replace(FACTS, seats=3)).turn == "body"
    waiting = duty("agreement", replace(FACTS, seats=3, proposed=True, agreed=2))
    assert (waiting.turn, waiting.done, waiting.wanted) == ("panel", 2, 3)
    assert duty("agreement", replace(FACTS, seats=3, proposed=True, agreed=3)).turn == "body"
    assert duty("agreement", replace(FACTS, seats=3, agreed=3, published=CLOSES)).state == "kept"


def test_lower_rungs_owe_less() -> None:
    assert [each.duty.id for each in check_duties("inform", FACTS, OPENS)] == ["notice", "report_back"]
    assert check_duties("none", FACTS, OPENS) == ()


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(answer_by=days, done=days, today=days)
def test_a_duty_is_missed_exactly_when_its_day_has_passed(answer_by: date, done: date, today: date) -> None:
    facts = replace(FACTS, answer_by=answer_by)
    waiting = duty("report_back", facts, today)
    assert waiting.missed == (today > answer_by)
    assert waiting.days == abs((answer_by - today).days)
    reported = duty("report_back", replace(facts, reported=done), today)
    assert reported.missed == (done > answer_by)
    assert reported.turn is None


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 31, 23, 59, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_day_begins_and_ends_in_wales(moment: datetime, day: date) -> None:
    assert day_of(moment) == day


# ------------------------------------------------------------------------------------------ continuous dialogues

RHYTHM = Rhythm(answer_days=30, report_months=3)
DIALOGUE = StageFacts(OPENS, ENDLESS, ENDLESS, announced_on=date(2026, 2, 1), rhythm=RHYTHM)


def dialogue(name: str, today: date, **known: Any) -> DutyState:
    facts = replace(DIALOGUE, rhythm=replace(RHYTHM, **known))
    return duty(name, facts, today)


@pytest.mark.parametrize(
    ("waiting_since", "today", "state", "days"),
    [
        (None, date(2026, 7, 1), "kept", 0),
        (date(2026, 6, 1), date(2026, 6, 1), "due", 30),
        (date(2026, 6, 1), date(2026, 7, 1), "due", 0),
        (date(2026, 6, 1), date(2026, 7, 2), "late", 1),
        # Over the night in which summer time begins, days are counted and not hours.
        (date(2026, 3, 1), date(2026, 3, 31), "due", 0),
        (date(2026, 3, 1), date(2026, 4, 1), "late", 1),
    ],
)
def test_in_a_dialogue_each_story_has_its_own_last_day(
    waiting_since: date | None, today: date, state: str, days: int
) -> None:
    found = dialogue("answer", today, waiting_since=waiting_since)
    assert (found.state, found.days) == (state, days)
    assert found.turn == (None if waiting_since is None else "body")


def test_a_story_that_was_answered_late_stays_marked_while_others_wait_in_time() -> None:
    found = dialogue("answer", date(2026, 6, 10), waiting_since=date(2026, 6, 1), longest_late=4)
    assert (found.state, found.days, found.turn, found.missed) == ("kept_late", 4, "body", True)
    assert (
        dialogue("answer", date(2026, 7, 10), waiting_since=date(2026, 6, 1), longest_late=4).state == "late"
    )


@pytest.mark.parametrize(
    ("reports", "today", "state", "due_on", "days"),
    [
        ([], date(2026, 3, 1), "due", date(2026, 6, 1), 92),
        ([], date(2026, 6, 1), "due", date(2026, 6, 1), 0),
        ([], date(2026, 6, 2), "late", date(2026, 6, 1), 1),
        ([OPENS], date(2026, 5, 1), "kept", date(2026, 6, 1), 0),
        ([date(2026, 6, 1)], date(2026, 6, 2), "due", date(2026, 9, 1), 91),
        ([date(2026, 5, 1), date(2026, 8, 1)], date(2026, 8, 2), "kept", date(2026, 9, 1), 0),
        ([date(2026, 6, 11)], date(2026, 6, 12), "kept_late", date(2026, 9, 1), 10),
        ([date(2026, 5, 1)], date(2026, 9, 3), "late", date(2026, 9, 1), 2),
        ([date(2026, 2, 1)], date(2026, 6, 2), "late", date(2026, 6, 1), 1),
    ],
)
def test_in_a_dialogue_the_body_reports_in_every_period(
    reports: list[date], today: date, state: str, due_on: date, days: int
) -> None:
    found = dialogue("report_back", today, reports=tuple(reports))
    assert (found.state, found.due_on, found.days) == (state, due_on, days)


def test_a_dialogue_that_has_ended_asks_for_no_more_reports() -> None:
    ended = replace(DIALOGUE, closes_on=date(2026, 7, 1), answer_by=date(2026, 7, 31))
    told = replace(ended, rhythm=replace(RHYTHM, reports=(date(2026, 5, 1), date(2026, 7, 30))))
    assert duty("report_back", told, date(2027, 1, 1)).state == "kept"
    half = replace(ended, rhythm=replace(RHYTHM, reports=(date(2026, 5, 1),)))
    found = duty("report_back", half, date(2026, 8, 1))
    assert (found.state, found.due_on, found.days) == ("late", date(2026, 7, 31), 1)


@given(st.dates(OPENS, date(2032, 1, 1)), st.sets(st.dates(OPENS, date(2032, 1, 1)), max_size=6))
def test_no_report_makes_a_dialogue_stand_worse(today: date, days: set[date]) -> None:
    known = tuple(sorted(day for day in days if day <= today))
    rank = {"kept": 0, "due": 1, "kept_late": 2, "late": 3}
    before = dialogue("report_back", today, reports=known)
    after = dialogue("report_back", today, reports=(*known, today))
    assert rank[after.state] <= rank[before.state] or (before.state, after.state) == ("late", "kept_late")
    assert after.days <= before.days or after.state != before.state


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
