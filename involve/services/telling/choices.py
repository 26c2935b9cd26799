"""What people can be answered by: the stages of a project, the themes read together, and the goals stories touch."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.models import Project, Publication, Stage, Story, Tag, ThemePassage
from involve.models.theme import ReadingSession, Theme
from involve.services.reading.theme_standing import name_of
from involve.services.telling.audience import is_tagged
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.goals import GOALS
from involve.vocabulary.stages import find_stage


@dataclass(frozen=True, slots=True)
class Choice:
    """One audience: its kind, its address ("theme:3"), its name, and how many stories are in it."""

    kind: str
    to: str
    name: Bilingual
    stories: int


def list_choices(session: Session, project: Project) -> tuple[Choice, ...]:
    """Return the audiences of a project that hold any story: stages, then themes, then goals."""
    found = (*_stages(session, project), *_themes(session, project), *_goals(session, project))
    return tuple(each for each in found if each.stories)


def _stages(session: Session, project: Project) -> Iterator[Choice]:
    rows = session.execute(
        select(Stage, func.count(Story.id))
        .outerjoin(Story, (Story.stage_id == Stage.id) & (Story.state != "withdrawn"))
        .where(Stage.project_id == project.id)
        .group_by(Stage.id)
        .order_by(Stage.position)
    )
    for stage, stories in rows:
        yield Choice("stage", f"stage:{stage.id}", find_stage(stage.kind).name, stories)


def _themes(session: Session, project: Project) -> Iterator[Choice]:
    """Yield the themes that stand by themselves, with the stories of those merged into them."""
    whole = func.coalesce(Theme.merged_into_id, Theme.id).label("whole")
    counted = (
        select(whole, func.count(func.distinct(Publication.story_id)).label("stories"))
        .join(ThemePassage, ThemePassage.theme_id == Theme.id)
        .join(Publication, Publication.id == ThemePassage.publication_id)
        .where(Publication.project_id == project.id)
        .group_by(whole)
        .subquery()
    )
    rows = session.execute(
        select(Theme, counted.c.stories)
        .join(counted, counted.c.whole == Theme.id)
        .join(ReadingSession, ReadingSession.id == Theme.session_id)
        .order_by(Theme.id)
    )
    for theme, stories in rows:
        name = name_of(theme)
        yield Choice("theme", f"theme:{theme.id}", name, stories)


def _goals(session: Session, project: Project) -> Iterator[Choice]:
    """Yield the goals that stories are tagged with, unless a person said that the story is not about it."""
    rows = session.execute(
        select(Tag.concept, func.count(func.distinct(Tag.story_id)))
        .join(Story, Story.id == Tag.story_id)
        .where(Story.project_id == project.id, Story.state != "withdrawn")
        .where(Tag.scheme == "goal", is_tagged("goal", Tag.concept))
        .group_by(Tag.concept)
    )
    counts = {row[0]: row[1] for row in rows}
    for goal in GOALS:
        yield Choice("topic", f"topic:goal:{goal.id}", goal.short, counts.get(goal.id, 0))
