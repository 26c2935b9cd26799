"""Erasing what was kept long enough: computed from rows each time, so that a purge that was missed catches up.

Original words go, with all that repeats them, the contact and the conversation. What was only chosen or counted stays,
tied to a row without words, so that a promise that was missed stays missed. A published story stays public, in its
published form, where the project said so; its teller can still take it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, case, delete, exists, func, select, update
from sqlalchemy.orm import Session

from involve.models import (
    Agreement,
    Contact,
    Message,
    Option,
    Privacy,
    Project,
    Publication,
    Reply,
    Seat,
    Story,
    Tag,
    Translation,
)
from involve.services.evidence.counted import still_counts
from involve.services.publishing.likeness import forget_copies
from involve.services.publishing.publish import unpublish_story
from involve.services.publishing.wording import word_story
from involve.services.reading.learning import forget_story
from involve.services.stories.erasing import columns_of_story
from involve.services.trail.record import record
from involve.services.upkeep.retention import erased_on, story_erased_on
from involve.text.types import Passage
from involve.vocabulary.days import day_of

# Days before the first words are erased on which staff read of it.
WARNING = timedelta(days=30)
# Days after which nobody of an archived project is written to any more.
CONTACT_DAYS = timedelta(days=30)
# Rows that only say what was chosen, or that an answer came.
COUNTED = frozenset({"batch_story", "message", "seat", "signification", "theme_word", "verdict", "vote"})
# What a story that stays public needs.
PUBLIC = frozenset({"consent", "tag", "translation"})


@dataclass(frozen=True, slots=True)
class Due:
    """A story whose words were kept long enough. `stays` is whether its published form stays public."""

    story_id: int
    reference: str
    project: str
    erased_on: date
    stays: bool


@dataclass(frozen=True, slots=True)
class Coming:
    """What is erased in a project before long: the first day, how many stories by then, how many of them unanswered."""

    first: date
    stories: int
    unanswered: int


def list_due(session: Session, today: date, slug: str | None = None) -> Iterator[Due]:
    """Yield the stories whose words were kept long enough, oldest first."""
    projects = select(Project, Privacy).join(Privacy, Privacy.project_id == Project.id).order_by(Project.slug)
    for project, privacy in session.execute(projects).all():
        if slug in (None, project.slug):
            yield from _due_in(session, project, privacy, today)


def show_coming(session: Session, project_id: int, today: date) -> Coming | None:
    """Return what is due in a project within the days of warning; None where nothing is."""
    project, privacy = session.get_one(Project, project_id), session.get(Privacy, project_id)
    soon = list(_due_in(session, project, privacy, today + WARNING)) if privacy else []
    if not soon:
        return None
    ids = [each.story_id for each in soon]
    answered = (
        select(func.count(func.distinct(Message.story_id)))
        .join(Message.reply)
        .where(Reply.kind == "answer", Message.story_id.in_(ids))
    )
    return Coming(
        min(each.erased_on for each in soon), len(soon), len(soon) - (session.scalar(answered) or 0)
    )


def purge_story(
    session: Session, story_id: int, stays: bool, now: datetime, actor: str = "command"
) -> str | None:
    """Erase the words of a story whose time has come, and return its reference; None where that was done before."""
    story = session.get(Story, story_id, with_for_update=True)
    if story is None or story.erased_at is not None or story.state == "withdrawn":
        return None
    stays = stays and _is_public(session, story.id)
    forget_story(session, story, now)
    forget_copies(session, story)
    if stays:
        _keep_public_form(session, story)
    else:
        _close(session, story)
    _delete_around(session, story, COUNTED | PUBLIC if stays else COUNTED)
    story.personal, story.risk, story.spam, story.abuse = [], [], [], []
    story.at_risk, story.noticed, story.content_hash, story.erased_at = False, 0, "", now
    session.flush()
    record(session, "purged", "story", story.id, now, actor=actor, stays=stays)
    return story.reference


def count_old_contacts(session: Session, now: datetime, slug: str | None = None) -> int:
    """Return how many addresses nobody will write to any more: of projects put away long enough ago."""
    return len(session.scalars(_old_contacts(now, slug)).all())


def forget_old_contacts(session: Session, now: datetime, slug: str | None = None) -> int:
    """Delete the addresses that nobody will write to any more, and return how many."""
    ids = session.scalars(_old_contacts(now, slug)).all()
    session.execute(delete(Contact).where(Contact.id.in_(ids)))
    return len(ids)


def _old_contacts(now: datetime, slug: str | None) -> Select[int]:
    found = (
        select(Contact.id)
        .join(Story, Story.id == Contact.story_id)
        .join(Project, Project.id == Story.project_id)
    )
    found = found.where(Project.archived_at < now - CONTACT_DAYS)
    return found.where(Project.slug == slug) if slug else found


def _due_in(session: Session, project: Project, privacy: Privacy, by: date) -> Iterator[Due]:
    """Yield the stories of a project whose original words are kept now and no longer than *by*."""
    whole = erased_on(project, privacy)
    if whole is not None and whole > by:
        return
    stages = {stage.id: stage for stage in project.stages}
    public = exists().where(Publication.story_id == Story.id)
    kept = (
        select(Story.id, Story.reference, Story.stage_id, Story.received_at, public)
        .where(Story.project_id == project.id, Story.state != "withdrawn", Story.erased_at.is_(None))
        .order_by(Story.received_at, Story.id)
    )
    for story_id, reference, stage_id, received_at, published in session.execute(kept):
        day = story_erased_on(project, stages[stage_id], day_of(received_at), privacy)
        if day <= by:
            yield Due(story_id, reference, project.slug, day, privacy.keep_published and published)


def _is_public(session: Session, story_id: int) -> bool:
    return session.scalar(select(Publication.id).where(Publication.story_id == story_id)) is not None


def _keep_public_form(session: Session, story: Story) -> None:
    """Let the published words stand for the story's own, and its tags point into them."""
    redacted = word_story(session, story)
    for tag in session.scalars(select(Tag).where(Tag.story_id == story.id)):
        moved = (redacted.follow(Passage(start, end, "")) for start, end in tag.passages)
        tag.passages = [[each.start, each.end] for each in moved if each is not None]
    story.text = redacted.text
    unfinished = (Translation.story_id == story.id, Translation.state != "published")
    session.execute(delete(Translation).where(*unfinished))
    session.execute(update(Translation).where(Translation.story_id == story.id).values(question=None))


