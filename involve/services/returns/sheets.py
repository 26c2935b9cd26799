"""What the results sheet of a project or a decision says on paper: asked, said, decided, done, not done, still open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import Decision, DecisionTheme
from involve.services.deciding.decision_record import DecisionRecord, show_record
from involve.services.deciding.verdicts import Share, show_held
from involve.services.projects.project_views import StageView, view_project
from involve.services.projects.projects import find_project
from involve.services.promises.reports import Reporting, find_reporting
from involve.services.returns.done import PublicReply, list_replies
from involve.services.returns.quotations import Quotation, quote_cited, quote_few
from involve.services.returns.said import count_goals, count_published
from involve.services.returns.scopes import EVERYBODY
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of
from involve.vocabulary.goals import find_goal
from involve.vocabulary.ladders import find_rung

# Paper is short: two voices.
MOST_QUOTED = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """A results sheet. Every count is of published stories.

    `decision_id` is None on the sheet of a whole project. `heard` are well-being goals and how many stories speak of
    each; `set_aside` is what was heard and not followed, with the reason. `relied` counts the stories on which a
    decision stood when it was published. `changed` is the share of those who took part for whom something changed.
    """

    title: Bilingual
    slug: str
    project: Bilingual
    body: Bilingual
    demonstration: bool
    decision_id: int | None
    asked: tuple[Bilingual, ...]
    published: int
    relied: int | None
    heard: tuple[tuple[Bilingual, int], ...]
    quotations: tuple[Quotation, ...]
    answers: tuple[PublicReply, ...]
    decided: tuple[DecisionRecord, ...]
    set_aside: tuple[tuple[Bilingual, Bilingual], ...]
    stage: StageView
    reporting: Reporting
    changed: Share | None = None


def show_project_sheet(session: Session, slug: str, now: datetime) -> Sheet:
    """Return the sheet of a project.

    Raises:
        NotFound: there is none, or it is not on the public list.
    """
    row = find_project(session, slug)
    if not row.listed:
        raise NotFound(slug)
    today = day_of(now)
    view = view_project(row, today)
    answers = list_replies(session, [row.id])[row.id]
    goals = count_goals(session, [row.id], EVERYBODY)[row.id]
    ids = session.scalars(
        select(Decision.id)
        .where(Decision.project_id == row.id, Decision.state == "published")
        .order_by(Decision.id.desc())
    ).all()
    opened = (each for each in view.stages if each.progress != "coming")
    return Sheet(
        title=view.name,
        slug=slug,
        project=view.name,
        body=view.body,
        demonstration=view.demonstration,
        decision_id=None,
        asked=tuple(each.question for each in opened) or (view.current.question,),
        published=count_published(session, [row.id], EVERYBODY)[row.id],
        relied=None,
        heard=tuple((find_goal(goal).name, count) for goal, count in goals),
        quotations=quote_few(session, row.id, MOST_QUOTED),
        answers=answers,
        decided=tuple(show_record(session, each, today) for each in ids),
        set_aside=_set_aside(session, ids),
        stage=view.current,
        reporting=find_reporting(session, [row], today)[row.id],
        changed=_changed(session, row.id, view.current),
    )


def show_decision_sheet(session: Session, decision_id: int, now: datetime) -> Sheet:
    """Return the sheet of a published decision.

    Raises:
        NotFound: there is none, or its project is not on the public list.
    """
    record = show_record(session, decision_id, day_of(now))
    row = session.get_one(Decision, decision_id)
    if not row.project.listed:
        raise NotFound("decision")
    return Sheet(
        title=record.decision.draft.title,
        slug=record.project.slug,
        project=record.project.name,
        body=record.project.body,
        demonstration=record.project.demonstration,
        decision_id=decision_id,
        asked=(record.question,),
        published=count_published(session, [row.project_id], EVERYBODY)[row.project_id],
        relied=row.stories_then,
        heard=(),
        quotations=quote_cited(session, decision_id),
        answers=(),
        decided=(record,),
        set_aside=_set_aside(session, (decision_id,)),
        stage=record.stage,
        reporting=Reporting(None, None),
        changed=_changed(session, row.project_id, record.stage),
    )


def _changed(session: Session, project_id: int, stage: StageView) -> Share | None:
    """Return the share of tellers for whom something changed; None where too few have said."""
    return show_held(session, project_id, find_rung(stage.ladder, stage.rung).influence).changed


def _set_aside(session: Session, decisions: Iterable[int]) -> tuple[tuple[Bilingual, Bilingual], ...]:
    """Return what was heard and not followed, with the reason."""
    rows = session.scalars(
        select(DecisionTheme)
        .where(DecisionTheme.decision_id.in_(tuple(decisions)), DecisionTheme.standing == "not_followed")
        .order_by(DecisionTheme.id)
    )
    return tuple(
        (Bilingual(row.name_cy, row.name_en), Bilingual(row.reason_cy, row.reason_en)) for row in rows
    )
