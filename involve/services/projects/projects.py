"""Projects and their stages: what is asked, on which rung, and what can still be influenced."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from involve.errors import BadInput, LanguageMissing, NotFound, StageClosed
from involve.models import Body, Project, Publication, Stage
from involve.services.projects.project_views import ProjectView, progress_of, view_project
from involve.services.staff.access import Action, Actor, require
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import ENDLESS
from involve.vocabulary.ladders import find_rung
from involve.vocabulary.stages import STAGES

SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 80
# The largest number that a column of numbers holds on every database.
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class StagePlan:
    """What is needed to open a stage; every official sentence stands in both languages."""

    kind: str
    ladder: str
    rung: str
    question: Bilingual
    undecided: Bilingual
    decided: Bilingual
    opens_on: date
    closes_on: date
    answer_by: date
    # Both for a continuous dialogue, which closes on `days.ENDLESS`.
    answer_days: int | None = None
    report_months: int | None = None
    invited: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """What is needed to open a project."""

    body: str
    slug: str
    name: Bilingual
    summary: Bilingual
    stages: tuple[StagePlan, ...]
    listed: bool = True
    demonstration: bool = False


def list_projects(session: Session, today: date) -> tuple[ProjectView, ...]:
    """Return the listed projects that are not archived, by closing date within each of three groups.

    Open ones come first, then those to come, then past ones.
    """
    rows = session.scalars(
        select(Project)
        .where(Project.listed, Project.archived_at.is_(None))
        .options(selectinload(Project.stages), selectinload(Project.body))
    )
    order = {"open": 0, "coming": 1, "past": 2}
    views = [view_project(row, today) for row in rows]
    return tuple(
        sorted(
            views, key=lambda view: (order[view.current.progress], view.current.closes_on or ENDLESS, view.id)
        )
    )


def list_all_projects(session: Session, today: date) -> tuple[tuple[ProjectView, bool], ...]:
    """Return every project by slug, each with whether the public list shows it; for staff only."""
    rows = session.scalars(select(Project).order_by(Project.slug))
    return tuple((view_project(row, today), row.listed) for row in rows)


def name_projects(session: Session) -> dict[str, Bilingual]:
    """Return by slug the names of the projects that evidence may be about: listed, or with something published."""
    published = select(Publication.id).where(Publication.project_id == Project.id).exists()
    rows = session.execute(
        select(Project.slug, Project.name_cy, Project.name_en)
        .where(or_(Project.listed, published))
        .order_by(Project.id)
    )
    return {slug: Bilingual(cy, en) for slug, cy, en in rows}


def get_project(session: Session, slug: str, today: date) -> ProjectView:
    """Return the project with that *slug*, listed or not.

    Raises:
        NotFound: there is none.
    """
    return view_project(find_project(session, slug), today)


def find_project(session: Session, slug: str) -> Project:
    """Return the row of the project with that *slug*, for other services.

    Raises:
        NotFound: there is none.
    """
    # What cannot be a slug is not looked up: no database takes a null or a lone surrogate.
    project = session.scalar(select(Project).where(Project.slug == slug)) if SLUG.fullmatch(slug) else None
    if project is None:
        raise NotFound(slug)
    return project


def find_open_stage(project: Project, today: date) -> Stage:
    """Return the stage that takes stories today.

    Raises:
        StageClosed: none does.
    """
    for stage in project.stages:
        if progress_of(stage, today) == "open":
            return stage
    raise StageClosed(project.slug)


def current_stage(project: Project, today: date) -> Stage:
    """Return the row of the stage that stands for the project today: the open one, else the next, else the last."""
    current = view_project(project, today).current
    return next(stage for stage in project.stages if stage.id == current.id)


def find_stage_id(session: Session, slug: str, kind: str) -> int:
    """Return the id of the stage of that kind in a project.

    Raises:
        NotFound: there is no such project or stage.
    """
    for stage in find_project(session, slug).stages:
        if stage.kind == kind:
            return stage.id
    raise NotFound(kind)


def find_own_stage(
    session: Session, actor: Actor, stage_id: int, action: Action, lock: bool = False
) -> Stage:
    """Return the row of a stage in whose project *actor* may do *action*; with *lock* it stays locked.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    stage = session.get(Stage, stage_id, with_for_update=lock)
    if stage is None:
        raise NotFound("stage")
    require(actor, action, stage.project)
    return stage


