"""Answering: one reply to one story or to many, each in the language its teller chose."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, LanguageMissing, NotFound
from involve.models import Contact, Letter, Message, Reply, Story
from involve.services.projects.projects import find_project
from involve.services.staff.access import Actor, require
from involve.services.tellers.contacts import who_left_address
from involve.services.telling.fields import check_fields
from involve.services.telling.shared_fields import fill_shared
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be said. A `kind` of 'notice' tells something without answering; `decision_id`: what it tells of."""

    text_cy: str
    text_en: str
    public: bool = False
    kind: str = "answer"
    decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of an answer: how many are told now, how many had these words before, and whose story is gone."""

    reply_id: int
    told: int
    before: int
    gone: tuple[str, ...]


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
    """Write one reply to all *references* (of one project) and return its id; as `answer_stories`.

    Raises:
        NotFound: one of the stories was withdrawn.
        BadInput, LanguageMissing, NotFound, NotAllowed: as `answer_stories`.
    """
    sent = answer_stories(session, actor, references, Answer(text_cy, text_en, public, kind), now)
    if sent.gone:
        raise NotFound("reference")
    return sent.reply_id


def answer_stories(
    session: Session, actor: Actor, references: Sequence[str], answer: Answer, now: datetime
) -> Sent:
    """Write one reply to all *references* (of one project); each teller gets it in their language.

    The same words go to a story once: a form that is sent twice, from two windows even, answers nobody twice. Stories
    that were withdrawn meanwhile are left out and named.

    Raises:
        BadInput: no story ('stories'), none that is still there ('gone'), stories of several projects, or words that
            are too long.
        FieldRefused: a field in the words cannot be filled.
        LanguageMissing: a language that some teller chose, or that a public reply needs, has no words;
            the argument is that language.
        NotFound, NotAllowed: a story is not there or no grant covers it.
    """
    stories, gone = _find_stories(session, actor, references)
    if not stories:
        raise BadInput("gone")
    words = {"cy": answer.text_cy.strip(), "en": answer.text_en.strip()}
    _check_words(words, stories, answer.public)
    if answer.kind == "answer":
        check_fields(words, answer.public)
        words = fill_shared(session, stories[0].project, answer.decision_id, words)
    earlier = _same_replies(session, stories[0].project_id, words, answer)
    told = {message.story_id for each in earlier for message in each.messages}
    untold = [story for story in stories if story.id not in told]
    if untold:
        reply_id = _add_reply(session, actor, untold, words, now, answer)
    else:
        # Everyone was told these words before; at most they become public now.
        earlier[-1].public = earlier[-1].public or answer.public
        reply_id = earlier[-1].id
    return Sent(reply_id, len(untold), len(stories) - len(untold), gone)


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


@dataclass(frozen=True, slots=True)
class Asked:
    """The stories that somebody is about to answer: those that are there, and the references of those withdrawn.

    `needed` is how many of their tellers chose each language, `project` the slug of the project that they are of.
    """

    project: str
    references: tuple[str, ...]
    needed: dict[str, int]
    gone: tuple[str, ...]


def look_at_stories(session: Session, actor: Actor, references: Sequence[str]) -> Asked:
    """Return how it stands with the stories that are to be answered.

    Raises:
        BadInput, NotFound, NotAllowed: as `answer_stories`.
    """
    stories, gone = _find_stories(session, actor, references)
    there = {story.reference for story in stories}
    needed = dict(Counter(story.reply_language for story in stories))
    left = tuple(each for each in dict.fromkeys(references) if each in there)
    return Asked(stories[0].project.slug if stories else "", left, needed, gone)


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


def _find_stories(
    session: Session, actor: Actor, references: Sequence[str]
) -> tuple[list[Story], tuple[str, ...]]:
    """Return the rows of stories of one project that *actor* may answer, and the references of those withdrawn.

    The rows stay locked, in one order for everybody.

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
        rows = select(Story).where(named).order_by(Story.reference)
        # As they are now: another request may have waited for these rows.
        stories += session.scalars(rows.with_for_update(of=Story).execution_options(populate_existing=True))
    if len(stories) < len(wanted):
        raise NotFound("reference")
    projects = {story.project_id: story.project for story in stories}
    for project in projects.values():
        require(actor, "reply", project)
    if len(projects) > 1:
        raise BadInput("stories")
    gone = tuple(story.reference for story in stories if story.state == "withdrawn")
    return [story for story in stories if story.state != "withdrawn"], gone


def _same_replies(
    session: Session, project_id: int, words: dict[str, str], answer: Answer
) -> Sequence[Reply]:
    """Return the replies of a project that have the same words, oldest first."""
    return session.scalars(
        select(Reply)
        .where(
            Reply.project_id == project_id,
            Reply.kind == answer.kind,
            Reply.decision_id.is_not_distinct_from(answer.decision_id),
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
    answer: Answer,
) -> int:
    """Keep a reply with a message and an event for each story, and return its id."""
    reply = Reply(
        project_id=stories[0].project_id,
        text_cy=words["cy"] or None,
        text_en=words["en"] or None,
        public=answer.public,
        kind=answer.kind,
        decision_id=answer.decision_id,
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
    _link_letters(session, reply)
    return reply.id


def _link_letters(session: Session, reply: Reply) -> None:
    """Note with each message which letter says that there is something new: the one that waits now."""
    waiting = session.execute(
        select(Message, Letter.id)
        .join(Contact, Contact.story_id == Message.story_id)
        .join(Letter, Letter.contact_id == Contact.id)
        .where(Message.reply_id == reply.id, Letter.state == "due", Letter.handed_at.is_(None))
        .order_by(Letter.id)
    )
    for message, letter_id in waiting:
        message.letter_id = letter_id
