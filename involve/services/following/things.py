"""What may be followed: only what anyone can see, and which projects and decisions belong to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import Body, Decision, DecisionTheme, Project, Publication, ReadingSession, Stage, Theme
from involve.services.projects.projects import LARGEST_ID, SLUG
from involve.services.reading.theme_standing import is_kept, name_of
from involve.vocabulary.areas import find_area
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.bodies import BODIES
from involve.vocabulary.following import ALL, find_follow_kind
from involve.vocabulary.goals import find_goal

NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Thing:
    """What is followed. All news of `projects` belongs to it (None: of every one), and what is said of `decisions`.

    `slug` is of the project that it is part of; empty for what is wider than a project.
    """

    kind: str
    subject: str
    name: Bilingual
    projects: frozenset[int] | None = NONE
    decisions: frozenset[int] = field(default=NONE)
    slug: str = ""


def find_thing(session: Session, kind: str, subject: str) -> Thing:
    """Return what is followed under *kind* (an id of vocabulary.following) and *subject*.

    Raises:
        NotFound: there is no such thing, or not in public: a draft, an unlisted project, a theme not shown.
    """
    return _FINDERS[find_follow_kind(kind).id](session, subject)


def everything() -> Thing:
    """Return what is followed by whoever follows the whole site."""
    return Thing("everything", ALL, find_follow_kind("everything").name, projects=None)


def _find_everything(_session: Session, subject: str) -> Thing:
    if subject != ALL:
        raise NotFound(subject)
    return everything()


def _find_project(session: Session, subject: str) -> Thing:
    known = SLUG.fullmatch(subject)
    row = session.scalar(select(Project).where(Project.slug == subject, Project.listed)) if known else None
    if row is None:
        raise NotFound(subject)
    return Thing("project", subject, Bilingual(row.name_cy, row.name_en), frozenset({row.id}), slug=row.slug)


def _find_theme(session: Session, subject: str) -> Thing:
    """A theme is public once its reading session is closed, where somebody agreed with it."""
    found = session.execute(
        select(Theme, Project)
        .join(ReadingSession, ReadingSession.id == Theme.session_id)
        .join(Stage, Stage.id == ReadingSession.stage_id)
        .join(Project, Project.id == Stage.project_id)
        .where(Theme.id == _number(subject), ReadingSession.closed_at.is_not(None), Project.listed)
    ).first()
    if found is None or not is_kept(found[0]):
        raise NotFound(subject)
    theme, project = found
    decisions = select(DecisionTheme.decision_id).where(DecisionTheme.theme_id == theme.id)
    name = name_of(theme)
    return Thing("theme", subject, name, decisions=frozenset(session.scalars(decisions)), slug=project.slug)


def _find_goal(session: Session, subject: str) -> Thing:
    """A goal is that of projects that serve it, and of decisions that follow, or do not, what people said of it."""
    goal = find_goal(subject)
    rows = session.execute(select(Project.id, Project.goals))
    serving = frozenset(project_id for project_id, goals in rows if goal.id in goals)
    decisions = select(DecisionTheme.decision_id).where(
        DecisionTheme.scheme == "goal", DecisionTheme.concept == goal.id
    )
    return Thing("goal", goal.id, goal.name, serving, frozenset(session.scalars(decisions)))


def _find_area(session: Session, subject: str) -> Thing:
    """An area is that of bodies that serve it alone or with others, and of projects with a published story from it."""
    area = find_area(subject)
    serving = [body.id for body in BODIES if area.gss in body.areas]
    theirs = select(Project.id).join(Project.body).where(Body.register_id.in_(serving))
    heard = select(Publication.project_id).where(Publication.area == area.gss)
    projects = frozenset(session.scalars(theirs)) | frozenset(session.scalars(heard))
    return Thing("area", area.gss, area.name, projects)


def _find_body(session: Session, subject: str) -> Thing:
    known = SLUG.fullmatch(subject)
    row = session.scalar(select(Body).where(Body.slug == subject)) if known else None
    listed = select(Project.id).where(Project.body_id == (row.id if row else None), Project.listed)
    projects = frozenset(session.scalars(listed))
    # A body that shows nothing yet is not told apart from none.
    if row is None or not projects:
        raise NotFound(subject)
    return Thing("body", subject, Bilingual(row.name_cy, row.name_en), projects)


def _find_decision(session: Session, subject: str) -> Thing:
    row = session.scalar(
        select(Decision)
        .join(Decision.project)
        .where(Decision.id == _number(subject), Decision.state == "published", Project.listed)
    )
    if row is None:
        raise NotFound(subject)
    name = Bilingual(row.title_cy, row.title_en)
    return Thing("decision", subject, name, decisions=frozenset({row.id}), slug=row.project.slug)


def _number(subject: str) -> int:
    """Return the number of a row, in the one way of writing it.

    Raises:
        NotFound: no row has such a number.
    """
    # Its length first: a very long row of digits is slow to read.
    plain = len(subject) <= len(str(LARGEST_ID)) and subject.isascii() and subject.isdigit()
    if not plain or str(int(subject)) != subject or int(subject) > LARGEST_ID:
        raise NotFound(subject)
    return int(subject)


_FINDERS: Mapping[str, Callable[[Session, str], Thing]] = MappingProxyType(
    {
        "everything": _find_everything,
        "project": _find_project,
        "theme": _find_theme,
        "goal": _find_goal,
        "area": _find_area,
        "body": _find_body,
        "decision": _find_decision,
    }
)
