"""Answering: one reply to one story or to many, each in the language its teller chose."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, LanguageMissing, NotFound
from involve.models import Message, Reply, Story
from involve.services.projects.projects import find_project
from involve.services.staff.access import Actor, require
from involve.services.tellers.contacts import who_left_address
from involve.services.trail.record import record
from involve.services.upkeep.letters import tell_of_news

LONGEST_REPLY = 5_000
# How many references one query names: databases limit the values of a query.
BATCH = 500


@dataclass(frozen=True, slots=True)
class SentReply:
    """A reply as staff see it afterwards: how many it went to, and how many of them opened it."""

    id: int
    text_cy: str | None
    text_en: str | None
    public: bool
    written_on: date
    stories: int
    read: int


def reply_to_stories(
    session: Session,
    actor: Actor,
    references: Sequence[str],
    text_cy: str,
    text_en: str,
    now: datetime,
    public: bool = False,
    kind: str = "answer",
) -> int:
    """Write one reply to all *references* (of one project) and return its id; each teller gets it in their language.

    A `kind` of 'notice' tells them something without answering them. The same words go to a story once: a form
    that is sent twice answers nobody twice.

    Raises:
        BadInput: no story, stories of several projects, or words that are too long.
        LanguageMissing: a language that some teller chose, or that a public reply needs, has no words;
            the argument is that language.
        NotFound, NotAllowed: a story is not there or no grant covers it.
    """
    stories = _find_stories(session, actor, references)
    words = {"cy": text_cy.strip(), "en": text_en.strip()}
    _check_words(words, stories, public)
    earlier = _same_replies(session, stories[0].project_id, words, kind)
    told = {message.story_id for each in earlier for message in each.messages}
    untold = [story for story in stories if story.id not in told]
    if not untold:
        # Everyone was told these words before; at most they become public now.
        earlier[-1].public = earlier[-1].public or public
        return earlier[-1].id
    return _add_reply(session, actor, untold, words, now, public, kind)


def unanswered_stories(
    session: Session, actor: Actor, project_slug: str, told_by: datetime
) -> tuple[str, ...]:
    """Return the references of a project's stories told up to *told_by* that nobody answered yet, oldest first.

    Raises:
        NotFound: there is no such project.
        NotAllowed: no grant covers it.
    """
    project = find_project(session, project_slug)
    require(actor, "reply", project)
    return tuple(
        session.scalars(
            select(Story.reference)
            .where(Story.project_id == project.id, Story.state != "withdrawn", ~was_answered())
            .where(Story.received_at <= told_by)
            .order_by(Story.received_at, Story.id)
        )
    )


def was_answered() -> ColumnElement[bool]:
    """Return the condition that the teller of a `Story` has an answer; a notice is none."""
    return (
        select(Message.id)
        .join(Message.reply)
        .where(Message.story_id == Story.id, Reply.kind == "answer")
        .exists()
    )


def languages_needed(session: Session, actor: Actor, references: Sequence[str]) -> dict[str, int]:
    """Return how many tellers of the stories chose each language for their answer.

    Raises:
        BadInput, NotFound, NotAllowed: as `reply_to_stories`.
    """
    return dict(Counter(story.reply_language for story in _find_stories(session, actor, references)))


def list_replies(session: Session, story_id: int) -> tuple[SentReply, ...]:
    """Return the replies that went to one story, newest first."""
    ids = select(Message.reply_id).where(Message.story_id == story_id)
    rows = session.execute(
        select(Reply, func.count(), func.count(Message.read_at))
        .join(Reply.messages)
        .where(Reply.id.in_(ids))
        .group_by(Reply.id)
        .order_by(Reply.id.desc())
    )
    return tuple(
        SentReply(r.id, r.text_cy, r.text_en, r.public, r.written_at.date(), stories, read)
        for r, stories, read in rows
    )


def _check_words(words: dict[str, str], stories: Sequence[Story], public: bool) -> None:
    """Hold a reply to its length and to the languages that it needs."""
    if any(len(text) > LONGEST_REPLY for text in words.values()):
        raise BadInput("long")
    needed = {"cy", "en"} if public else {story.reply_language for story in stories}
    for language in sorted(needed):
        if not words[language]:
            raise LanguageMissing(language)


def _find_stories(session: Session, actor: Actor, references: Sequence[str]) -> list[Story]:
    """Return the rows of stories of one project that *actor* may answer; they stay locked, in one order for everybody.

    Raises:
        BadInput, NotFound, NotAllowed: as `reply_to_stories`.
    """
    wanted = sorted(set(references))
    if not wanted:
        raise BadInput("stories")
    if any("\0" in reference for reference in wanted):
        raise NotFound("reference")
    stories: list[Story] = []
    for at in range(0, len(wanted), BATCH):
        named = Story.reference.in_(wanted[at : at + BATCH])
        rows = select(Story).where(named, Story.state != "withdrawn").order_by(Story.reference)
        stories += session.scalars(rows.with_for_update(of=Story))
    if len(stories) < len(wanted):
        raise NotFound("reference")
    projects = {story.project_id: story.project for story in stories}
    for project in projects.values():
        require(actor, "reply", project)
    if len(projects) > 1:
        raise BadInput("stories")
    return stories


def _same_replies(session: Session, project_id: int, words: dict[str, str], kind: str) -> Sequence[Reply]:
    """Return the replies of a project that have the same words, oldest first."""
    return session.scalars(
        select(Reply)
        .where(
            Reply.project_id == project_id,
            Reply.kind == kind,
            Reply.text_cy.is_not_distinct_from(words["cy"] or None),
            Reply.text_en.is_not_distinct_from(words["en"] or None),
        )
        .order_by(Reply.id)
    ).all()


def _add_reply(
    session: Session,
    actor: Actor,
    stories: Sequence[Story],
    words: dict[str, str],
    now: datetime,
    public: bool,
    kind: str,
) -> int:
    """Keep a reply with a message and an event for each story, and return its id."""
    reply = Reply(
        project_id=stories[0].project_id,
        text_cy=words["cy"] or None,
        text_en=words["en"] or None,
        public=public,
        kind=kind,
        user_id=actor.user_id,
        written_at=now,
        messages=[
            Message(story_id=s.id, language=s.reply_language, channel="code", state="due") for s in stories
        ],
    )
    session.add(reply)
    session.flush()
    asked = who_left_address(session, reply.project_id)
    for story in stories:
        record(session, "replied", "story", story.id, now, user_id=actor.user_id, reply=reply.id)
        if story.id in asked:
            tell_of_news(session, story.id, now)
    return reply.id
