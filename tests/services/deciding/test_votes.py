"""Votes: one for each code, changeable until the end, and a result for everybody at once that exposes nobody."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, Conflict, NotFound
from involve.models import Ballot, Event, Option, Vote
from involve.services.deciding.ballots import BallotView, edit_ballot, open_ballot, view_ballot
from involve.services.deciding.options import edit_option, put_forward, remove_option
from involve.services.deciding.votes import (
    BallotClosed,
    cast_vote,
    list_my_ballots,
    show_my_ballot,
    show_result,
)
from involve.services.staff.access import Actor
from involve.services.tellers.my_story import withdraw_story
from tests.ballots import (
    OPENED,
    day,
    make_ballot,
    make_draft_ballot,
    make_option,
    make_plan,
    make_shared_project,
    vote,
)
from tests.factories import NOW, make_staff, make_story

LATER = day(11)


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    """One transaction in which there is a project that is decided together with people."""
    with transaction(factory) as session:
        make_shared_project(session)
        yield session


@pytest.fixture
def staff(session: Session) -> Actor:
    return make_staff(session, "decision_maker")


def look(session: Session, ballot: int, today: date = LATER) -> BallotView:
    return view_ballot(session, session.get_one(Ballot, ballot), today)


def test_one_code_has_one_vote_which_may_change_until_the_end(session: Session, staff: Actor) -> None:
    ballot = make_ballot(session, staff)
    teller, _ = vote(session, ballot, [1], [3])
    cast_vote(session, teller, ballot, OPENED, [3, 2], NOW)
    assert show_my_ballot(session, teller, ballot, day(0)).choices == (2, 3)
    assert session.scalars(select(Vote.choices).order_by(Vote.id)).all() == [[2, 3], [3]]
    with pytest.raises(BallotClosed):
        cast_vote(session, teller, ballot, OPENED, [1], NOW + timedelta(days=11))
    assert show_my_ballot(session, teller, ballot, LATER).choices == (2, 3)


def test_a_ballot_takes_no_vote_before_its_day_nor_while_it_is_a_draft(
    session: Session, staff: Actor
) -> None:
    ballot = make_draft_ballot(session, staff)
    teller = make_story(session).story_id
    with pytest.raises(BallotClosed):
        cast_vote(session, teller, ballot, 4, [1], NOW)
    edit_ballot(session, staff, ballot, 4, make_plan(opens=1), NOW)
    open_ballot(session, staff, ballot, 5, NOW)
    with pytest.raises(BallotClosed):
        cast_vote(session, teller, ballot, 6, [1], NOW)


def test_a_vote_that_makes_no_sense_is_refused(session: Session, staff: Actor) -> None:
    ballot = make_ballot(session, staff, method="ranked")
    other = make_ballot(session, staff)
    theirs = look(session, other).options[0].id
    teller = make_story(session).story_id
    for choices, problem in (([1, theirs], "option"), ([1, 2, 1], "repeat"), ([], "empty")):
        with pytest.raises(BadInput, match=problem):
            cast_vote(session, teller, ballot, OPENED, choices, NOW)
    with pytest.raises(Conflict):
        cast_vote(session, teller, ballot, OPENED - 1, [1], NOW)
    cast_vote(session, teller, other, OPENED, [], NOW)
    assert show_my_ballot(session, teller, other, day(0)).choices == ()
    assert show_my_ballot(session, teller, ballot, day(0)).choices is None


def test_only_people_of_the_project_vote(session: Session, staff: Actor) -> None:
    ballot = make_ballot(session, staff)
    make_shared_project(session, "arall")
    stranger = make_story(session, "arall").story_id
    gone = make_story(session).story_id
    withdraw_story(session, gone, NOW)
    for story_id in (stranger, gone, 999):
        with pytest.raises(NotFound):
            cast_vote(session, story_id, ballot, OPENED, [1], NOW)
        assert list_my_ballots(session, story_id, day(0)) == ()


def test_nobody_sees_a_result_before_everybody_does(session: Session, staff: Actor) -> None:
    ballot = make_ballot(session, staff)
    vote(session, ballot, *[[1]] * 6)
    assert show_result(session, look(session, ballot, day(10))) is None
    result = show_result(session, look(session, ballot, day(11)))
    assert result is not None
    assert result.voters == 6
    assert [[option.id for option in place] for place in result.places] == [[1], [2, 3]]


def test_numbers_that_stand_for_one_to_four_people_are_not_shown(session: Session, staff: Actor) -> None:
    ballot = make_ballot(session, staff)
    vote(session, ballot, *[[1]] * 5, *[[1, 3]] * 2, *[[2]] * 5)
    result = show_result(session, look(session, ballot))
    assert result is not None
    assert [(mark.option.id, mark.number, mark.few) for mark in result.marks] == [
        (1, 7, False),
        (2, 5, False),
        (3, None, True),
    ]
    nearly = make_ballot(session, staff)
    first, second, _ = (option.id for option in look(session, nearly).options)
    vote(session, nearly, *[[first]] * 6, [second])
    result = show_result(session, look(session, nearly))
    assert result is not None
    # Six of seven would tell of the one who did not.
    assert [(mark.number, mark.few) for mark in result.marks] == [(None, False), (None, True), (0, True)]


def test_comparisons_stand_or_fall_together(session: Session, staff: Actor) -> None:
    ballot = make_ballot(session, staff, method="ranked")
    vote(session, ballot, *[[1, 2, 3]] * 6, *[[2, 1, 3]] * 5, [2, 3, 1])
    result = show_result(session, look(session, ballot))
    assert result is not None
    found = {
        (each.one.id, each.other.id): (each.preferred and each.preferred.id, each.before, each.after)
        for each in result.comparisons
    }
    assert found == {(1, 2): (None, 6, 6), (1, 3): (1, None, None), (2, 3): (2, 12, 0)}
    assert [[option.id for option in place] for place in result.places] == [[1, 2], [3]]


def test_too_few_votes_show_what_came_first_and_no_number(session: Session, staff: Actor) -> None:
    ballot = make_ballot(session, staff, method="ranked")
    empty = show_result(session, look(session, ballot))
    assert empty is not None
    assert (empty.voted, empty.places) == (False, ())
    vote(session, ballot, *[[3, 1]] * 4)
    result = show_result(session, look(session, ballot))
    assert result is not None
    assert (result.voted, result.voters, result.marks, result.comparisons) == (True, None, (), ())
    assert [[option.id for option in place] for place in result.places] == [[3]]


def test_who_withdraws_takes_their_vote_and_their_words_along(session: Session, staff: Actor) -> None:
    ballot = make_ballot(session, staff)
    voters = vote(session, ballot, *[[1]] * 5, *[[2]] * 5)
    draft = make_draft_ballot(session, staff)
    put_forward(session, voters[0], draft, "en", "A tram", "", NOW)
    kept = put_forward(session, voters[0], draft, "en", "A shop", "", NOW)
    others = put_forward(session, voters[1], draft, "en", "A pond", "", NOW)
    edit_option(session, staff, kept, 4, make_option(), NOW)
    withdraw_story(session, voters[0], NOW)
    result = show_result(session, look(session, ballot))
    assert result is not None
    assert result.voters == 9
    assert [[option.id for option in place] for place in result.places] == [[2], [1], [3]]
    rows = session.execute(select(Option.id, Option.story_id).where(Option.voice == "participant")).all()
    assert {tuple(row) for row in rows} == {(kept, None), (others, voters[1])}
    remove_option(session, staff, kept, 5, NOW)
    assert len(look(session, draft).options) == 3


def test_the_audit_trail_says_that_somebody_voted_and_not_who(session: Session, staff: Actor) -> None:
    ballot = make_ballot(session, staff)
    vote(session, ballot, [2])
    event = session.scalars(select(Event).where(Event.kind == "vote_cast")).one()
    assert (event.subject, event.subject_id, event.user_id, event.detail) == ("ballot", ballot, None, {})
