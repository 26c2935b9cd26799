"""What was done with what people said: decisions and their outcomes, and what was heard but not followed, with why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from involve.models import Decision, DecisionTheme, Outcome, Project, Reply, Stage
from involve.services.deciding.outcomes import OutcomeView, status_of
from involve.text.sentences import split_sentences
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of


@dataclass(frozen=True, slots=True)
class PublicReply:
    """What the body answered in public, in both languages."""

    words: Bilingual
    written_on: date


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """Something people said that a decision does not follow. `stories`: in how many; None where it was not counted."""

    name: Bilingual
    reason: Bilingual
    stories: int | None

    @property
    def short(self) -> Bilingual:
        """The first sentence of the reason, for where there is little room."""
        return Bilingual(_first_sentence(self.reason.cy), _first_sentence(self.reason.en))


@dataclass(frozen=True, slots=True)
class Done:
    """A published decision as it stands. `status`: an id of vocabulary.outcomes; its outcomes, the newest first.

    `change` says what people’s views changed; it may be empty.
    """

    id: int
    title: Bilingual
    text: Bilingual
    change: Bilingual
    status: str
    decided_on: date
    outcomes: tuple[OutcomeView, ...]
    unfollowed: tuple[Unfollowed, ...]


def _first_sentence(words: str) -> str:
    return next((each.text for each in split_sentences(words)), words)


def list_done(session: Session, ids: Sequence[int]) -> dict[int, tuple[Done, ...]]:
    """Return the published decisions of projects, by project, the newest first."""
    rows = session.scalars(
        select(Decision)
        .where(Decision.project_id.in_(ids), Decision.state == "published")
        .order_by(Decision.published_at.desc(), Decision.id.desc())
    ).all()
    decided = [row.id for row in rows]
    outcomes, unfollowed = _outcomes(session, decided), _unfollowed(session, decided)
    found: dict[int, list[Done]] = {each: [] for each in ids}
    for row in rows:
        came = tuple(outcomes.get(row.id, ()))
        found[row.project_id].append(
            Done(
                row.id,
                Bilingual(row.title_cy, row.title_en),
                Bilingual(row.text_cy, row.text_en),
                Bilingual(row.change_cy, row.change_en),
                status_of(row.state, came),
                row.decided_on or day_of(row.published_at or row.created_at),
                came,
                tuple(unfollowed.get(row.id, ())),
            )
        )
    return {each: tuple(done) for each, done in found.items()}


def count_statuses(done: Sequence[Done]) -> Mapping[str, int]:
    """Return how many decisions stand where, by status."""
    return Counter(each.status for each in done)


def total_statuses(session: Session, projects: "Select[int]") -> Mapping[str, int]:
    """Return how many published decisions of all *projects* (their ids) stand where, by status."""
    newest = func.row_number().over(
        partition_by=Outcome.decision_id, order_by=(Outcome.on_day.desc(), Outcome.id.desc())
    )
    ranked = select(Outcome.decision_id, Outcome.status, newest.label("place")).subquery()
    rows = session.execute(
        select(ranked.c.status, func.count())
        .select_from(Decision)
        .outerjoin(ranked, (ranked.c.decision_id == Decision.id) & (ranked.c.place == 1))
        .where(Decision.state == "published", Decision.project_id.in_(projects))
        .group_by(ranked.c.status)
    )
    counts: Counter[str] = Counter()
    for status, number in rows:
        # Where nothing is noted yet, it stands as it was published.
        counts[status or "agreed"] += number
    return counts


def list_replies(
    session: Session, ids: Sequence[int], most: int | None = None
) -> dict[int, tuple[PublicReply, ...]]:
    """Return the public answers by project, newest first, at most so many of each."""
    place = func.row_number().over(
        partition_by=Reply.project_id, order_by=(Reply.written_at.desc(), Reply.id.desc())
    )
    ranked = (
        select(Reply.id, place.label("place"))
        .where(Reply.public, Reply.kind == "answer", Reply.project_id.in_(ids))
        .subquery()
    )
    wanted = select(Reply).join(ranked, ranked.c.id == Reply.id).order_by(Reply.project_id, ranked.c.place)
    found: dict[int, list[PublicReply]] = {each: [] for each in ids}
    for row in session.scalars(wanted if most is None else wanted.where(ranked.c.place <= most)):
        words = Bilingual(row.text_cy or "", row.text_en or "")
        found[row.project_id].append(PublicReply(words, day_of(row.written_at)))
    return {each: tuple(replies) for each, replies in found.items()}


def find_undecided(session: Session, ids: Sequence[int], today: date) -> dict[int, tuple[Bilingual, ...]]:
    """Return by project the questions of stages that have closed and on which no decision was published."""
    decided = select(Decision.stage_id).where(Decision.state == "published")
    rows = session.scalars(
        select(Stage)
        .where(Stage.project_id.in_(ids), Stage.closes_on < today, Stage.id.not_in(decided))
        .order_by(Stage.position)
    )
    found: dict[int, list[Bilingual]] = {each: [] for each in ids}
    for row in rows:
        found[row.project_id].append(Bilingual(row.question_cy, row.question_en))
    return {each: tuple(questions) for each, questions in found.items()}


def list_newest(session: Session, most: int) -> tuple[tuple[str, Done], ...]:
    """Return the slugs of listed projects with the decisions that were made public last, at most so many."""
    rows = session.execute(
        select(Project.slug, Project.id)
        .join(Decision, Decision.project_id == Project.id)
        .where(Project.listed, Decision.state == "published")
        .group_by(Project.slug, Project.id)
        .order_by(func.max(Decision.published_at).desc(), Project.id.desc())
        .limit(most)
    ).all()
    done = list_done(session, [project_id for _, project_id in rows])
    return tuple((slug, done[project_id][0]) for slug, project_id in rows)


def _outcomes(session: Session, decided: Sequence[int]) -> dict[int, list[OutcomeView]]:
    found: dict[int, list[OutcomeView]] = {}
    rows = session.scalars(
        select(Outcome)
        .where(Outcome.decision_id.in_(decided))
        .order_by(Outcome.on_day.desc(), Outcome.id.desc())
    )
    for row in rows:
        words = Bilingual(row.text_cy, row.text_en) if row.text_cy else None
        view = OutcomeView(row.id, row.status, words, row.on_day, day_of(row.noted_at))
        found.setdefault(row.decision_id, []).append(view)
    return found


def _unfollowed(session: Session, decided: Sequence[int]) -> dict[int, list[Unfollowed]]:
    found: dict[int, list[Unfollowed]] = {}
    rows = session.scalars(
        select(DecisionTheme)
        .where(DecisionTheme.decision_id.in_(decided), DecisionTheme.standing == "not_followed")
        .order_by(DecisionTheme.stories_then.desc(), DecisionTheme.id)
    )
    for row in rows:
        name, reason = Bilingual(row.name_cy, row.name_en), Bilingual(row.reason_cy, row.reason_en)
        found.setdefault(row.decision_id, []).append(Unfollowed(name, reason, row.stories_then))
    return found