def find_body(session: Session, body: str) -> Body:
    """Return the row of the body with that slug or number.

    Raises:
        NotFound: there is none.
    """
    found = session.scalar(select(Body).where(Body.slug == body))
    if found is None and body.isascii() and body.isdigit() and int(body) <= LARGEST_ID:
        found = session.get(Body, int(body))
    if found is None:
        raise NotFound(f"body {body}")
    return found


def check_slug(slug: str) -> None:
    """Make sure that *slug* may stand in an address.

    Raises:
        BadInput: it holds something else than small letters, digits and single hyphens, or is too long.
    """
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise BadInput(
            f"{slug!r} cannot stand in an address: use small letters without accents, digits and single hyphens, "
            f"{LONGEST_SLUG} at most."
        )


def add_body(session: Session, slug: str, name: Bilingual, register_id: str | None = None) -> int:
    """Add a body, or return the one that has that *slug*, and give its id.

    Raises:
        BadInput: the slug cannot stand in an address.
        LanguageMissing: its name lacks Welsh or English.
    """
    check_slug(slug)
    if not (name.cy.strip() and name.en.strip()):
        raise LanguageMissing(slug)
    body = session.scalar(select(Body).where(Body.slug == slug))
    if body is None:
        body = Body(slug=slug, name_cy=name.cy, name_en=name.en, register_id=register_id)
        session.add(body)
        session.flush()
    return body.id


def add_project(session: Session, plan: ProjectPlan, now: datetime) -> int:
    """Open a project with its stages and return its id.

    Raises:
        NotFound: there is no such body or rung.
        BadInput: the slug is taken, there is no stage, or its dates are in the wrong order.
        LanguageMissing: an official sentence lacks its Welsh or its English.
    """
    body = find_body(session, plan.body)
    _check_plan(session, plan)
    project = Project(
        body_id=body.id,
        slug=plan.slug,
        name_cy=plan.name.cy,
        name_en=plan.name.en,
        summary_cy=plan.summary.cy,
        summary_en=plan.summary.en,
        listed=plan.listed,
        demonstration=plan.demonstration,
        created_at=now,
        stages=[_stage_row(position, stage) for position, stage in enumerate(plan.stages)],
    )
    session.add(project)
    session.flush()
    return project.id


def _check_plan(session: Session, plan: ProjectPlan) -> None:
    """Hold a plan to the rules of `add_project`."""
    check_slug(plan.slug)
    if session.scalar(select(Project.id).where(Project.slug == plan.slug)) is not None:
        raise BadInput(f"There is a project {plan.slug!r} already.")
    if not plan.stages:
        raise BadInput("A project needs a stage.")
    official = [plan.name, plan.summary]
    for stage in plan.stages:
        find_rung(stage.ladder, stage.rung)
        official += [stage.question, stage.undecided, stage.decided]
        if not stage.opens_on <= stage.closes_on <= stage.answer_by:
            raise BadInput("A stage opens, then closes, then is answered: its dates are in another order.")
        if stage.kind not in {kind.id for kind in STAGES}:
            raise BadInput(f"Unknown stage {stage.kind!r}.")
    if not all(words.cy.strip() and words.en.strip() for words in official):
        raise LanguageMissing(plan.slug)


def _stage_row(position: int, plan: StagePlan) -> Stage:
    """Return the row of a planned stage."""
    return Stage(
        position=position,
        kind=plan.kind,
        ladder=plan.ladder,
        rung=plan.rung,
        question_cy=plan.question.cy,
        question_en=plan.question.en,
        undecided_cy=plan.undecided.cy,
        undecided_en=plan.undecided.en,
        decided_cy=plan.decided.cy,
        decided_en=plan.decided.en,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        answer_by=plan.answer_by,
        answer_days=plan.answer_days,
        report_months=plan.report_months,
        invited_cy=plan.invited.cy if plan.invited else None,
        invited_en=plan.invited.en if plan.invited else None,
    )
