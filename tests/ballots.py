"""Makers of ballots for tests: a project that is decided together, options, and stories that vote."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from involve.models import Stage
from involve.services.deciding.ballots import BallotPlan, draft_ballot, open_ballot
from involve.services.deciding.options import OptionDraft, add_option
from involve.services.deciding.votes import cast_vote
from involve.services.staff.access import Actor
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW, make_project, make_story

QUESTION = Bilingual("Beth ddylai ddod gyntaf?", "What should come first?")
TITLES = (
    Bilingual("Bws gyda’r nos", "An evening bus"),
    Bilingual("Goleuadau ar y llwybr", "Lights on the path"),
    Bilingual("Neuadd gynnes", "A warm hall"),
)
# The version of a ballot that `make_ballot` opened: one for each option, and one for opening.
OPENED = len(TITLES) + 2


def day(days: int) -> date:
    return (NOW + timedelta(days=days)).date()


def make_plan(method: str = "approval", opens: int = 0, closes: int = 10) -> BallotPlan:
    return BallotPlan(QUESTION, method, day(opens), day(closes))


def make_option(number: int = 0) -> OptionDraft:
    return OptionDraft(TITLES[number], Bilingual("Bob dydd.", "Every day."))


def make_shared_project(session: Session, slug: str = "bywyd-da") -> int:
    """Open a project that is decided together with people; return the id of its stage."""
    make_project(session, slug)
    stage = session.query(Stage).order_by(Stage.id.desc()).first()
    assert stage is not None
    stage.rung = "collaborate"
    session.flush()
    return stage.id


def make_draft_ballot(session: Session, actor: Actor, stage_id: int = 1, method: str = "approval") -> int:
    """Draft a ballot with three options and return its id; they have the ids 1 to 3 in an empty database."""
    ballot = draft_ballot(session, actor, stage_id, make_plan(method), NOW)
    for number in range(len(TITLES)):
        add_option(session, actor, ballot, number + 1, make_option(number), NOW)
    return ballot


def make_ballot(session: Session, actor: Actor, stage_id: int = 1, method: str = "approval") -> int:
    """Open a ballot with three options and return its id."""
    ballot = make_draft_ballot(session, actor, stage_id, method)
    open_ballot(session, actor, ballot, OPENED - 1, NOW)
    return ballot


def vote(session: Session, ballot: int, *votes: Sequence[int]) -> list[int]:
    """Have a new story vote each of *votes*; return the stories."""
    stories = [make_story(session, tagged=False).story_id for _ in votes]
    for story_id, choices in zip(stories, votes, strict=True):
        cast_vote(session, story_id, ballot, OPENED, choices, NOW)
    return stories
