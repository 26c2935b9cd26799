"""Ballots: who may put forward what, one vote for each code, and a result for everybody at once that exposes nobody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, Conflict, LanguageMissing, NotAllowed, NotFound
from involve.models import Ballot, Event, Option, Stage, Vote
from involve.services.access import Actor
from involve.services.ballots import (
    BallotView,
    NothingToWeigh,
    draft_ballot,
    edit_ballot,
    list_ballots,
    open_ballot,
    show_ballot,
    view_ballot,
)
from involve.services.my_story import withdraw_story
from involve.services.options import (
    OptionDraft,
    add_option,
    decline_option,
    edit_option,
    list_own_options,
    list_proposals,
    put_forward,
    remove_option,
)
from involve.services.votes import BallotClosed, cast_vote, list_my_ballots, show_my_ballot, show_result
from involve.vocabulary.bilingual import Bilingual
from tests.ballots import (
    OPENED,
    QUESTION,
    TITLES,
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


def test_a_ballot_opens_and_closes_by_its_days_alone(session: Session, staff: Actor) -> None:
    ballot = make_draft_ballot(session, staff)
    edit_ballot(session, staff, ballot, 4, make_plan(opens=2, closes=4), NOW)
    assert look(session, ballot, day(3)).state == "draft"
    assert list_ballots(session, "bywyd-da", day(3), public=True) == ()
    open_ballot(session, staff, ballot, 5, NOW)
    states = [look(session, ballot, day(days)).state for days in (0, 2, 4, 5)]
    assert states == ["announced", "open", "open", "closed"]
    assert show_ballot(session, "bywyd-da", ballot, day(0)).plan.question == QUESTION
    with pytest.raises(NotFound):
        show_ballot(session, "other", ballot, day(0))


@pytest.mark.parametrize("influence", ["consult", "involve"])
def test_a_rung_that_only_asks_weighs_nothing(session: Session, staff: Actor, influence: str) -> None:
    ballot = make_draft_ballot(session, staff)
    session.get_one(Stage, 1).rung = influence
    with pytest.raises(NothingToWeigh):
        draft_ballot(session, staff, 1, make_plan(), NOW)
    with pytest.raises(NothingToWeigh):
        open_ballot(session, staff, ballot, 4, NOW)


def test_a_ballot_that_cannot_be_is_refused(session: Session, staff: Actor) -> None:
    for plan, problem in (
        (make_plan(opens=3, closes=2), "dates"),
        (make_plan(opens=-3, closes=-1), "over"),
        (make_plan(method="dice"), "method"),
        (replace(make_plan(), question=Bilingual("x" * 301, "x")), "long"),
    ):
        with pytest.raises(BadInput, match=problem):
            draft_ballot(session, staff, 1, plan, NOW)
    for question in (Bilingual("Beth?", " "), Bilingual("", "What?")):
        with pytest.raises(LanguageMissing):
            draft_ballot(session, staff, 1, replace(make_plan(), question=question), NOW)
    with pytest.raises(NotFound):
        draft_ballot(session, staff, 99, make_plan(), NOW)
    with pytest.raises(NotAllowed):
        draft_ballot(session, make_staff(session, "moderator"), 1, make_plan(), NOW)


def test_a_ballot_needs_two_options_and_takes_twelve(session: Session, staff: Actor) -> None:
    ballot = draft_ballot(session, staff, 1, make_plan(), NOW)
    add_option(session, staff, ballot, 1, make_option(), NOW)
    with pytest.raises(BadInput, match="few"):
        open_ballot(session, staff, ballot, 2, NOW)
    for version in range(2, 13):
        add_option(session, staff, ballot, version, make_option(), NOW)
    with pytest.raises(BadInput, match="many"):
        add_option(session, staff, ballot, 13, make_option(), NOW)
    assert len(look(session, ballot).options) == 12


def test_an_option_stands_in_both_languages(session: Session, staff: Actor) -> None:
    ballot = draft_ballot(session, staff, 1, make_plan(), NOW)
    whole, none = Bilingual("A", "B"), Bilingual("", "")
    for title, text in ((Bilingual("A", ""), none), (Bilingual("", "B"), none), (whole, Bilingual("A", " "))):
        with pytest.raises(LanguageMissing):
            add_option(session, staff, ballot, 1, OptionDraft(title, text), NOW)
    with pytest.raises(BadInput, match="long"):
        add_option(session, staff, ballot, 1, OptionDraft(Bilingual("A" * 151, "B"), none), NOW)
    add_option(session, staff, ballot, 1, OptionDraft(whole, none), NOW)
    assert look(session, ballot).options[0].title == whole


def test_an_open_vote_keeps_something_to_choose_between(session: Session, staff: Actor) -> None:
    ballot = make_ballot(session, staff)
    remove_option(session, staff, 1, OPENED, NOW)
    with pytest.raises(BadInput, match="few"):
        remove_option(session, staff, 2, OPENED + 1, NOW)
    assert len(look(session, ballot).options) == 2


def test_two_colleagues_at_once_lose_nothing(session: Session, staff: Actor) -> None:
    ballot = make_draft_ballot(session, staff)
    edit_option(session, staff, 1, 4, make_option(2), NOW)
    for late in (
        lambda: edit_option(session, staff, 1, 4, make_option(1), NOW),
        lambda: add_option(session, staff, ballot, 4, make_option(1), NOW),
        lambda: remove_option(session, staff, 2, 4, NOW),
        lambda: edit_ballot(session, staff, ballot, 4, make_plan("ranked"), NOW),
        lambda: open_ballot(session, staff, ballot, 4, NOW),
    ):
        with pytest.raises(Conflict):
            late()
    view = look(session, ballot)
    assert [option.title for option in view.options] == [TITLES[2], TITLES[1], TITLES[2]]
    assert view.method.id == "approval"


def test_nothing_changes_once_somebody_voted(session: Session, staff: Actor) -> None:
    ballot = make_ballot(session, staff)
    vote(session, ballot, [1])
    for change in (
        lambda: edit_option(session, staff, 1, OPENED, make_option(1), NOW),
        lambda: add_option(session, staff, ballot, OPENED, make_option(1), NOW),
        lambda: remove_option(session, staff, 1, OPENED, NOW),
        lambda: edit_ballot(session, staff, ballot, OPENED, make_plan("ranked"), NOW),
    ):
        with pytest.raises(Conflict):
            change()
    assert look(session, ballot).options[0].title == TITLES[0]


def test_what_a_participant_puts_forward_is_no_option_until_both_languages_stand(
    session: Session, staff: Actor
) -> None:
    ballot = make_draft_ballot(session, staff)
    teller, other = make_story(session, reply_language="cy").story_id, make_story(session).story_id
    put_forward(session, teller, ballot, "cy", "Siop dan ofal y pentref", "", NOW)
    assert len(look(session, ballot).options) == 3
    with pytest.raises(BadInput, match="proposals"):
        open_ballot(session, staff, ballot, 4, NOW)
    (proposal,) = list_proposals(session, staff, ballot)
    assert (proposal.draft.title, proposal.reply_language) == (Bilingual("Siop dan ofal y pentref", ""), "cy")
    with pytest.raises(LanguageMissing):
        edit_option(session, staff, proposal.id, 4, proposal.draft, NOW)
    words = OptionDraft(Bilingual("Siop dan ofal y pentref", "A village-run shop"), Bilingual("", ""))
    edit_option(session, staff, proposal.id, 4, words, NOW)
    accepted = look(session, ballot).options[-1]
    assert (accepted.title.en, accepted.voice) == ("A village-run shop", "participant")
    assert [each.state for each in list_own_options(session, teller, ballot)] == ["accepted"]
    assert list_own_options(session, other, ballot) == ()


def test_who_is_declined_reads_why(session: Session, staff: Actor) -> None:
    ballot = make_draft_ballot(session, staff)
    teller = make_story(session, reply_language="cy").story_id
    option = put_forward(session, teller, ballot, "en", "A tram", "From the square.", NOW)
    with pytest.raises(BadInput, match="reason"):
        decline_option(session, staff, option, 4, "  ", NOW)
    with pytest.raises(BadInput, match="participant"):
        remove_option(session, staff, option, 4, NOW)
    with pytest.raises(BadInput, match="staff"):
        decline_option(session, staff, 1, 4, "Na.", NOW)
    decline_option(session, staff, option, 4, "Nid oes lle i gledrau.", NOW)
    (own,) = list_own_options(session, teller, ballot)
    assert (own.title, own.state, own.reason, own.reason_language) == (
        "A tram",
        "declined",
        "Nid oes lle i gledrau.",
        "cy",
    )
    with pytest.raises(Conflict):
        edit_option(session, staff, option, 5, make_option(), NOW)
    assert len(look(session, ballot).options) == 3


def test_a_proposal_has_words_a_language_and_an_end(session: Session, staff: Actor) -> None:
    ballot = make_draft_ballot(session, staff)
    teller = make_story(session).story_id
    for language, title, problem in (
        ("fr", "Un tram", "language"),
        ("en", " ", "title"),
        ("en", "x" * 151, "long"),
    ):
        with pytest.raises(BadInput, match=problem):
            put_forward(session, teller, ballot, language, title, "", NOW)
    for number in range(3):
        put_forward(session, teller, ballot, "en", f"A tram {number}", "", NOW)
    with pytest.raises(BadInput, match="many"):
        put_forward(session, teller, ballot, "en", "A fourth", "", NOW)
    other = make_ballot(session, staff)
    with pytest.raises(Conflict):
        put_forward(session, teller, other, "en", "Too late", "", NOW)


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
