"""Votes: one for each code, changeable until the ballot closes; and the result, for everybody at once, after that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, InvolveError
from involve.models import Ballot, Stage, Story, Vote
from involve.services.account.suppression import FEWEST
from involve.services.deciding.ballots import BallotView, OptionView, standing_options, state_of, view_ballot
from involve.services.deciding.options import MyOption, find_own_ballot, list_own_options
from involve.services.evidence.counted import still_counts
from involve.services.evidence.counting import Tally, count_votes
from involve.services.trail.record import record
from involve.vocabulary.days import day_of


class BallotClosed(InvolveError):
    """The ballot takes no votes now: it has not opened yet, or it is over."""

    code = "ballot_closed"


@dataclass(frozen=True, slots=True)
class MyBallot:
    """A ballot for the teller of a story, with what they voted (None: nothing yet) and put forward."""

    ballot: BallotView
    choices: tuple[int, ...] | None
    own: tuple[MyOption, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """How many marked an option: `number`, or None where that or the rest is one to four; then `few` says which."""

    option: OptionView
    number: int | None
    few: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two options beside each other; the numbers are None where one of them would stand for one to four people."""

    one: OptionView
    other: OptionView
    preferred: OptionView | None
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a closed ballot. `voted`: whether anybody did; `voters`: how many, None where under five.

    With fewer than five, `places` holds the first place alone: a whole order could be one person's vote.
    """

    voted: bool
    voters: int | None
    places: tuple[tuple[OptionView, ...], ...]
    marks: tuple[Mark, ...]
    comparisons: tuple[Comparison, ...]


def cast_vote(
    session: Session, story_id: int, ballot_id: int, version: int, choices: Sequence[int], now: datetime
) -> None:
    """Keep the vote of a story's teller, in place of an earlier one.

    *choices* are ids of options: for approval those that are marked, which may be none; for a ranking in order from
    the best on, at least one.

    Raises:
        NotFound: the story was withdrawn, or its project has no such ballot.
        BallotClosed: the ballot takes no votes now.
        Conflict: its words were changed since *version*; the voter should read them first.
        BadInput: 'option' (one of another ballot), 'repeat' (one twice) or 'empty' (nothing is ranked).
    """
    ballot = find_own_ballot(session, story_id, ballot_id)
    if state_of(ballot, day_of(now)) != "open":
        raise BallotClosed(str(ballot_id))
    if ballot.version != version:
        raise Conflict("ballot")
    known = [option.id for option in standing_options(ballot)]
    _check_choices(ballot.method, known, choices)
    row = _vote(session, story_id, ballot_id)
    if row is None:
        row = Vote(ballot_id=ballot_id, story_id=story_id)
        session.add(row)
    # The order of marks means nothing, and so is not kept.
    row.choices = list(choices) if ballot.method == "ranked" else [each for each in known if each in choices]
    row.cast_at = now
    session.flush()
    record(session, "vote_cast", "ballot", ballot_id, now, actor="participant")


def show_my_ballot(session: Session, story_id: int, ballot_id: int, today: date) -> MyBallot:
    """Return a ballot for the teller of a story.

    Raises:
        NotFound: the story was withdrawn, or its project has no such ballot.
    """
    return _my_ballot(session, find_own_ballot(session, story_id, ballot_id), story_id, today)


def list_my_ballots(session: Session, story_id: int, today: date) -> tuple[MyBallot, ...]:
    """Return the ballots of the project of a story that was not withdrawn, the newest first."""
    rows = session.scalars(
        select(Ballot)
        .join(Stage, Stage.id == Ballot.stage_id)
        .join(Story, Story.project_id == Stage.project_id)
        .where(Story.id == story_id, Story.state != "withdrawn")
        .order_by(Ballot.id.desc())
    )
    return tuple(_my_ballot(session, row, story_id, today) for row in rows.all())


def show_result(session: Session, ballot: BallotView) -> Result | None:
    """Return the result of a ballot; None until it has closed, for staff as for everybody."""
    if ballot.state != "closed":
        return None
    query = (
        select(Vote.choices)
        .join(Story, Story.id == Vote.story_id)
        .where(Vote.ballot_id == ballot.id, still_counts())
    )
    options = {option.id: option for option in ballot.options}
    tally = count_votes(ballot.method.id, tuple(options), session.scalars(query).all())
    places = tuple(tuple(options[each] for each in place) for place in tally.places)
    if tally.voters < FEWEST:
        return Result(tally.voters > 0, None, places[:1], (), ())
    return Result(True, tally.voters, places, _marks(tally, options), _comparisons(tally, options))


def _marks(tally: Tally, options: Mapping[int, OptionView]) -> tuple[Mark, ...]:
    """Return the marks, most first, without any number that stands for one to four people on either side."""
    order = [each for place in tally.places for each in place]
    marks = dict(tally.marks)
    return tuple(
        Mark(
            options[each],
            marks[each] if _showable(marks[each], tally.voters - marks[each]) else None,
            marks[each] < FEWEST,
        )
        for each in order
        if each in marks
    )


def _comparisons(tally: Tally, options: Mapping[int, OptionView]) -> tuple[Comparison, ...]:
    found = []
    for pair in tally.pairs:
        one, other = options[pair.one], options[pair.other]
        preferred = None if pair.before == pair.after else one if pair.before > pair.after else other
        # From two of the three numbers and all voters the third follows, so they stand or fall together.
        shown = _showable(pair.before, pair.after, pair.level)
        numbers = (pair.before, pair.after) if shown else (None, None)
        found.append(Comparison(one, other, preferred, *numbers))
    return tuple(found)


def _showable(*numbers: int) -> bool:
    return not any(0 < number < FEWEST for number in numbers)


def _my_ballot(session: Session, row: Ballot, story_id: int, today: date) -> MyBallot:
    vote = _vote(session, story_id, row.id)
    return MyBallot(
        view_ballot(session, row, today),
        tuple(vote.choices) if vote else None,
        list_own_options(session, story_id, row.id),
    )


def _vote(session: Session, story_id: int, ballot_id: int) -> Vote | None:
    return session.scalar(select(Vote).where(Vote.story_id == story_id, Vote.ballot_id == ballot_id))


def _check_choices(method: str, known: Sequence[int], choices: Sequence[int]) -> None:
    if not set(choices) <= set(known):
        raise BadInput("option")
    if len(set(choices)) != len(choices):
        raise BadInput("repeat")
    if method == "ranked" and not choices:
        raise BadInput("empty")
