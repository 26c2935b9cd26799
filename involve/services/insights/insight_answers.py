"""Reading what staff keep hearing, and answering them: one answer to one or several, with what came of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, LanguageMissing, NotFound
from involve.models import Decision, Insight, InsightAnswer, InsightTold, User
from involve.services.insights.insight_erasing import is_there
from involve.services.insights.insight_views import InsightView, view_insights
from involve.services.insights.insights import PAGE
from involve.services.projects.projects import LARGEST_ID
from involve.services.staff.access import Action, Actor, projects_where, require
from involve.services.stories.tell import clean_text
from involve.services.trail.record import record
from involve.services.upkeep.letters import write_to_user
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.insights import OUTCOMES, find_insight_outcome

LONGEST_ANSWER = 2_000
LETTER = "insight_answered"


@dataclass(frozen=True, slots=True)
class InsightFilter:
    """What a reader asked for: a slug, a GSS code, and only what nobody has answered."""

    project: str | None = None
    area: str | None = None
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What came of it, in words where there are any, and the decision that it reached."""

    outcome: str
    text_cy: str = ""
    text_en: str = ""
    decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class Answering:
    """Insights of one project to be answered: how many authors want each language, and the decisions to choose from."""

    insights: tuple[InsightView, ...]
    needed: dict[str, int]
    decisions: tuple[tuple[int, Bilingual], ...]


def list_insights(
    session: Session, actor: Actor, wanted: InsightFilter, start: int = 0
) -> tuple[InsightView, ...]:
    """Return a page of what this person may read, the oldest first, because it has waited longest."""
    projects = projects_where(session, actor, "read_insights")
    ids = [row.id for row in projects if wanted.project in (None, row.slug)]
    query = select(Insight).where(Insight.project_id.in_(ids), is_there())
    if wanted.area:
        query = query.where(Insight.area == wanted.area)
    if wanted.unanswered:
        query = query.where(~was_answered())
    rows = session.scalars(query.order_by(Insight.received_at, Insight.id).offset(start).limit(PAGE))
    return view_insights(session, actor, rows.all())


def count_unanswered(session: Session, actor: Actor) -> int:
    """Return how many insights wait for an answer that this person may give."""
    ids = [row.id for row in projects_where(session, actor, "answer_insights")]
    query = select(func.count()).select_from(Insight)
    return session.scalar(query.where(Insight.project_id.in_(ids), is_there(), ~was_answered())) or 0


def read_insight(session: Session, actor: Actor, insight_id: int, now: datetime) -> InsightView:
    """Return an insight of a project of this person. That somebody else than its author read it is recorded.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    row = find_insight(session, actor, insight_id, "read_insights")
    if row.user_id != actor.user_id:
        record(session, "insight_viewed", "insight", row.id, now, user_id=actor.user_id)
    return view_insights(session, actor, [row])[0]


def find_insight(session: Session, actor: Actor, insight_id: int, action: Action) -> Insight:
    """Return the row of an insight in whose project *actor* may do *action*, locked; for other services.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    wanted = select(Insight).where(Insight.id == insight_id, is_there())
    row = session.scalar(wanted.with_for_update(of=Insight)) if insight_id <= LARGEST_ID else None
    if row is None:
        raise NotFound("insight")
    require(actor, action, row.project)
    return row


def open_answering(session: Session, actor: Actor, ids: Sequence[int]) -> Answering:
    """Return what somebody who answers these insights has to know.

    Raises:
        BadInput, NotFound, NotAllowed: as `answer_insights`.
    """
    rows = _find_rows(session, actor, ids)
    decisions = session.scalars(
        select(Decision).where(Decision.project_id == rows[0].project_id).order_by(Decision.id.desc())
    )
    return Answering(
        view_insights(session, actor, rows),
        _needed(session, rows),
        tuple((each.id, Bilingual(each.title_cy, each.title_en)) for each in decisions),
    )