def _close(session: Session, story: Story) -> None:
    """Empty the row of a story of which nothing stays; its code opens nothing any more."""
    unpublish_story(session, story)
    story.text, story.language, story.area, story.state = "", "und", None, "withdrawn"
    story.code_hash = None


def _delete_around(session: Session, story: Story, but: frozenset[str]) -> None:
    """Delete what belongs to a story and may hold words; answers to it alone, reasons and proposals lose theirs."""
    for table, column in columns_of_story():
        if table not in but:
            session.execute(delete(column.class_).where(column == story.id))
    session.execute(delete(Option).where(Option.story_id == story.id, Option.state != "accepted"))
    seats = select(Seat.id).where(Seat.story_id == story.id)
    session.execute(update(Agreement).where(Agreement.seat_id.in_(seats)).values(reason=""))
    session.flush()
    others = exists().where(
        Message.reply_id == Reply.id, Message.story_id == Story.id, Message.story_id != story.id
    )
    mine = exists().where(Message.reply_id == Reply.id, Message.story_id == story.id)
    emptied = {
        name: case((getattr(Reply, name).is_not(None), ""), else_=None) for name in ("text_cy", "text_en")
    }
    session.execute(
        update(Reply)
        .where(~Reply.public, mine, ~(others.where(Story.erased_at.is_(None), still_counts())))
        .values(**emptied)
        .execution_options(synchronize_session=False)
    )
    session.expire(story, ["consents"])
