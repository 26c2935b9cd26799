"""A story as staff see it: its original words for those whose work needs them, else what everybody may read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import Event, Publication, Redaction, Story, Tag
from involve.services.publishing.likeness import Copies, copies_of
from involve.services.publishing.publish import agreed_uses
from involve.services.publishing.wording import accepted_of, word_story
from involve.services.staff.access import Action, Actor, require
from involve.services.stories.voices import Understood, bring_together
from involve.services.trail.record import record
from involve.text.redaction import Redacted
from involve.text.types import Passage, PersonalDetail
from involve.vocabulary.bilingual import Bilingual

# Start and end in code points of the story's own text, and the kind of what stands there.
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class AgreedWording:
    """Words that the teller agreed to in the place of others, and the hidden spans that they may stand for."""

    start: int
    end: int
    words: str
    covers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class StaffStory:
    """A story for one member of staff.

    `original` says whose words `text` is: the teller's own, or, for roles that do not read those, the published form
    (None where there is none). `hidden` is what stays hidden or, until somebody has decided, what the machine proposes
    to hide; `preview` is the text without that, with the `wordings` agreed to. `copies` says what is nearly the same.
    `version` changes with all that a decision rests on: see `check_version`.
    """

    id: int
    reference: str
    body_id: int
    project_id: int
    project: Bilingual
    original: bool
    text: str | None
    preview: str
    published: bool
    language: str
    reply_language: str
    state: str
    told_as: str
    # By what right it was told for somebody else; None of one’s own, or where nobody was asked.
    proxy: str | None
    area: str | None
    received_at: datetime
    tagged: bool
    uses: frozenset[str]
    personal: tuple[Span, ...]
    hidden: tuple[Span, ...]
    at_risk: bool
    risk: tuple[tuple[int, int], ...]
    spam: tuple[str, ...]
    abuse: tuple[tuple[int, int], ...]
    copies: Copies | None
    wordings: tuple[AgreedWording, ...]
    tags: tuple[Understood, ...]
    version: str


def open_story(session: Session, actor: Actor, reference: str, now: datetime) -> StaffStory:
    """Return the story for *actor*. That somebody read the original is recorded.

    Raises:
        NotFound: there is no such story, or it was withdrawn.
        NotAllowed: no grant covers it.
    """
    story = find_story(session, actor, reference, "read_queue")
    if not actor.may("read_original", story.project.body_id, story.project_id):
        return _without_original(session, story)
    record(session, "original_viewed", "story", story.id, now, user_id=actor.user_id)
    story.read_at = story.read_at or now
    return _staff_story(session, story)


def find_story(session: Session, actor: Actor, reference: str, action: Action) -> Story:
    """Return the row of a story in which *actor* may do *action*, for other services; it stays locked.

    Without the lock someone could publish what its teller takes back at the same moment.

    Raises:
        NotFound, NotAllowed: as `open_story`.
    """
    wanted = select(Story).where(Story.reference == reference, Story.state != "withdrawn")
    # No database looks a null up.
    story = None if "\0" in reference else session.scalar(wanted.with_for_update(of=Story))
    if story is None:
        raise NotFound(reference)
    require(actor, action, story.project)
    return story


def story_version(session: Session, story: Story) -> str:
    """Return a mark of the state, of what is hidden and of what the machine noticed, as they stand now."""
    stands = (story.state, _redactions(session, story), story.personal, story.tagged_at is not None)
    return sha256(repr(stands).encode()).hexdigest()[:16]


def hidden_spans(session: Session, story: Story) -> tuple[Span, ...] | None:
    """Return what a person said stays hidden of a story, in order; None where nobody has, or it was taken back."""
    redactions = _redactions(session, story)
    return redactions if redactions or _is_said(session, story) else None


def _staff_story(session: Session, story: Story) -> StaffStory:
    """Return the value of a story row for those who read originals."""
    said, personal = hidden_spans(session, story), tuple((s, e, k) for s, e, k in story.personal)
    hidden = said if said is not None else () if story.state == "published" else personal
    published = session.scalar(select(Publication.id).where(Publication.story_id == story.id))
    return StaffStory(
        id=story.id,
        reference=story.reference,
        body_id=story.project.body_id,
        project_id=story.project_id,
        project=Bilingual(story.project.name_cy, story.project.name_en),
        original=True,
        text=story.text,
        preview=word_story(session, story, [PersonalDetail(*span) for span in hidden]).text,
        published=published is not None,
        language=story.language,
        reply_language=story.reply_language,
        state=story.state,
        told_as=story.told_as,
        proxy=story.proxy,
        area=story.area,
        received_at=story.received_at,
        tagged=story.tagged_at is not None,
        uses=agreed_uses(story),
        personal=personal,
        hidden=hidden,
        at_risk=story.at_risk,
        risk=tuple((start, end) for start, end in story.risk),
        spam=tuple(story.spam),
        abuse=tuple((start, end) for start, end in story.abuse),
        copies=copies_of(session, [story.id]).get(story.id),
        wordings=tuple(
            AgreedWording(
                each.start, each.end, each.replacement, tuple((start, end) for start, end in each.covers)
            )
            for each in accepted_of(session, story.id)
        ),
        tags=bring_together(session.scalars(select(Tag).where(Tag.story_id == story.id))),
        version=story_version(session, story),
    )


def _without_original(session: Session, story: Story) -> StaffStory:
    """Return the story for those who do not read originals: published words and their tags, or neither."""
    whole = _staff_story(session, story)
    redacted = word_story(session, story)
    return replace(
        whole,
        original=False,
        text=redacted.text if whole.published else None,
        preview="",
        personal=(),
        hidden=(),
        risk=(),
        abuse=(),
        wordings=(),
        tags=tuple(_follow(whole.tags, redacted)) if whole.published else (),
    )


def _follow(tags: Iterable[Understood], redacted: Redacted) -> Iterable[Understood]:
    """Yield the tags with their passages where these stand in the redacted text."""
    for tag in tags:
        moved = (redacted.follow(Passage(start, end, "")) for start, end in tag.passages)
        yield replace(tag, passages=tuple((each.start, each.end) for each in moved if each is not None))


def _redactions(session: Session, story: Story) -> tuple[Span, ...]:
    """Return what stays hidden of a story, in order."""
    rows = session.scalars(select(Redaction).where(Redaction.story_id == story.id))
    return tuple(sorted((row.start, row.end, row.kind) for row in rows))


def is_decided(session: Session, story: Story) -> bool:
    """Whether a person has said what of the story is hidden; what is published was published as it is by somebody."""
    return _is_said(session, story) or story.state == "published"


def _is_said(session: Session, story: Story) -> bool:
    """Whether a person has said what of the story is hidden, which may be nothing, and did not take that back."""
    last = session.scalar(
        select(Event)
        .where(Event.subject == "story", Event.subject_id == story.id)
        .where(Event.kind.in_(("redacted", "hiding_undone")))
        .order_by(Event.id.desc())
        .limit(1)
    )
    return last is not None and bool(last.detail.get("decided", True))
