"""What came of a published decision: noted by staff, each with its day, and corrected by noting something newer."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, NotFound
from involve.models import Decision, Insight, InsightAnswer, InsightTold, Outcome
from involve.services.deciding.considered import check_words, need_both
from involve.services.deciding.decisions import find_decision
from involve.services.insights.insight_erasing import is_there
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.services.upkeep.letters import write_to_user
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of
from involve.vocabulary.outcomes import NOTED, find_status

LONGEST_OUTCOME = 2_000
LETTER = "decision_outcome"


@dataclass(frozen=True, slots=True)
class OutcomeDraft:
    """How a decision stands since a day in Wales (`on_day`), in words of both languages or in none."""

    status: str
    words: Bilingual
    on_day: date


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """Something that came of a decision. `status`: an id of vocabulary.outcomes; `words`: None where none were said."""

    id: int
    status: str
    words: Bilingual | None
    on_day: date
    noted_on: date


def note_outcome(
    session: Session, actor: Actor, decision_id: int, draft: OutcomeDraft, now: datetime
) -> tuple[int, ...]:
    """Note what came of a decision; return the jobs of the letters to staff whose insight reached it.

    What was noted already, word for word, is not noted again, and nobody hears of it twice.

    Raises:
        NotFound, NotAllowed: there is no such decision, or no grant covers it.
        LanguageMissing: the words lack their Welsh or their English; the argument is the language.
        BadInput: 'draft' (it is not published), 'status', 'why' (it was not done, and no words say why), 'long',
            'unreadable', 'future', 'before' (the day comes before the decision): what cannot be.
    """
    decision = find_decision(session, actor, decision_id)
    _check(decision, draft, day_of(now))
    if _is_noted(session, decision_id, draft):
        return ()
    row = Outcome(decision_id=decision_id, status=draft.status, on_day=draft.on_day, noted_at=now)
    row.text_cy, row.text_en, row.user_id = draft.words.cy.strip(), draft.words.en.strip(), actor.user_id
    session.add(row)
    session.flush()
    record(session, "outcome_noted", "decision", decision_id, now, user_id=actor.user_id, status=draft.status)
    return tuple(write_to_user(session, LETTER, each, now) for each in _waiting(session, decision_id, actor))


def list_outcomes(session: Session, decision_id: int) -> tuple[OutcomeView, ...]:
    """Return what came of a decision, the latest day first; of one day, what was noted last."""
    rows = session.scalars(
        select(Outcome)
        .where(Outcome.decision_id == decision_id)
        .order_by(Outcome.on_day.desc(), Outcome.id.desc())
    )
    return tuple(
        OutcomeView(
            row.id,
            row.status,
            Bilingual(row.text_cy, row.text_en) if row.text_cy else None,
            row.on_day,
            day_of(row.noted_at),
        )
        for row in rows
    )


def status_of(state: str, outcomes: tuple[OutcomeView, ...]) -> str:
    """Return where a decision in that *state* stands by its *outcomes* (as `list_outcomes`): an id of a status."""
    if state != "published":
        return "proposed"
    return outcomes[0].status if outcomes else "agreed"


def show_status(session: Session, decision_id: int) -> str:
    """Return where a decision stands: an id of vocabulary.outcomes.

    Raises:
        NotFound: there is no such decision.
    """
    decision = session.get(Decision, decision_id)
    if decision is None:
        raise NotFound("decision")
    return status_of(decision.state, list_outcomes(session, decision_id))


def _check(decision: Decision, draft: OutcomeDraft, today: date) -> None:
    if decision.state != "published":
        raise BadInput("draft")
    if draft.status not in {each.id for each in NOTED}:
        raise BadInput("status")
    if draft.words.cy.strip() or draft.words.en.strip():
        need_both(draft.words)
    elif find_status(draft.status).why:
        raise BadInput("why")
    check_words(LONGEST_OUTCOME, draft.words)
    if draft.on_day > today:
        raise BadInput("future")
    if decision.decided_on is not None and draft.on_day < decision.decided_on:
        raise BadInput("before")


def _is_noted(session: Session, decision_id: int, draft: OutcomeDraft) -> bool:
    same = select(Outcome.id).where(
        Outcome.decision_id == decision_id,
        Outcome.status == draft.status,
        Outcome.on_day == draft.on_day,
        Outcome.text_cy == draft.words.cy.strip(),
        Outcome.text_en == draft.words.en.strip(),
    )
    return session.scalar(same.limit(1)) is not None


def _waiting(session: Session, decision_id: int, actor: Actor) -> list[int]:
    """Return who asked for letters about an insight that an answer says reached this decision, but not *actor*."""
    authors = (
        select(Insight.user_id)
        .join(InsightTold, InsightTold.insight_id == Insight.id)
        .join(InsightAnswer, InsightAnswer.id == InsightTold.answer_id)
        .where(InsightAnswer.decision_id == decision_id, Insight.wants_letter, is_there())
        .distinct()
    )
    return sorted(each for each in session.scalars(authors) if each is not None and each != actor.user_id)
