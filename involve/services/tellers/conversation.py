"""Talking both ways without an account: staff ask, the teller answers by code or writes first; nobody else reads it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, LanguageMissing, NotFound
from involve.models import Remark, Story
from involve.services.moderation.staff_story import find_story
from involve.services.staff.access import Actor, projects_where
from involve.services.stories.own_story import find_own_story
from involve.services.trail.record import record
from involve.services.upkeep.letters import tell_of_news
from involve.text.language import identify_language

Voice = Literal["participant", "staff"]
LONGEST_REMARK = 2_000
# Each side of one story may say so much in a day: stated on both pages.
MOST_A_DAY = 10
# With fewer words than this nobody can tell one language from the other.
FEWEST_WORDS = 4


class SaidEnough(Conflict):
    """This side said as much of this story today as one side may."""

    code = "said_enough"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said. `new` is whether its reader sees it for the first time.

    `unasked` is whether staff wrote it in the language that the teller did not choose. `waits` is true of a question
    that was neither answered nor declined; `about` is the question that an answer is about.
    """

    id: int
    voice: Voice
    kind: str
    text: str
    language: str
    at: datetime
    new: bool
    unasked: bool
    waits: bool
    about: int | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that was said about one story, oldest first."""

    said: tuple[Said, ...] = ()

    @property
    def new(self) -> int:
        """How much of it its reader had not seen."""
        return sum(each.new for each in self.said)

    @property
    def waiting(self) -> tuple[Said, ...]:
        """The questions that wait for the teller."""
        return tuple(each for each in self.said if each.waits)


@dataclass(frozen=True, slots=True)
class StaffConversation:
    """A conversation as staff see it, and the language in which its teller wants to read.

    `reachable` is false of a story that came without a code, by import: nobody could read what is written to them.
    """

    reference: str
    reachable: bool
    reply_language: str
    conversation: Conversation


def write_to_teller(
    session: Session,
    actor: Actor,
    reference: str,
    text: str,
    now: datetime,
    asks: bool = True,
    other_language: bool = False,
) -> None:
    """Ask the teller something, or (not `asks`) tell them something that needs no answer.

    It is in the language that they chose; with `other_language` staff say that nobody here can write that today, and
    the teller reads so. The same words twice in a row are kept once.

    Raises:
        BadInput: no words, too many, or a story that nobody can open.
        LanguageMissing: the words are in the other language, and nobody said that this is so; the argument is the
            language that the teller chose.
        SaidEnough: staff wrote to this teller as often as one may in a day.
        NotFound, NotAllowed: as `find_story`.
    """
    story = find_story(session, actor, reference, "converse")
    if story.code_hash is None:
        raise BadInput("no code")
    wanted = story.reply_language
    language = {"cy": "en", "en": "cy"}[wanted] if other_language else wanted
    if not other_language and reads_as(text) not in (None, wanted, "mixed"):
        raise LanguageMissing(wanted)
    kind = "question" if asks else "remark"
    remark = _add(session, story, "staff", kind, text, language, now, user_id=actor.user_id)
    if remark is not None:
        said = "teller_asked" if asks else "teller_told"
        record(session, said, "story", story.id, now, user_id=actor.user_id)
        tell_of_news(session, story.id, now)


def write_to_staff(
    session: Session, story_id: int, text: str, now: datetime, about: int | None = None
) -> None:
    """Keep what the teller says: the answer to the question `about`, or something of their own, in any language.

    Raises:
        BadInput: no words, or too many.
        SaidEnough: the teller wrote as often as one may in a day.
        NotFound: the story was withdrawn, or there is no such question.
    """
    story = find_own_story(session, story_id)
    question = _question(session, story, about) if about is not None else None
    language = identify_language(text)
    kind = "remark" if question is None else "answer"
    if _add(session, story, "participant", kind, text, language, now, about) is not None:
        record(session, "teller_wrote", "story", story.id, now, actor="participant", answer=kind == "answer")


def decline_to_answer(session: Session, story_id: int, about: int, now: datetime) -> None:
    """Keep that the teller would rather not answer a question; one that was answered stays so.

    Raises:
        NotFound: the story was withdrawn, or there is no such question.
    """
    story = find_own_story(session, story_id)
    question = _question(session, story, about)
    if _is_settled(session, question):
        return
    session.add(
        Remark(
            story_id=story.id,
            about_id=question.id,
            voice="participant",
            kind="declined",
            text="",
            language="und",
            at=now,
        )
    )
    record(session, "teller_declined_to_answer", "story", story.id, now, actor="participant")


def read_by_staff(session: Session, actor: Actor, reference: str, now: datetime) -> StaffConversation:
    """Return a conversation to staff; what is new counts as read, and that somebody read it is recorded.

    Raises:
        NotFound, NotAllowed: as `find_story`.
    """
    story = find_story(session, actor, reference, "converse")
    read = read_conversation(session, story.id, "staff", now)
    if read.said:
        record(session, "conversation_viewed", "story", story.id, now, user_id=actor.user_id)
    return StaffConversation(story.reference, story.code_hash is not None, story.reply_language, read)


def read_conversation(session: Session, story_id: int, reader: Voice, now: datetime) -> Conversation:
    """Return what was said about a story to one of the two sides; what the other side said counts as read from now."""
    rows = session.scalars(select(Remark).where(Remark.story_id == story_id).order_by(Remark.id)).all()
    settled = {row.about_id for row in rows if row.about_id is not None}
    wanted = session.scalar(select(Story.reply_language).where(Story.id == story_id))
    said = tuple(_said(row, reader, settled, wanted or "cy") for row in rows)
    for row in rows:
        if row.voice != reader and row.read_at is None:
            row.read_at = now
    return Conversation(said)


def is_unread_by_staff() -> ColumnElement[bool]:
    """Return the condition that the teller of a `Story` said something that no member of staff has seen."""
    new = (Remark.story_id == Story.id, Remark.voice == "participant", Remark.read_at.is_(None))
    return select(Remark.id).where(*new).exists()


def list_unread(session: Session, actor: Actor) -> tuple[str, ...]:
    """Return the references of the stories, whatever their state, whose tellers wrote something that nobody has read.

    The one that waits longest stands first; *actor* may read all of them.
    """
    projects = [project.id for project in projects_where(session, actor, "converse")]
    rows = session.execute(
        select(Story.reference)
        .join(Remark, Remark.story_id == Story.id)
        .where(Story.project_id.in_(projects), Remark.voice == "participant", Remark.read_at.is_(None))
        .group_by(Story.id)
        .order_by(func.min(Remark.id))
    )
    return tuple(row[0] for row in rows)


def reads_as(text: str) -> str | None:
    """Return the language that *text* is in, or None where there are too few words to say so."""
    found = identify_language(text) if len(text.split()) >= FEWEST_WORDS else "und"
    return None if found == "und" else found


def _add(
    session: Session,
    story: Story,
    voice: Voice,
    kind: str,
    text: str,
    language: str,
    now: datetime,
    about: int | None = None,
    user_id: int | None = None,
) -> Remark | None:
    """Keep one remark and return it; None where the same was said just before: a form was sent twice."""
    words = text.strip()
    if not words or len(words) > LONGEST_REMARK:
        raise BadInput("words")
    mine = (Remark.story_id == story.id, Remark.voice == voice)
    last = session.scalar(select(Remark).where(*mine).order_by(Remark.id.desc()).limit(1))
    if last is not None and (last.kind, last.text, last.about_id) == (kind, words, about):
        return None
    today = select(func.count()).where(*mine, Remark.kind != "declined", Remark.at > now - timedelta(days=1))
    if (session.scalar(today) or 0) >= MOST_A_DAY:
        raise SaidEnough(story.reference)
    remark = Remark(story_id=story.id, about_id=about, voice=voice, kind=kind, text=words, language=language)
    remark.user_id, remark.at = user_id, now
    session.add(remark)
    session.flush()
    return remark


def _question(session: Session, story: Story, question_id: int) -> Remark:
    """Return a question that staff asked about this story."""
    wanted = select(Remark).where(
        Remark.id == question_id, Remark.story_id == story.id, Remark.kind == "question"
    )
    question = session.scalar(wanted)
    if question is None:
        raise NotFound("question")
    return question


def _is_settled(session: Session, question: Remark) -> bool:
    """Whether a question was answered or declined."""
    return session.scalar(select(Remark.id).where(Remark.about_id == question.id).limit(1)) is not None


def _said(row: Remark, reader: Voice, settled: Collection[int], wanted: str) -> Said:
    """Return the value of one remark for its reader."""
    return Said(
        id=row.id,
        voice="staff" if row.voice == "staff" else "participant",
        kind=row.kind,
        text=row.text,
        language=row.language,
        at=row.at,
        new=row.voice != reader and row.read_at is None,
        unasked=row.voice == "staff" and row.language != wanted,
        waits=row.kind == "question" and row.id not in settled,
        about=row.about_id,
    )
