"""Ballots: a question of a stage that people decide together, drafted in both languages, opened, and shown."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, InvolveError, LanguageMissing, NotFound
from involve.models import Ballot, Option, Project, Stage, Vote
from involve.services.projects.projects import find_own_stage
from involve.services.staff.access import Actor, require
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of
from involve.vocabulary.duties import may_weigh
from involve.vocabulary.ladders import find_rung
from involve.vocabulary.methods import Method, find_method

LONGEST_QUESTION, LONGEST_TITLE, LONGEST_TEXT = 300, 150, 2_000
FEWEST_OPTIONS, MOST_OPTIONS = 2, 12

BallotState = Literal["draft", "announced", "open", "closed"]


class NothingToWeigh(InvolveError):
    """The rung of the stage does not let people weigh options."""

    code = "nothing_to_weigh"


@dataclass(frozen=True, slots=True)
class BallotPlan:
    """What is asked, how it is counted, and the first and the last day on which people can vote."""

    question: Bilingual
    method: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option that stands: in both languages, and by whom it was put forward ('staff' or 'participant').

    `owned`: a teller who can still come back put it forward, so that it is declined with a reason and not taken away.
    """

    id: int
    title: Bilingual
    text: Bilingual
    voice: str
    owned: bool


@dataclass(frozen=True, slots=True)
class BallotView:
    """A ballot with its options. `voted` says that somebody voted, so that nothing of it may change.

    `state` is 'draft' while options are put forward, 'announced' until its first day, then 'open', then 'closed'.
    """

    id: int
    project: str
    stage_id: int
    stage_kind: str
    plan: BallotPlan
    method: Method
    state: BallotState
    version: int
    options: tuple[OptionView, ...]
    voted: bool


def draft_ballot(session: Session, actor: Actor, stage_id: int, plan: BallotPlan, now: datetime) -> int:
    """Keep a new ballot for a stage and return its id. From now on its participants can put options forward.

    Raises:
        NotFound, NotAllowed: there is no such stage, or no grant covers it.
        NothingToWeigh: the rung of the stage lets nobody weigh options.
        LanguageMissing, BadInput: as `edit_ballot`.
    """
    stage = find_own_stage(session, actor, stage_id, "decide")
    _require_rung(stage)
    _check_plan(plan, now)
    ballot = Ballot(stage_id=stage.id, version=1, created_at=now, user_id=actor.user_id)
    _fill(ballot, plan)
    session.add(ballot)
    session.flush()
    record(session, "ballot_drafted", "ballot", ballot.id, now, user_id=actor.user_id)
    return ballot.id


def edit_ballot(
    session: Session, actor: Actor, ballot_id: int, version: int, plan: BallotPlan, now: datetime
) -> None:
    """Replace the question, the method and the days of a ballot in which nobody voted.

    Raises:
        NotFound, NotAllowed: there is no such ballot, or no grant covers it.
        Conflict: someone changed it since *version*, or somebody voted.
        LanguageMissing: the question lacks its Welsh or its English; the argument is the language.
        BadInput: 'long' (the question), 'method', 'dates' (it closes before it opens) or 'over' (it closes before
            today).
    """
    ballot = find_ballot(session, actor, ballot_id)
    _check_plan(plan, now)
    change_ballot(session, ballot, version)
    _fill(ballot, plan)
    session.flush()
    record(session, "ballot_edited", "ballot", ballot.id, now, user_id=actor.user_id)


def open_ballot(session: Session, actor: Actor, ballot_id: int, version: int, now: datetime) -> None:
    """Settle the options of a ballot and make it public; votes are taken from its first day on.

    Raises:
        NotFound, NotAllowed: there is no such ballot, or no grant covers it.
        NothingToWeigh: the rung of the stage was lowered meanwhile.
        Conflict: someone changed it since *version*, or opened it.
        BadInput: 'few' (fewer than two options), 'proposals' (some are neither accepted nor declined) or 'over' (its
            last day has passed).
    """
    ballot = find_ballot(session, actor, ballot_id)
    if ballot.opened_at is not None or ballot.version != version:
        raise Conflict("ballot")
    _require_rung(ballot.stage)
    if any(option.state == "proposed" for option in ballot.options):
        raise BadInput("proposals")
    if len(standing_options(ballot)) < FEWEST_OPTIONS:
        raise BadInput("few")
    if ballot.closes_on < day_of(now):
        raise BadInput("over")
    ballot.opened_at = now
    ballot.version += 1
    session.flush()
    record(session, "ballot_opened", "ballot", ballot.id, now, user_id=actor.user_id)


