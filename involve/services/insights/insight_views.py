"""An insight as staff see it: its words, what was read in them, what was answered, and what its author may still do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from involve.models import Insight, InsightAnswer, InsightLink, InsightTold, User
from involve.services.deciding.ahead import DecisionAhead, list_ahead
from involve.services.deciding.behind import behind_published
from involve.services.deciding.outcomes import OutcomeView, list_outcomes, status_of
from involve.services.staff.access import Actor
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.insights import REACHED


@dataclass(frozen=True, slots=True)
class InsightTagView:
    """A goal or way that the software suggests, with the places of the words that caused it."""

    scheme: str
    concept: str
    stance: str
    passages: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer to an insight. `decision` is the title of the decision that it reached, once that is published.

    Then `status` (an id of vocabulary.outcomes) and `outcomes` say what came of it.
    """

    id: int
    outcome: str
    text_cy: str | None
    text_en: str | None
    decision: Bilingual | None
    decision_id: int | None
    answered_on: date
    new: bool
    status: str | None = None
    outcomes: tuple[OutcomeView, ...] = ()

    def in_language(self, language: str) -> tuple[str, str]:
        """Return the words and the language that they are in: *language* if there are any, else the other one."""
        own, other = (self.text_cy, self.text_en) if language == "cy" else (self.text_en, self.text_cy)
        return (own, language) if own else (other or "", "en" if language == "cy" else "cy")


@dataclass(frozen=True, slots=True)
class InsightView:
    """An insight. `by` is its author’s name, None where a command brought it; answers stand newest first.

    `may_answer` is about whoever looks. `alongside`: published decisions that no answer names, but that a story is
    behind of which staff said that it says the same.
    """

    id: int
    project_slug: str
    project: Bilingual
    text: str
    language: str
    people: int | None
    band: str | None
    how: str | None
    area: str | None
    idea: str
    wants_letter: bool
    received_at: datetime
    corrected: bool
    by: str | None
    mine: bool
    may_answer: bool
    personal: tuple[tuple[int, int], ...]
    at_risk: bool
    tags: tuple[InsightTagView, ...]
    answers: tuple[GivenAnswer, ...]
    alongside: tuple[DecisionAhead, ...] = ()

    @property
    def passages(self) -> tuple[tuple[int, int], ...]:
        """The places of the words that the suggestions rest on."""
        return tuple(place for tag in self.tags for place in tag.passages)

    @property
    def outcome(self) -> str | None:
        """The outcome that it stands at; None until it is answered."""
        return self.answers[0].outcome if self.answers else None

    @property
    def reached(self) -> bool:
        """Whether it ever reached a decision."""
        return any(answer.outcome in REACHED for answer in self.answers)

    @property
    def new(self) -> bool:
        """Whether there is an answer that its author has not seen."""
        return any(answer.new for answer in self.answers)


def view_insights(session: Session, actor: Actor, rows: Sequence[Insight]) -> tuple[InsightView, ...]:
    """Return the values of rows, in their order."""
    names = _names(session, {row.user_id for row in rows if row.user_id is not None})
    ids = [row.id for row in rows]
    answers, alongside = _answers(session, ids), _alongside(session, ids)
    return tuple(
        _view(row, actor, names.get(row.user_id) if row.user_id else None, answers[row.id], alongside[row.id])
        for row in rows
    )


def _view(
    row: Insight,
    actor: Actor,
    by: str | None,
    answers: Sequence[GivenAnswer],
    alongside: Iterable[DecisionAhead],
) -> InsightView:
    named = {each.decision_id for each in answers}
    return InsightView(
        id=row.id,
        project_slug=row.project.slug,
        project=Bilingual(row.project.name_cy, row.project.name_en),
        text=row.text,
        language=row.language,
        people=row.people,
        band=row.band,
        how=row.how,
        area=row.area,
        idea=row.idea or "",
        wants_letter=row.wants_letter,
        received_at=row.received_at,
        corrected=row.corrected_at is not None,
        by=by,
        mine=row.user_id == actor.user_id,
        may_answer=actor.may("answer_insights", row.project.body_id, row.project_id),
        personal=tuple((start, end) for start, end, _kind in row.personal),
        at_risk=row.at_risk,
        tags=tuple(
            InsightTagView(tag.scheme, tag.concept, tag.stance, tuple((s, e) for s, e in tag.passages))
            for tag in row.tags
        ),
        answers=tuple(answers),
        alongside=tuple(each for each in alongside if each.id not in named),
    )


def _names(session: Session, user_ids: set[int]) -> dict[int, str]:
    """Return the names of members of staff by id."""
    rows = session.execute(select(User.id, User.name, User.email).where(User.id.in_(user_ids)))
    return {user_id: name or email for user_id, name, email in rows}


def _answers(session: Session, insight_ids: Sequence[int]) -> dict[int, list[GivenAnswer]]:
    """Return the answers to each insight, newest first."""
    told = session.scalars(
        select(InsightTold)
        .where(InsightTold.insight_id.in_(insight_ids))
        .options(selectinload(InsightTold.answer).selectinload(InsightAnswer.decision))
        .order_by(InsightTold.id.desc())
    )
    answers: dict[int, list[GivenAnswer]] = defaultdict(list)
    for each in told:
        answers[each.insight_id].append(_given(session, each))
    return answers


def _alongside(session: Session, insight_ids: Sequence[int]) -> dict[int, list[DecisionAhead]]:
    """Return the published decisions behind which stories are that say the same as each insight."""
    links = session.execute(
        select(InsightLink.insight_id, InsightLink.story_id)
        .where(InsightLink.insight_id.in_(insight_ids), InsightLink.verdict == "same")
        .where(InsightLink.story_id.in_(behind_published()))
        .order_by(InsightLink.id)
    )
    found: dict[int, list[DecisionAhead]] = defaultdict(list)
    for insight_id, story_id in links:
        known = {each.id for each in found[insight_id]}
        ahead = list_ahead(session, story_id) if story_id is not None else ()
        found[insight_id] += [each for each in ahead if each.id not in known]
    return found


def _given(session: Session, told: InsightTold) -> GivenAnswer:
    answer, decision = told.answer, told.answer.decision
    published = decision is not None and decision.state == "published"
    outcomes = list_outcomes(session, decision.id) if decision is not None and published else ()
    return GivenAnswer(
        answer.id,
        answer.outcome,
        answer.text_cy,
        answer.text_en,
        Bilingual(decision.title_cy, decision.title_en) if decision is not None and published else None,
        answer.decision_id if published else None,
        answer.answered_at.date(),
        told.read_at is None,
        status_of("published", outcomes) if published else None,
        outcomes,
    )
