"""Decisions: drafted in both languages, put before the panel, and published only with what the rung demands."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, InvolveError, NotFound
from involve.models import Decision, Project, Seat, Stage
from involve.services.deciding.considered import (
    Considered,
    check_considered,
    check_words,
    keep_considered,
    list_considered,
    need_both,
)
from involve.services.deciding.ground_gate import Seen, freeze_ground, require_ground
from involve.services.projects.projects import find_own_stage
from involve.services.promises.promises import count_agreed
from involve.services.staff.access import Actor, require
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of
from involve.vocabulary.duties import AGREEMENT, DUTIES_OF, SHOW_CHANGE
from involve.vocabulary.ladders import find_rung

LONGEST_TITLE, LONGEST_TEXT = 200, 10_000
LONGEST_QUESTION, LONGEST_NAME = 300, 200
# What is decided on the involvement of people under the Act is decided after it was passed.
EARLIEST = date(2015, 4, 29)
UNSAID = Bilingual("", "")


class AgreementMissing(InvolveError):
    """The rung demands the panel's agreement, and it is not there: `missing` says who or what is."""

    code = "agreement_missing"

    def __init__(self, missing: str) -> None:
        """`missing`: 'panel' (nobody has a seat), 'proposal' (it was not put before them) or 'members'."""
        super().__init__(missing)
        self.missing = missing


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """The words of a decision. `change` says how people's views changed the options, or why they did not.

    Empty: `question` where the stage's own says it, `decided_by` where the body did. `decided_on` is a day in Wales;
    where none is said, it is the day on which the decision is published.
    """

    title: Bilingual
    text: Bilingual
    change: Bilingual
    question: Bilingual = UNSAID
    decided_by: Bilingual = UNSAID
    decided_on: date | None = None
    options: tuple[Considered, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision. `agreed` and `disagreed` of `seats` spoke on this version; `reasons` are for staff only.

    `needs_panel` says that its stage's rung lets nobody publish it without them.
    """

    id: int
    project: str
    stage_id: int
    stage_kind: str
    state: str
    version: int
    draft: DecisionDraft
    published_on: date | None
    seats: int
    agreed: int
    disagreed: int
    needs_panel: bool
    reasons: tuple[tuple[str, str], ...] = ()


def draft_decision(session: Session, actor: Actor, stage_id: int, draft: DecisionDraft, now: datetime) -> int:
    """Keep a new draft for a stage and return its id.

    Raises:
        NotFound, NotAllowed: there is no such stage, or no grant covers it.
        LanguageMissing, BadInput: as `edit_decision`.
    """
    stage = find_own_stage(session, actor, stage_id, "decide")
    _check_draft(draft, stage)
    decision = Decision(project_id=stage.project_id, stage_id=stage.id, state="draft", version=1)
    decision.created_at, decision.user_id = now, actor.user_id
    _fill(decision, draft)
    session.add(decision)
    session.flush()
    keep_considered(session, decision.id, draft.options)
    record(session, "decision_drafted", "decision", decision.id, now, user_id=actor.user_id)
    return decision.id


def edit_decision(
    session: Session, actor: Actor, decision_id: int, version: int, draft: DecisionDraft, now: datetime
) -> None:
    """Replace the words of a decision that is not published; whoever agreed is asked again.

    Raises:
        NotFound, NotAllowed: there is no such decision, or no grant covers it.
        Conflict: someone changed it since *version*; nothing is written over.
        LanguageMissing: words lack their Welsh or their English; the argument is the language.
        BadInput: 'published' (it is already), 'long', 'unreadable', 'many' (options) or 'early' (the day).
    """
    decision = find_decision(session, actor, decision_id)
    if decision.state == "published":
        raise BadInput("published")
    _check_draft(draft, decision.stage)
    if decision.version != version:
        raise Conflict("decision")
    _fill(decision, draft)
    keep_considered(session, decision.id, draft.options)
    decision.version += 1
    session.flush()
    record(session, "decision_edited", "decision", decision.id, now, user_id=actor.user_id)


def propose_decision(session: Session, actor: Actor, decision_id: int, now: datetime) -> None:
    """Put a decision before the panel.

    Raises:
        NotFound, NotAllowed: there is no such decision, or no grant covers it.
        AgreementMissing: nobody has taken a seat on the panel.
        BadInput: it is published already.
    """
    decision = find_decision(session, actor, decision_id)
    if decision.state == "published":
        raise BadInput("published")
    if not taken_seats(session, decision.project_id):
        raise AgreementMissing("panel")
    # What was told after the first time may be about the decision itself.
    decision.state, decision.proposed_at = "proposed", decision.proposed_at or now
    session.flush()
    record(session, "decision_proposed", "decision", decision.id, now, user_id=actor.user_id)


def publish_decision(session: Session, actor: Actor, decision_id: int, seen: Seen, now: datetime) -> None:
    """Make a decision public, if what its rung demands is there and it stands on evidence; that is frozen with it.

    *seen* says which words against it were shown before. Doing it again changes nothing.

    Raises:
        NotFound, NotAllowed: there is no such decision, or no grant covers it.
        AgreementMissing: the rung demands the panel's agreement, and someone's is missing.
        GroundMissing: it has no evidence, something heard was not considered, or what is against it was not seen.
        LanguageMissing: why these words do not change it is said in one language only.
        BadInput: 'long' (that is), or 'future': the day on which it is decided has not come.
    """
    decision = find_decision(session, actor, decision_id)
    if decision.state == "published":
        return
    decision.decided_on = _past_day(decision, day_of(now))
    if needs_panel(decision.stage):
        _require_agreement(session, decision)
    ground = require_ground(session, decision, seen)
    freeze_ground(session, decision, ground, seen, actor.user_id, now)
    decision.state, decision.published_at = "published", now
    session.flush()
    record(session, "decision_published", "decision", decision.id, now, user_id=actor.user_id)


def list_decisions(session: Session, project_slug: str, public: bool) -> tuple[DecisionView, ...]:
    """Return the decisions of a project, newest first; only published ones, and no reasons, where it is `public`."""
    query = select(Decision).join(Decision.project).where(Project.slug == project_slug)
    if public:
        query = query.where(Decision.state == "published")
    rows = session.scalars(query.order_by(Decision.id.desc()))
    return tuple(view_decision(session, row, reasons=not public) for row in rows)


def show_decision(session: Session, decision_id: int) -> DecisionView:
    """Return a published decision, as everybody sees it.

    Raises:
        NotFound: there is none with this id, or it is not published; nobody learns which.
    """
    row = session.get(Decision, decision_id)
    if row is None or row.state != "published":
        raise NotFound("decision")
    return view_decision(session, row)


def view_decision(session: Session, row: Decision, reasons: bool = False) -> DecisionView:
    """Return the value of a decision row."""
    seats = taken_seats(session, row.project_id)
    own = [each for each in row.agreements if each.version == row.version and each.seat_id in seats]
    return DecisionView(
        id=row.id,
        project=row.project.slug,
        stage_id=row.stage_id,
        stage_kind=row.stage.kind,
        state=row.state,
        version=row.version,
        draft=DecisionDraft(
            Bilingual(row.title_cy, row.title_en),
            Bilingual(row.text_cy, row.text_en),
            Bilingual(row.change_cy, row.change_en),
            Bilingual(row.question_cy, row.question_en),
            Bilingual(row.decided_by_cy, row.decided_by_en),
            row.decided_on,
            list_considered(session, row.id),
        ),
        published_on=day_of(row.published_at) if row.published_at else None,
        seats=len(seats),
        agreed=count_agreed(row, seats),
        disagreed=sum(each.verdict == "disagree" for each in own),
        needs_panel=needs_panel(row.stage),
        reasons=tuple((each.verdict, each.reason) for each in own if each.reason) if reasons else (),
    )


def find_decision(session: Session, actor: Actor, decision_id: int) -> Decision:
    """Return the row of a decision that *actor* may work on; it stays locked.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    decision = session.get(Decision, decision_id, with_for_update=True)
    if decision is None:
        raise NotFound("decision")
    require(actor, "decide", decision.project)
    return decision


def find_unpublished(session: Session, actor: Actor, decision_id: int) -> Decision:
    """Return the row of a decision whose evidence *actor* may still change; it stays locked.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
        BadInput: it is published already.
    """
    decision = find_decision(session, actor, decision_id)
    if decision.state == "published":
        raise BadInput("published")
    return decision


def needs_panel(stage: Stage) -> bool:
    """Say whether the rung of a stage lets nobody publish without the panel."""
    return AGREEMENT in DUTIES_OF[find_rung(stage.ladder, stage.rung).influence]


def taken_seats(session: Session, project_id: int) -> tuple[int, ...]:
    """Return the ids of the seats of a project's panel that somebody has taken."""
    rows = select(Seat.id).where(Seat.project_id == project_id, Seat.state == "taken").order_by(Seat.id)
    return tuple(session.scalars(rows))


def _require_agreement(session: Session, decision: Decision) -> None:
    seats = taken_seats(session, decision.project_id)
    if not seats:
        raise AgreementMissing("panel")
    if decision.state != "proposed":
        raise AgreementMissing("proposal")
    if count_agreed(decision, seats) < len(seats):
        raise AgreementMissing("members")


def _past_day(decision: Decision, today: date) -> date:
    """Return the day on which a decision was made, by default *today*.

    Raises:
        BadInput: 'future': it has not come.
    """
    if decision.decided_on is not None and decision.decided_on > today:
        raise BadInput("future")
    return decision.decided_on or today


def _check_draft(draft: DecisionDraft, stage: Stage) -> None:
    """Hold a draft to both languages and its length; from a certain rung on it says what people's views changed."""
    needed = [draft.title, draft.text]
    if SHOW_CHANGE in DUTIES_OF[find_rung(stage.ladder, stage.rung).influence]:
        needed.append(draft.change)
    # What need not be said is said in both languages or in neither.
    offered = (draft.change, draft.question, draft.decided_by)
    need_both(*needed, *(words for words in offered if words.cy.strip() or words.en.strip()))
    check_words(LONGEST_TITLE, draft.title)
    check_words(LONGEST_TEXT, draft.text, draft.change)
    check_words(LONGEST_QUESTION, draft.question)
    check_words(LONGEST_NAME, draft.decided_by)
    check_considered(draft.options)
    if draft.decided_on is not None and draft.decided_on < EARLIEST:
        raise BadInput("early")


def _fill(decision: Decision, draft: DecisionDraft) -> None:
    for name in ("title", "text", "change", "question", "decided_by"):
        words: Bilingual = getattr(draft, name)
        setattr(decision, f"{name}_cy", words.cy.strip())
        setattr(decision, f"{name}_en", words.en.strip())
    decision.decided_on = draft.decided_on