def list_ballots(
    session: Session, project_slug: str, today: date, public: bool, stage_id: int | None = None
) -> tuple[BallotView, ...]:
    """Return the ballots of a project, or of one stage of it, newest first; those in draft only where not `public`."""
    query = select(Ballot).join(Ballot.stage).join(Stage.project).where(Project.slug == project_slug)
    if public:
        query = query.where(Ballot.opened_at.is_not(None))
    if stage_id is not None:
        query = query.where(Ballot.stage_id == stage_id)
    return tuple(
        view_ballot(session, row, today) for row in session.scalars(query.order_by(Ballot.id.desc()))
    )


def show_ballot(session: Session, project_slug: str, ballot_id: int, today: date) -> BallotView:
    """Return a ballot of a project as the public sees it.

    Raises:
        NotFound: there is none, or it is still a draft.
    """
    for ballot in list_ballots(session, project_slug, today, public=True):
        if ballot.id == ballot_id:
            return ballot
    raise NotFound("ballot")


def view_ballot(session: Session, row: Ballot, today: date) -> BallotView:
    """Return the value of a ballot row."""
    return BallotView(
        id=row.id,
        project=row.stage.project.slug,
        stage_id=row.stage_id,
        stage_kind=row.stage.kind,
        plan=BallotPlan(Bilingual(row.question_cy, row.question_en), row.method, row.opens_on, row.closes_on),
        method=find_method(row.method),
        state=state_of(row, today),
        version=row.version,
        options=tuple(_view_option(option) for option in standing_options(row)),
        voted=has_votes(session, row.id),
    )


def find_ballot(session: Session, actor: Actor, ballot_id: int) -> Ballot:
    """Return the row of a ballot that *actor* may work on; it stays locked.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    ballot = session.get(Ballot, ballot_id, with_for_update=True)
    if ballot is None:
        raise NotFound("ballot")
    require(actor, "decide", ballot.stage.project)
    return ballot


def change_ballot(session: Session, ballot: Ballot, version: int) -> None:
    """Count a change of a locked ballot that was read at *version*.

    Raises:
        Conflict: someone changed it meanwhile, or somebody voted.
    """
    if ballot.version != version or has_votes(session, ballot.id):
        raise Conflict("ballot")
    ballot.version += 1


def state_of(ballot: Ballot, today: date) -> BallotState:
    """Return how a ballot stands on a day: nobody has to close it."""
    if ballot.opened_at is None:
        return "draft"
    if today < ballot.opens_on:
        return "announced"
    return "open" if today <= ballot.closes_on else "closed"


def standing_options(ballot: Ballot) -> tuple[Option, ...]:
    """Return the options of a ballot that staff wrote or accepted, in order."""
    return tuple(option for option in ballot.options if option.state == "accepted")


def has_votes(session: Session, ballot_id: int) -> bool:
    """Say whether somebody voted."""
    return bool(session.scalar(select(exists().where(Vote.ballot_id == ballot_id))))


def _view_option(option: Option) -> OptionView:
    title, text = Bilingual(option.title_cy, option.title_en), Bilingual(option.text_cy, option.text_en)
    return OptionView(option.id, title, text, option.voice, option.story_id is not None)


def _require_rung(stage: Stage) -> None:
    if not may_weigh(find_rung(stage.ladder, stage.rung).influence):
        raise NothingToWeigh(stage.rung)


def _check_plan(plan: BallotPlan, now: datetime) -> None:
    for language in ("cy", "en"):
        if not plan.question.in_language(language).strip():
            raise LanguageMissing(language)
    if max(len(plan.question.cy), len(plan.question.en)) > LONGEST_QUESTION:
        raise BadInput("long")
    try:
        find_method(plan.method)
    except NotFound:
        raise BadInput("method") from None
    if plan.closes_on < plan.opens_on:
        raise BadInput("dates")
    if plan.closes_on < day_of(now):
        raise BadInput("over")


def _fill(ballot: Ballot, plan: BallotPlan) -> None:
    ballot.question_cy, ballot.question_en = plan.question.cy.strip(), plan.question.en.strip()
    ballot.method, ballot.opens_on, ballot.closes_on = plan.method, plan.opens_on, plan.closes_on