def answer_insights(
    session: Session, actor: Actor, ids: Sequence[int], draft: AnswerDraft, now: datetime
) -> tuple[int, ...]:
    """Give one answer to the insights *ids* of one project; return the jobs of the letters to those who want one.

    An insight that stands at exactly this answer already is not told again: a form that is sent twice tells nobody
    twice.

    Raises:
        BadInput: 'none' or 'several projects'; 'outcome', 'why', 'long', 'unreadable', 'decision': what cannot be.
        LanguageMissing: there are words, and a language that some author reads has none; the argument is the language.
        NotFound, NotAllowed: one is not there, or no grant covers it.
    """
    rows = _find_rows(session, actor, ids)
    words = {"cy": draft.text_cy.strip(), "en": draft.text_en.strip()}
    _check(session, draft, words, rows)
    untold = [row for row in rows if not _stands_at(session, row.id, draft, words)]
    if not untold:
        return ()
    _tell(session, actor, untold, draft, words, now)
    return _write_letters(session, untold, actor, now)


def was_answered() -> ColumnElement[bool]:
    """Return the condition that an insight has an answer."""
    return select(InsightTold.id).where(InsightTold.insight_id == Insight.id).exists()


def _tell(
    session: Session,
    actor: Actor,
    rows: Sequence[Insight],
    draft: AnswerDraft,
    words: dict[str, str],
    now: datetime,
) -> None:
    """Keep an answer and tell it to each insight, with an event."""
    answer = InsightAnswer(
        project_id=rows[0].project_id,
        outcome=draft.outcome,
        text_cy=words["cy"] or None,
        text_en=words["en"] or None,
        decision_id=draft.decision_id,
        user_id=actor.user_id,
        answered_at=now,
    )
    session.add(answer)
    session.flush()
    session.add_all(InsightTold(answer_id=answer.id, insight_id=row.id) for row in rows)
    session.flush()
    for row in rows:
        record(
            session,
            "insight_answered",
            "insight",
            row.id,
            now,
            user_id=actor.user_id,
            outcome=draft.outcome,
        )


def _find_rows(session: Session, actor: Actor, ids: Sequence[int]) -> list[Insight]:
    """Return the rows to be answered, locked in one order, so that two who answer the same wait for each other."""
    rows = [find_insight(session, actor, each, "answer_insights") for each in sorted(set(ids))[:PAGE]]
    if not rows:
        raise BadInput("none")
    if len({row.project_id for row in rows}) > 1:
        raise BadInput("several projects")
    return rows


def _needed(session: Session, rows: Sequence[Insight]) -> dict[str, int]:
    """Return how many authors read each language."""
    authors = {row.user_id for row in rows if row.user_id is not None}
    return dict(Counter(session.scalars(select(User.language).where(User.id.in_(authors)))))


def _check(session: Session, draft: AnswerDraft, words: dict[str, str], rows: Sequence[Insight]) -> None:
    """Hold an answer to the rules of `answer_insights`."""
    if draft.outcome not in {each.id for each in OUTCOMES}:
        raise BadInput("outcome")
    for text in words.values():
        if len(text) > LONGEST_ANSWER:
            raise BadInput("long")
        if text != clean_text(text):
            raise BadInput("unreadable")
    if find_insight_outcome(draft.outcome).why and not any(words.values()):
        raise BadInput("why")
    if any(words.values()):
        for language in _needed(session, rows):
            if not words[language]:
                raise LanguageMissing(language)
    if draft.decision_id is not None:
        decision = session.get(Decision, draft.decision_id) if draft.decision_id <= LARGEST_ID else None
        if decision is None or decision.project_id != rows[0].project_id:
            raise BadInput("decision")


def _stands_at(session: Session, insight_id: int, draft: AnswerDraft, words: dict[str, str]) -> bool:
    """Whether the latest answer to an insight says exactly this."""
    query = select(InsightAnswer).join(InsightTold, InsightTold.answer_id == InsightAnswer.id)
    query = query.where(InsightTold.insight_id == insight_id).order_by(InsightTold.id.desc())
    latest = session.scalar(query.limit(1))
    return latest is not None and (
        latest.outcome,
        latest.text_cy or "",
        latest.text_en or "",
        latest.decision_id,
    ) == (draft.outcome, words["cy"], words["en"], draft.decision_id)


def _write_letters(session: Session, rows: Sequence[Insight], actor: Actor, now: datetime) -> tuple[int, ...]:
    """Write to each author who wants it, once, and not to whoever answers their own."""
    authors = {row.user_id for row in rows if row.wants_letter and row.user_id is not None}
    return tuple(write_to_user(session, LETTER, each, now) for each in sorted(authors - {actor.user_id}))
