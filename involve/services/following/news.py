"""What happened, as anyone may know it: items computed from rows, each with a key that stays and the moment it was so.

Nothing of it is stored. What is taken back, unlisted or no longer true is in no answer from then on; all words are the
body's own, published in both languages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from involve.models import Decision, Outcome, Project, Reply, RungChange, Stage
from involve.services.following.milestones import list_milestones
from involve.services.following.things import Thing
from involve.services.promises.promises import gather_facts, influence_order
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import ENDLESS, day_of, start_of

# So long before the end it is said that there is not much time left.
CLOSING = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One thing that happened. `kind` is an id of vocabulary.news; `name` is that of what it happened to.

    `moment` (UTC) is when it was so, `updated` when what is said of it last changed. `words` are official words about
    it, None where the heading says all; `day` is one that people need to know, such as the last day of a stage.
    """

    key: str
    kind: str
    moment: datetime
    updated: datetime
    name: Bilingual
    body: Bilingual
    slug: str
    project_id: int
    decision_id: int | None = None
    words: Bilingual | None = None
    day: date | None = None


def list_news(session: Session, thing: Thing, now: datetime) -> tuple[NewsItem, ...]:
    """Return everything that happened to what is followed, the newest first."""
    projects = _listed(session, thing)
    items = [item for item in _all_news(session, projects, now) if belongs(item, thing)]
    return tuple(sorted(items, key=lambda item: (item.moment, item.key), reverse=True))


def belongs(item: NewsItem, thing: Thing) -> bool:
    """Say whether whoever follows *thing* is told of it."""
    every = thing.projects is None or item.project_id in thing.projects
    return every or item.decision_id in thing.decisions


def _listed(session: Session, thing: Thing) -> Sequence[Project]:
    """Return the listed projects that may have news of a thing."""
    query = select(Project).where(Project.listed)
    if thing.projects is not None:
        decided = select(Decision.project_id).where(Decision.id.in_(thing.decisions))
        query = query.where(or_(Project.id.in_(thing.projects), Project.id.in_(decided)))
    return session.scalars(
        query.options(selectinload(Project.stages), selectinload(Project.body)).order_by(Project.id)
    ).all()


def _all_news(session: Session, projects: Sequence[Project], now: datetime) -> Iterator[NewsItem]:
    known = {project.id: project for project in projects}
    today = day_of(now)
    for project in projects:
        yield _item(
            project, f"project:{project.id}", "announced", project.created_at, words=_summary(project)
        )
        for stage in project.stages:
            yield from _stage_news(project, stage, today)
    yield from _decision_news(session, known)
    yield from _answer_news(session, known)
    yield from _promise_news(session, projects, today)


def _item(
    project: Project,
    key: str,
    kind: str,
    moment: datetime,
    name: Bilingual | None = None,
    words: Bilingual | None = None,
    day: date | None = None,
    decision_id: int | None = None,
    updated: datetime | None = None,
) -> NewsItem:
    moment = moment.astimezone(UTC)
    return NewsItem(
        key,
        kind,
        moment,
        (updated or moment).astimezone(UTC),
        name or Bilingual(project.name_cy, project.name_en),
        Bilingual(project.body.name_cy, project.body.name_en),
        project.slug,
        project.id,
        decision_id,
        words,
        day,
    )


def _summary(project: Project) -> Bilingual:
    return Bilingual(project.summary_cy, project.summary_en)


def _stage_news(project: Project, stage: Stage, today: date) -> Iterator[NewsItem]:
    """A stage opens, has not long to go, and is closed; the second is said only as long as it is true."""
    question = Bilingual(stage.question_cy, stage.question_en)
    last = None if stage.closes_on == ENDLESS else stage.closes_on
    if stage.opens_on <= today:
        opened = start_of(stage.opens_on)
        yield _item(project, f"opened:{stage.id}", "opened", opened, words=question, day=last)
    if last is None:
        return
    closing = last - CLOSING
    if stage.opens_on < closing <= today <= last:
        soon = start_of(closing)
        yield _item(project, f"closing:{stage.id}", "closing", soon, words=question, day=last)
    if last < today:
        closed = start_of(last + timedelta(days=1))
        yield _item(project, f"closed:{stage.id}", "closed", closed, words=question, day=stage.answer_by)


def _decision_news(session: Session, known: dict[int, Project]) -> Iterator[NewsItem]:
    """A decision is published, and something comes of it."""
    decided = select(Decision).where(Decision.state == "published", Decision.project_id.in_(known))
    rows = {row.id: row for row in session.scalars(decided)}
    for row in rows.values():
        project, words = known[row.project_id], Bilingual(row.text_cy, row.text_en)
        moment = row.published_at or row.created_at
        yield _item(project, f"decision:{row.id}", "decision", moment, _title(row), words, None, row.id)
    for outcome in session.scalars(select(Outcome).where(Outcome.decision_id.in_(rows))):
        row = rows[outcome.decision_id]
        yield _item(
            known[row.project_id],
            f"outcome:{outcome.id}",
            outcome.status,
            outcome.noted_at,
            _title(row),
            Bilingual(outcome.text_cy, outcome.text_en) if outcome.text_cy and outcome.text_en else None,
            outcome.on_day,
            row.id,
        )


def _title(row: Decision) -> Bilingual:
    return Bilingual(row.title_cy, row.title_en)


def _answer_news(session: Session, known: dict[int, Project]) -> Iterator[NewsItem]:
    answers = select(Reply).where(Reply.public, Reply.kind == "answer", Reply.project_id.in_(known))
    for row in session.scalars(answers):
        words = Bilingual(row.text_cy or "", row.text_en or "")
        yield _item(known[row.project_id], f"answer:{row.id}", "answer", row.written_at, words=words)


def _promise_news(session: Session, projects: Iterable[Project], today: date) -> Iterator[NewsItem]:
    """A promise is changed in the open; and the day passes by which something was promised."""
    stages = {stage.id: (project, stage) for project in projects for stage in project.stages}
    for row in session.scalars(select(RungChange).where(RungChange.stage_id.in_(stages))):
        before, after = (influence_order(*each) for each in _rungs(row))
        kind, words = "lowered" if after < before else "changed", Bilingual(row.reason_cy, row.reason_en)
        yield _item(stages[row.stage_id][0], f"rung:{row.id}", kind, row.changed_at, words=words)
    facts = gather_facts(session, [stage for _, stage in stages.values()])
    for project, stage in stages.values():
        for each in list_milestones(stage, facts[stage.id], today):
            passed, key = start_of(each.due_on + timedelta(days=1)), f"due:{stage.id}:{each.due_on}"
            settled = max(passed, start_of(each.done_on)) if each.done_on else passed
            yield _item(project, key, each.kind, passed, day=each.due_on, updated=settled)


def _rungs(row: RungChange) -> tuple[tuple[str, str], tuple[str, str]]:
    return (row.from_ladder, row.from_rung), (row.to_ladder, row.to_rung)
