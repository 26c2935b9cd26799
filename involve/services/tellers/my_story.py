"""My story: what its teller sees and may change, with the code and without an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, NotFound
from involve.models import Judgement, Message, Publication, Reply, Story, Tag
from involve.services.moderation.judgements import find_reviewable
from involve.services.projects.project_views import answer_day
from involve.services.projects.signifiers import Signified, SignifierView, show_signified
from involve.services.publishing.publish import agreed_uses, refresh_publication, unpublish_story
from involve.services.reading.learning import forget_story
from involve.services.stories.codes import hash_code
from involve.services.stories.erasing import erase_story
from involve.services.stories.own_story import find_own_story
from involve.services.stories.tags import speak
from involve.services.stories.tell import consent_rows
from involve.services.stories.voices import Understood, bring_together
from involve.services.telling.fields import fill_fields, own_values
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of
from involve.vocabulary.working_days import read_by


@dataclass(frozen=True, slots=True)
class ReceivedReply:
    """An answer as its reader gets it, in the language that they chose. `new`: they see it for the first time."""

    text: str
    language: str
    written_on: date
    new: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """Why the story is held or will not be published: an id of `vocabulary.reasons`, and what a moderator added."""

    reason: str
    sentence: str | None
    language: str | None
    on: date


@dataclass(frozen=True, slots=True)
class MyStory:
    """All that the teller sees of their own story. `tagged_on` is None until the machine has read it.

    `notices` tell of a promise that was changed; they are no answers. `since` is when they were here last (when they
    told it, the first time); `moved`: something was decided of it since then.
    """

    id: int
    reference: str
    text: str
    language: str
    project_slug: str
    project: Bilingual
    body: Bilingual
    answer_by: date
    received_on: date
    read_by: date
    read_on: date | None
    state: str
    reply_language: str
    uses: frozenset[str]
    tagged_on: date | None
    tags: tuple[Understood, ...]
    at_risk: bool
    decided: Decided | None
    since: datetime
    moved: bool
    published: str | None
    published_on: date | None
    replies: tuple[ReceivedReply, ...]
    notices: tuple[ReceivedReply, ...]
    signified: tuple[tuple[SignifierView, Signified], ...]


def find_by_code(session: Session, code: str, code_key: str) -> int:
    """Return the id of the story that *code* (in its grouped form) opens.

    Raises:
        NotFound: the same for an unknown code and for a withdrawn story.
    """
    story_id = session.scalar(
        select(Story.id).where(Story.code_hash == hash_code(code_key, code), Story.state != "withdrawn")
    )
    if story_id is None:
        raise NotFound("code")
    return story_id


def show_my_story(session: Session, story_id: int, now: datetime) -> MyStory:
    """Return the story for its teller, and mark its answers as read.

    Raises:
        NotFound: it was withdrawn.
    """
    story = find_own_story(session, story_id)
    messages = session.scalars(
        select(Message).join(Message.reply).where(Message.story_id == story.id).order_by(Reply.written_at)
    ).all()
    mine = _my_story(session, story, messages)
    story.visited_at = now
    for message in messages:
        if message.state != "read":
            message.state, message.read_at = "read", now
    return mine


def answer_tag(
    session: Session, story_id: int, scheme: str, concept: str, verdict: str, now: datetime
) -> None:
    """Keep the teller's word on a tag: `verdict` is 'confirmed' or 'rejected'. It may be changed at any time.

    Raises:
        BadInput: there is no such concept or verdict.
        NotFound: the story was withdrawn.
    """
    speak(session, find_own_story(session, story_id), "participant", scheme, concept, verdict, now)


def add_tag(session: Session, story_id: int, scheme: str, concept: str, stance: str, now: datetime) -> None:
    """Add a tag that the teller finds in their own story.

    Raises:
        BadInput: there is no such concept or stance.
        NotFound: the story was withdrawn.
    """
    speak(
        session, find_own_story(session, story_id), "participant", scheme, concept, "confirmed", now, stance
    )


def show_uses(session: Session, story_id: int) -> frozenset[str]:
    """Return the uses that the teller agrees to now.

    Raises:
        NotFound: the story was withdrawn.
    """
    return agreed_uses(find_own_story(session, story_id))


def change_consent(
    session: Session, story_id: int, uses: frozenset[str], language: str, now: datetime
) -> tuple[str, frozenset[str]]:
    """Keep new answers about every use; what is public follows in this transaction.

    Returns the story's reference and the uses that are no longer agreed to, for the list outside the database.

    Raises:
        BadInput: reading is not among them (withdrawing is how to take that back).
        NotFound: the story was withdrawn.
    """
    if "read" not in uses:
        raise BadInput("read")
    story = find_own_story(session, story_id)
    refused = agreed_uses(story) - uses
    # Reading is not asked again: the answer given while telling stands, with the wording that was read then.
    story.consents += [row for row in consent_rows(uses, language, now) if row.use != "read"]
    session.flush()
    if "publish" not in uses and story.state == "published":
        unpublish_story(session, story)
        story.state = "received"
    refresh_publication(session, story)
    if "learn" not in uses:
        forget_story(session, story, now)
    record(session, "consent_changed", "story", story.id, now, actor="participant", uses=sorted(uses))
    return story.reference, refused


def withdraw_story(session: Session, story_id: int, now: datetime) -> str:
    """Take a story back: words, tags, published form, index, answers and code are gone; the event stays.

    Returns its reference, for the list of withdrawals outside the database.

    Raises:
        NotFound: it was withdrawn before.
    """
    story = find_own_story(session, story_id)
    erase_story(session, story, now)
    record(session, "withdrawn", "story", story.id, now, actor="participant")
    return story.reference


def _my_story(session: Session, story: Story, messages: Sequence[Message]) -> MyStory:
    """Return the value of a story row for its teller."""
    tags = session.scalars(select(Tag).where(Tag.story_id == story.id))
    public = session.scalar(select(Publication).where(Publication.story_id == story.id))
    project = story.project
    return MyStory(
        id=story.id,
        reference=story.reference,
        text=story.text,
        language=story.language,
        project_slug=project.slug,
        project=Bilingual(project.name_cy, project.name_en),
        body=Bilingual(project.body.name_cy, project.body.name_en),
        answer_by=answer_day(story.stage, day_of(story.received_at)),
        received_on=story.received_at.date(),
        read_by=read_by(story.received_at),
        read_on=story.read_at.date() if story.read_at else None,
        state=story.state,
        reply_language=story.reply_language,
        uses=agreed_uses(story),
        tagged_on=story.tagged_at.date() if story.tagged_at else None,
        tags=bring_together(tags),
        at_risk=story.at_risk,
        decided=_decided(session, story),
        since=_since(story),
        moved=_has_moved(session, story),
        published=public.text if public else None,
        published_on=public.published_at.date() if public else None,
        replies=tuple(_received(each, story) for each in messages if each.reply.kind == "answer"),
        notices=tuple(_received(each, story) for each in messages if each.reply.kind == "notice"),
        signified=show_signified(session, story.id),
    )


def _decided(session: Session, story: Story) -> Decided | None:
    """Return why the story is held or declined; None where it is neither, or nobody gave a reason.

    While a second person is awaited, no reason is told: it is not decided yet.
    """
    step = find_reviewable(session, story)
    if step is None or step.pending or step.reason is None:
        return None
    return Decided(step.reason, step.sentence, step.language, day_of(step.reviewed_at or step.at))


def _since(story: Story) -> datetime:
    """Return when the teller was here last; what is later than that is new to them."""
    return story.visited_at or story.received_at


def _has_moved(session: Session, story: Story) -> bool:
    """Whether staff decided, changed or undid something about the story since its teller was here."""
    since = _since(story)
    moments = (Judgement.at, Judgement.reviewed_at, Judgement.undone_at)
    decided = (Judgement.story_id == story.id, Judgement.verdict != "redacted", ~Judgement.pending)
    moved = select(Judgement.id).where(*decided, or_(*(moment > since for moment in moments)))
    return session.scalar(moved.limit(1)) is not None


def _received(message: Message, story: Story) -> ReceivedReply:
    """Return an answer in the reader's language, with the fields that are this teller's own filled."""
    text = message.reply.text_cy if message.language == "cy" else message.reply.text_en
    written_on, new = message.reply.written_at.date(), message.state != "read"
    own = own_values(story.reference, story.received_at, message.language)
    return ReceivedReply(fill_fields(text or "", own), message.language, written_on, new)
