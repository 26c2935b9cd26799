"""Of whom an account is: everybody, a body, a goal or an area; and which projects belong to it, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import Session, selectinload

from involve.errors import NotFound
from involve.models import Body, Decision, Outcome, Project, Publication, PublicationTag, Reply, Stage
from involve.services.projects.projects import SLUG
from involve.vocabulary.areas import AREAS, find_area
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.goals import GOALS, find_goal

# Projects on one page.
PAGE = 20


NOBODY = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class Scope:
    """What an account is limited to, with its name. `value`: the slug of a body, the id of a goal or a GSS code."""

    kind: Literal["all", "body", "goal", "area"] = "all"
    value: str = ""
    name: Bilingual = NOBODY


EVERYBODY = Scope()


def body_scope(session: Session, slug: str) -> Scope:
    """Return the scope of a body that has a project on the public list, open or past.

    Raises:
        NotFound: there is none: whether a body is only getting ready is nobody's business.
    """
    found = session.scalar(
        select(Body).where(
            Body.slug == slug,
            select(Project.id).where(Project.body_id == Body.id, Project.listed).exists(),
        )
        if SLUG.fullmatch(slug)
        else select(Body).where(Body.id.is_(None))
    )
    if found is None:
        raise NotFound("body")
    return Scope("body", slug, Bilingual(found.name_cy, found.name_en))


def goal_scope(goal_id: str) -> Scope:
    """Return the scope of a well-being goal.

    Raises:
        NotFound: there is no such goal.
    """
    return Scope("goal", goal_id, find_goal(goal_id).name)


def area_scope(gss: str) -> Scope:
    """Return the scope of a local authority area.

    Raises:
        NotFound: no local authority of Wales has that code.
    """
    return Scope("area", gss, find_area(gss).name)


def list_bodies(session: Session, today: date) -> tuple[tuple[str, Bilingual], ...]:
    """Return slug and name of each body of which the account has a project, by slug."""
    rows = session.execute(
        select(Body.slug, Body.name_cy, Body.name_en)
        .where(Body.id.in_(select(Project.body_id).where(*_public(today))))
        .order_by(Body.slug)
    )
    return tuple((slug, Bilingual(cy, en)) for slug, cy, en in rows)


def list_goals(session: Session, today: date) -> tuple[str, ...]:
    """Return the ids of the goals that people spoke of in a project of the account, in the order of the Act."""
    rows = select(PublicationTag.concept).join(PublicationTag.publication)
    spoken = session.scalars(
        rows.where(
            PublicationTag.scheme == "goal", Publication.project_id.in_(project_ids(EVERYBODY, today))
        ).distinct()
    ).all()
    return tuple(goal.id for goal in GOALS if goal.id in spoken)


def list_areas(session: Session, today: date) -> tuple[str, ...]:
    """Return the codes of the areas whose people spoke in a project of the account, in the order of the areas."""
    within = Publication.project_id.in_(project_ids(EVERYBODY, today))
    spoken = session.scalars(select(Publication.area).where(within).distinct()).all()
    return tuple(area.gss for area in AREAS if area.gss in spoken)


def count_projects(session: Session, scope: Scope, today: date) -> int:
    """Return how many projects belong to a scope: listed, not archived, and opened already."""
    wanted = select(func.count()).select_from(project_ids(scope, today).subquery())
    return session.scalar(wanted) or 0


# The types of rows in quotes: SQLAlchemy 2.0 names them in another way, and does not look.
def project_ids(scope: Scope, today: date) -> "Select[int]":
    """Return the query for the ids of all projects of a scope."""
    return select(Project.id).where(*_public(today), *_within(scope))


def find_rows(session: Session, scope: Scope, today: date, page: int) -> Sequence[Project]:
    """Return the projects of a page (from 1 on): those with the newest answer, decision or outcome first."""
    news = _news().subquery()
    return session.scalars(
        select(Project)
        .outerjoin(news, news.c.project_id == Project.id)
        .where(*_public(today), *_within(scope))
        .options(selectinload(Project.stages), selectinload(Project.body))
        .order_by(news.c.at.is_(None), news.c.at.desc(), Project.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    ).all()


def is_within(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a `Publication` belongs to a scope."""
    if scope.kind == "area":
        return (Publication.area == scope.value,)
    if scope.kind == "goal":
        return (
            Publication.id.in_(
                select(PublicationTag.publication_id).where(
                    PublicationTag.scheme == "goal", PublicationTag.concept == scope.value
                )
            ),
        )
    return ()


def _public(today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a project is in an account."""
    opened = select(Stage.project_id).where(Stage.opens_on <= today)
    return (Project.listed.is_(True), Project.archived_at.is_(None), Project.id.in_(opened))


def _within(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a project belongs to a scope: for a goal or an area, by what people said."""
    if scope.kind == "all":
        return ()
    if scope.kind == "body":
        return (Project.body_id.in_(select(Body.id).where(Body.slug == scope.value)),)
    return (Project.id.in_(select(Publication.project_id).where(*is_within(scope))),)


def _news() -> Select[tuple[int, object]]:
    """Return by project when something last came back."""
    parts = union_all(
        select(Reply.project_id, Reply.written_at.label("at")).where(Reply.public, Reply.kind == "answer"),
        select(Decision.project_id, Decision.published_at.label("at")).where(Decision.state == "published"),
        select(Decision.project_id, Outcome.noted_at.label("at")).join(Outcome.decision),
    ).subquery()
    return select(parts.c.project_id, func.max(parts.c.at).label("at")).group_by(parts.c.project_id)
