"""Themes as they are read: by those who are making them, and by the public once the session is closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session, selectinload

from involve.models import Publication, ReadingSession, Stage, Theme, ThemePassage
from involve.services.reading.reading_sessions import Reader
from involve.services.reading.theme_passages import may_take_out
from involve.services.reading.theme_standing import is_kept, standing_of
from involve.services.reading.themes import is_by, is_own
from involve.text.sentences import split_sentences
from involve.text.types import Passage
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.standings import STANDINGS, Place

PAGE = 30


@dataclass(frozen=True, slots=True)
class GroupedPassage:
    """A passage of a theme, with the story it is from. `removable` says whether this reader may take it out."""

    id: int
    reference: str
    text: str
    language: str
    voice: str
    removable: bool


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme before a reader: `mine` is what they said of it ('' where nothing), `own` whether it is theirs to change.

    `stories` counts the published stories in it, those of themes merged into it among them. `asked_into` is the name
    of the theme into which somebody asks to merge it, `parts` the ids and names of those merged into it.
    """

    id: int
    name: Bilingual
    voice: str
    version: int
    standing: Place
    agree: int
    disagree: int
    participants: int
    mine: str
    own: bool
    asked_into: Bilingual | None
    parts: tuple[tuple[int, Bilingual, bool], ...]
    passages: tuple[GroupedPassage, ...]
    stories: int


@dataclass(frozen=True, slots=True)
class ReadStory:
    """A published story of the project, to be read in a session: its sentences, and how many are in some theme."""

    reference: str
    language: str
    sentences: tuple[Passage, ...]
    grouped: int


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """Some of the stories to read; `next` is how many come before the following page, None at the end."""

    stories: tuple[ReadStory, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class PublicTheme:
    """A theme as the public sees it. Passages are of stories whose tellers agreed that they may be quoted."""

    id: int
    name: Bilingual
    standing: Place
    stories: tuple[str, ...]
    quotations: tuple[GroupedPassage, ...]


def list_themes(session: Session, reader: Reader) -> tuple[ThemeView, ...]:
    """Return the themes of a session that stand by themselves: agreed ones first, then those of most stories."""
    themes = _load(session, reader.session_id)
    order = [each.id for each in STANDINGS]
    views = [_view(theme, themes, reader) for theme in themes if theme.merged_into_id is None]
    return tuple(sorted(views, key=lambda view: (order.index(view.standing), -view.stories, view.id)))


def list_stories(session: Session, reader: Reader, after: int = 0) -> StoriesPage:
    """Return a page of the project's published stories, after so many: those in no theme first, then the newest."""
    grouped = _count_grouped(reader)
    rows = session.execute(
        select(Publication, func.coalesce(grouped.c.number, 0))
        .outerjoin(grouped, grouped.c.publication_id == Publication.id)
        .where(Publication.project_id == _project_id(session, reader))
        .order_by(grouped.c.number.is_not(None), Publication.id.desc())
        .offset(after)
        .limit(PAGE + 1)
    ).all()
    more = len(rows) > PAGE
    return StoriesPage(
        tuple(_read_story(row, number) for row, number in rows[:PAGE]), after + PAGE if more else None
    )


def find_story(session: Session, reader: Reader, reference: str) -> ReadStory | None:
    """Return a published story of the project by its public *reference*, or None."""
    row = session.scalar(
        select(Publication).where(
            Publication.reference == reference, Publication.project_id == _project_id(session, reader)
        )
    )
    return None if row is None else _read_story(row, 0)


def list_public_themes(session: Session, project_id: int) -> tuple[PublicTheme, ...]:
    """Return what came of a project's closed sessions: agreed themes, then minority ones, by number of stories."""
    closed = session.scalars(
        select(ReadingSession.id)
        .join(Stage, Stage.id == ReadingSession.stage_id)
        .where(Stage.project_id == project_id, ReadingSession.closed_at.is_not(None))
    )
    found = []
    for session_id in closed:
        themes = _load(session, session_id)
        found += [_public(theme, themes) for theme in themes if is_kept(theme)]
    return tuple(sorted(found, key=lambda each: (each.standing, -len(each.stories))))


def _load(session: Session, session_id: int) -> Sequence[Theme]:
    return session.scalars(
        select(Theme)
        .where(Theme.session_id == session_id)
        .options(
            selectinload(Theme.words), selectinload(Theme.passages).selectinload(ThemePassage.publication)
        )
        .order_by(Theme.id)
    ).all()


def _name(theme: Theme) -> Bilingual:
    return Bilingual(theme.name_cy, theme.name_en)


def _view(theme: Theme, themes: Sequence[Theme], reader: Reader) -> ThemeView:
    parts = [each for each in themes if each.merged_into_id == theme.id]
    passages = _passages([theme, *parts])
    agree = [word for word in theme.words if word.verdict == "agree"]
    mine = next((word.verdict for word in theme.words if is_by(word, reader)), "")
    asked = next((each for each in themes if each.id == theme.asked_into_id), None)
    return ThemeView(
        id=theme.id,
        name=_name(theme),
        voice=theme.voice,
        version=theme.version,
        standing=standing_of(theme),
        agree=len(agree),
        disagree=len(theme.words) - len(agree),
        participants=sum(word.story_id is not None for word in agree),
        mine=mine,
        own=is_own(theme, reader),
        asked_into=_name(asked) if asked else None,
        parts=tuple((each.id, _name(each), is_own(each, reader)) for each in parts),
        passages=tuple(_grouped(each, reader.makes and may_take_out(each, reader)) for each in passages),
        stories=len({each.publication_id for each in passages}),
    )


def _public(theme: Theme, themes: Sequence[Theme]) -> PublicTheme:
    passages = _passages([theme, *(each for each in themes if each.merged_into_id == theme.id)])
    stories = dict.fromkeys(each.publication.reference for each in passages)
    quotable = [each for each in passages if each.publication.quotable]
    quotations = tuple(_grouped(each, False) for each in quotable)
    return PublicTheme(theme.id, _name(theme), standing_of(theme), tuple(stories), quotations)


def _passages(themes: Iterable[Theme]) -> list[ThemePassage]:
    """Return the passages of themes that belong together, each place once."""
    found = {(each.publication_id, each.start): each for theme in themes for each in theme.passages}
    return list(found.values())


def _grouped(row: ThemePassage, removable: bool) -> GroupedPassage:
    publication = row.publication
    words = publication.text[row.start : row.stop]
    return GroupedPassage(row.id, publication.reference, words, publication.language, row.voice, removable)


def _read_story(row: Publication, grouped: int) -> ReadStory:
    return ReadStory(row.reference, row.language, split_sentences(row.text), grouped)


def _project_id(session: Session, reader: Reader) -> int:
    stage_id = session.get_one(ReadingSession, reader.session_id).stage_id
    return session.get_one(Stage, stage_id).project_id


def _count_grouped(reader: Reader) -> Subquery:
    """Return how many sentences of each published story are in some theme of a session."""
    return (
        select(
            ThemePassage.publication_id,
            func.count(func.distinct(ThemePassage.start)).label("number"),
        )
        .join(Theme, Theme.id == ThemePassage.theme_id)
        .where(Theme.session_id == reader.session_id)
        .group_by(ThemePassage.publication_id)
        .subquery()
    )
