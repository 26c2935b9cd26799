"""Ballots: what can be weighed, and who may put forward what, in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, Conflict, LanguageMissing, NotAllowed, NotFound
from involve.models import Ballot, Stage
from involve.services.deciding.ballots import (
    BallotView,
    NothingToWeigh,
    draft_ballot,
    edit_ballot,
    list_ballots,
    open_ballot,
    show_ballot,
    view_ballot,
)
from involve.services.deciding.options import (
    OptionDraft,
    add_option,
    decline_option,
    edit_option,
    list_own_options,
    list_proposals,
    put_forward,
    remove_option,
)
from involve.services.staff.access import Actor
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
