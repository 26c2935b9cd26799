"""Whom an answer goes to: everybody behind a decision, in a theme, of a topic, of a stage or a project."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from involve.errors import BadInput, NotFound
from involve.models import (
    Contact,
    Decision,
    Message,
    Outcome,
    Project,
    Publication,
    Reply,
    Stage,
    Story,
    Tag,
)
from involve.models.theme import ReadingSession, Theme
from involve.services.deciding.behind import select_behind
from involve.services.deciding.heard import READ, Subject, publications_of
from involve.services.moderation.replies import BATCH, was_answered
from involve.services.projects.projects import find_project
from involve.services.reading.theme_standing import name_of
from involve.services.staff.access import Actor, require
from involve.vocabulary.bilingual import Bilingual

# Stories that one answer goes to; the page carries them along, and a request has its limits.
MOST_AT_ONCE = 20_000
KINDS = ("decision", "theme", "topic", "stage", "project")


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom to tell. `id` is that of the decision, theme or stage; a topic and a project have the `project`'s slug.

    A topic is a goal or a theme of the codebook that stories are tagged with ("goal", "health"). With `again`, those
    who were told already are among them.
    """

    kind: str
    id: int = 0
    project: str = ""
    scheme: str = ""
    concept: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """The stories of an audience, oldest first: those to tell now, and how many of all were told before.

    `name` is that of the decision or theme. `left` counts those beyond what one answer goes to.
    """

    project: str
    references: tuple[str, ...]
    told: int
    left: int
    decision_id: int | None = None
    name: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many tellers of one language there are, and how they hear of an answer.

    `by_email` and `by_text` also find it by code; `by_code` have only that; `nobody` has neither, for example because
    the story came in a file.
    """

    language: str
    people: int
    by_email: int
    by_text: int
    by_code: int
    nobody: int


def list_audience(session: Session, actor: Actor, wanted: Audience) -> Listed:
    """Return the stories of an audience that *actor* may answer.

    Raises:
        BadInput: there is no such kind of audience.
        NotFound, NotAllowed: there is no such decision (or it is not public), theme, stage or project, or no grant
            covers it.
    """
    if wanted.kind not in KINDS:
        raise BadInput("audience")
    project, stories, name = _everybody(session, wanted)
    require(actor, "reply", project)
    decision_id = wanted.id if wanted.kind == "decision" else None
    told = was_answered() if decision_id is None else was_told(session, decision_id)
    here = (Story.project_id == project.id, Story.state != "withdrawn", stories)
    rows = session.execute(
        select(Story.reference, told.label("told")).where(*here).order_by(Story.received_at, Story.id)
    ).all()
    chosen = [reference for reference, before in rows if wanted.again or not before]
    return Listed(
        project=project.slug,
        references=tuple(chosen[:MOST_AT_ONCE]),
        told=sum(before for _, before in rows),
        left=max(0, len(chosen) - MOST_AT_ONCE),
        decision_id=decision_id,
        name=name,
    )


def was_told(session: Session, decision_id: int) -> ColumnElement[bool]:
    """Return the condition that the teller of a `Story` was told of a decision since there was last news of it."""
    since = last_news(session, decision_id)
    return (
        select(Message.id)
        .join(Message.reply)
        .where(Message.story_id == Story.id, Reply.decision_id == decision_id)
        .where(Reply.written_at >= since if since else Reply.id.is_not(None))
        .exists()
    )


def last_news(session: Session, decision_id: int) -> datetime | None:
    """Return when a decision was published, or when what came of it was last noted; None while it is not public."""
    published = session.scalar(select(Decision.published_at).where(Decision.id == decision_id))
    noted = session.scalar(select(func.max(Outcome.noted_at)).where(Outcome.decision_id == decision_id))
    return max(published, noted) if published and noted else published


def reach_of(session: Session, references: Sequence[str]) -> tuple[Reach, ...]:
    """Return how the tellers of stories hear of an answer, Welsh first; of languages that somebody chose."""
    counts = {language: Counter[str]() for language in ("cy", "en")}
    for at in range(0, len(references), BATCH):
        rows = session.execute(
            select(Story.reply_language, Story.code_hash.is_not(None), Contact.channel)
            .outerjoin(Contact, (Contact.story_id == Story.id) & Contact.failed_at.is_(None))
            .where(Story.reference.in_(references[at : at + BATCH]))
        )
        for language, has_code, channel in rows:
            counts[language][channel or ("code" if has_code else "nobody")] += 1
    return tuple(
        Reach(language, found.total(), found["email"], found["text"], found["code"], found["nobody"])
        for language, found in counts.items()
        if found
    )


def _everybody(session: Session, wanted: Audience) -> tuple[Project, ColumnElement[bool], Bilingual | None]:
    """Return the project of an audience, the condition on its stories, and its name."""
    if wanted.kind == "decision":
        decision = session.get(Decision, wanted.id)
        if decision is None or decision.state != "published":
            raise NotFound("decision")
        behind = Story.id.in_(select_behind(decision.id))
        return decision.project, behind, Bilingual(decision.title_cy, decision.title_en)
    if wanted.kind == "theme":
        return _of_theme(session, wanted.id)
    if wanted.kind == "stage":
        stage = session.get(Stage, wanted.id)
        if stage is None:
            raise NotFound("stage")
        return stage.project, Story.stage_id == stage.id, None
    project = find_project(session, wanted.project)
    if wanted.kind == "topic":
        return project, is_tagged(wanted.scheme, wanted.concept), None
    return project, Story.id.is_not(None), None


def _of_theme(session: Session, theme_id: int) -> tuple[Project, ColumnElement[bool], Bilingual]:
    """Return the same of a theme of a reading session; what was merged into it is part of it."""
    theme = session.get(Theme, theme_id)
    if theme is None:
        raise NotFound("theme")
    stage = session.get_one(Stage, session.get_one(ReadingSession, theme.session_id).stage_id)
    inside = publications_of(stage.project_id, Subject(READ, str(theme.id)))
    grouped = select(Publication.story_id).where(Publication.id.in_(inside))
    return stage.project, Story.id.in_(grouped), name_of(theme)


def is_tagged(scheme: str, concept: str | InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Return the condition that a `Story` is tagged with something and no person said that it is not about it."""
    tag = aliased(Tag)
    tagged = select(tag.id).where(tag.story_id == Story.id, tag.scheme == scheme, tag.concept == concept)
    return tagged.where(tag.state != "rejected").exists() & ~tagged.where(tag.state == "rejected").exists()
