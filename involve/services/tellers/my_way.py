"""What became of a story among others: how many it is counted with, and what came of reading them together."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from involve.models import Publication, ReadingSession, Stage, Story, Theme, ThemePassage
from involve.services.reading.theme_standing import is_kept
from involve.services.tellers.my_story import MyStory
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of


@dataclass(frozen=True, slots=True)
class MyReading:
    """A reading session of the teller's project since their story was public. `closed_on` is None while it is open.

    `themes` are the names of those that hold the story and stand for good; none while the session is open.
    """

    stage_id: int
    opened_on: date
    closed_on: date | None
    themes: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class MyWay:
    """How many published stories its project has, the teller's among them, and the sessions that read it."""

    counted: int
    readings: tuple[MyReading, ...]


def show_my_way(session: Session, mine: MyStory) -> MyWay:
    """Return what became of a published story among others; nothing of one that is not public."""
    if mine.published_on is None:
        return MyWay(0, ())
    project_id = select(Story.project_id).where(Story.id == mine.id).scalar_subquery()
    counted = session.scalar(
        select(func.count()).select_from(Publication).where(Publication.project_id == project_id)
    )
    sessions = session.scalars(
        select(ReadingSession)
        .join(Stage, Stage.id == ReadingSession.stage_id)
        .where(Stage.project_id == project_id)
        .order_by(ReadingSession.opened_at)
    ).all()
    themes = [theme for theme in session.scalars(_themes_of(mine.id)) if is_kept(theme)]
    readings = (_reading(each, themes, mine.published_on) for each in sessions)
    return MyWay(counted or 0, tuple(each for each in readings if each is not None))


def _themes_of(story_id: int) -> Select[Theme]:
    """Select the themes that stand by themselves and hold the story, directly or by one merged into them."""
    held = (
        select(func.coalesce(Theme.merged_into_id, Theme.id))
        .join(ThemePassage, ThemePassage.theme_id == Theme.id)
        .join(Publication, Publication.id == ThemePassage.publication_id)
        .where(Publication.story_id == story_id)
    )
    return select(Theme).where(Theme.id.in_(held)).options(selectinload(Theme.words)).order_by(Theme.id)


def _reading(row: ReadingSession, themes: list[Theme], published_on: date) -> MyReading | None:
    """Return a session as it stands to the story; None where it was over before that was public."""
    closed_on = day_of(row.closed_at) if row.closed_at else None
    if closed_on is not None and closed_on < published_on:
        return None
    mine = [each for each in themes if each.session_id == row.id] if closed_on else []
    return MyReading(
        row.stage_id,
        max(day_of(row.opened_at), published_on),
        closed_on,
        tuple(Bilingual(each.name_cy, each.name_en) for each in mine),
    )
