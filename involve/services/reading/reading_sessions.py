"""Reading sessions: participants and staff read what was published together, and group it into themes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, LanguageMissing, NotAllowed, NotFound
from involve.models import Project, Publication, ReadingSession, Stage, Story, Theme
from involve.services.reading.theme_standing import is_kept
from involve.services.reading.theme_suggestions import suggest_themes
from involve.services.staff.access import Actor, require
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.duties import NAME_THEMES, POWERS_OF, SEE_THEMES
from involve.vocabulary.ladders import find_rung


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody in a reading session: the teller of a story of the project, or a member of staff.

    `makes` says whether the rung lets this person group passages and name themes, or only agree and disagree.
    """

    session_id: int
    makes: bool
    story_id: int | None = None
    user_id: int | None = None

    @property
    def voice(self) -> str:
        """The voice that they speak with."""
        return "participant" if self.user_id is None else "staff"


@dataclass(frozen=True, slots=True)
class SessionView:
    """A reading session, and the stage whose question it reads for. `themes` counts those that would be public."""

    id: int
    stage_id: int
    stage_kind: str
    question: Bilingual
    project_slug: str
    project: Bilingual
    is_open: bool
    themes: int


def open_session(session: Session, actor: Actor, stage_id: int, now: datetime) -> int:
    """Open the reading session of a stage, or open it again, with the machine's suggestions; return its id.

    Raises:
        NotFound, NotAllowed: there is no such stage, or no grant covers it.
        BadInput: the rung lets nobody see themes ('rung'), or nothing is published yet ('nothing').
    """
    stage = _stage(session, stage_id)
    require(actor, "decide", stage.project)
    if SEE_THEMES not in _powers(stage):
        raise BadInput("rung")
    if not session.scalar(select(func.count()).where(Publication.project_id == stage.project_id)):
        raise BadInput("nothing")
    row = session.scalar(select(ReadingSession).where(ReadingSession.stage_id == stage_id).with_for_update())
    if row is None:
        row = ReadingSession(stage_id=stage_id, opened_at=now, user_id=actor.user_id)
        session.add(row)
    row.closed_at = None
    session.flush()
    suggest_themes(session, row.id, stage.project_id, now)
    record(session, "reading_opened", "stage", stage_id, now, user_id=actor.user_id)
    return row.id


def close_session(session: Session, actor: Actor, stage_id: int, now: datetime) -> None:
    """Close a reading session: what stands then is public, agreed and minority themes alike.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
        LanguageMissing: a theme that would be public has a name in one language only; its `cy` or `en` is the argument.
    """
    stage = _stage(session, stage_id)
    require(actor, "decide", stage.project)
    row = session.scalar(select(ReadingSession).where(ReadingSession.stage_id == stage_id).with_for_update())
    if row is None:
        raise NotFound("session")
    for theme in session.scalars(select(Theme).where(Theme.session_id == row.id)):
        if is_kept(theme):
            for language in ("cy", "en"):
                if not getattr(theme, f"name_{language}"):
                    raise LanguageMissing(language)
    row.closed_at = now
    session.flush()
    record(session, "reading_closed", "stage", stage_id, now, user_id=actor.user_id)


def find_reading(session: Session, stage_id: int) -> SessionView | None:
    """Return the reading session of a stage; None where none was opened."""
    row = session.scalar(select(ReadingSession).where(ReadingSession.stage_id == stage_id))
    return None if row is None else _view(session, row, _stage(session, stage_id))


def list_readings(session: Session, project_id: int) -> tuple[SessionView, ...]:
    """Return the reading sessions of a project, in the order of its stages."""
    rows = session.execute(
        select(ReadingSession, Stage)
        .join(Stage, Stage.id == ReadingSession.stage_id)
        .where(Stage.project_id == project_id)
        .order_by(Stage.position)
    )
    return tuple(_view(session, row, stage) for row, stage in rows)


def readings_of_story(session: Session, story_id: int) -> tuple[SessionView, ...]:
    """Return the reading sessions in which the teller of a story may take part, or see what came of them."""
    story = session.get(Story, story_id)
    return () if story is None or story.state == "withdrawn" else list_readings(session, story.project_id)


def seat_teller(session: Session, story_id: int, stage_id: int) -> Reader:
    """Return the teller of a story as a reader of a stage's session.

    Raises:
        NotFound: there is no session, or the story was withdrawn or told elsewhere.
    """
    stage, row = _stage(session, stage_id), _find(session, stage_id)
    story = session.get(Story, story_id)
    if story is None or story.state == "withdrawn" or story.project_id != stage.project_id:
        raise NotFound("story")
    return Reader(row.id, NAME_THEMES in _powers(stage), story_id=story_id)


def seat_staff(session: Session, actor: Actor, stage_id: int) -> Reader:
    """Return a member of staff as a reader of a stage's session.

    Raises:
        NotFound, NotAllowed: there is no session, or no grant covers it.
    """
    stage, row = _stage(session, stage_id), _find(session, stage_id)
    require(actor, "read_together", stage.project)
    return Reader(row.id, True, user_id=actor.user_id)


def require_open(session: Session, reader: Reader, making: bool = False) -> ReadingSession:
    """Return the session of *reader*, locked, so that two readers write one after the other.

    Raises:
        Conflict: it was closed meanwhile.
        NotAllowed: `making`, and the rung lets this reader only agree and disagree.
    """
    row = session.get_one(ReadingSession, reader.session_id, with_for_update=True)
    if row.closed_at is not None:
        raise Conflict("closed")
    if making and not reader.makes:
        raise NotAllowed("rung")
    return row


def project_of(session: Session, reading: ReadingSession) -> Project:
    """Return the project whose stories a session reads."""
    return _stage(session, reading.stage_id).project


def _stage(session: Session, stage_id: int) -> Stage:
    stage = session.get(Stage, stage_id)
    if stage is None:
        raise NotFound("stage")
    return stage


def _find(session: Session, stage_id: int) -> ReadingSession:
    row = session.scalar(select(ReadingSession).where(ReadingSession.stage_id == stage_id))
    if row is None:
        raise NotFound("session")
    return row


def _powers(stage: Stage) -> tuple[object, ...]:
    return POWERS_OF[find_rung(stage.ladder, stage.rung).influence]


def _view(session: Session, row: ReadingSession, stage: Stage) -> SessionView:
    themes = session.scalars(select(Theme).where(Theme.session_id == row.id))
    kept = sum(is_kept(theme) for theme in themes)
    project = stage.project
    return SessionView(
        id=row.id,
        stage_id=stage.id,
        stage_kind=stage.kind,
        question=Bilingual(stage.question_cy, stage.question_en),
        project_slug=project.slug,
        project=Bilingual(project.name_cy, project.name_en),
        is_open=row.closed_at is None,
        themes=kept,
    )
