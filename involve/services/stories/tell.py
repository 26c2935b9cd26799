"""Telling a story: the rules, and the one transaction that keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, ConsentMissing, TextRefused
from involve.models import Consent, Stage, Story
from involve.services.projects.privacy import asks_expressly
from involve.services.projects.projects import find_open_stage, find_project
from involve.services.projects.signifiers import Signified, keep_signified
from involve.services.stories.codes import hash_client, hash_code, hash_content, make_code, make_reference
from involve.services.stories.collect import CodeHandedOver, was_handed
from involve.services.tellers.contacts import keep_contact
from involve.services.tellers.reach import read_reach
from involve.services.trail.record import record
from involve.services.upkeep.jobs import add_job
from involve.vocabulary.areas import AREAS
from involve.vocabulary.consents import USES
from involve.vocabulary.days import day_of
from involve.vocabulary.proxies import PROXIES

LONGEST_TEXT = 20_000
TAG_STORY = "tag_story"


@dataclass(frozen=True, slots=True)
class StoryDraft:
    """What someone wants to send. `uses` are the ids of the uses agreed to; `area` is a GSS code."""

    project: str
    text: str
    client_id: UUID
    page_language: str
    reply_language: str
    uses: frozenset[str]
    told_as: str = "own"
    # Of one told on behalf: by what right, an id of vocabulary.proxies.
    proxy: str | None = None
    area: str | None = None
    # What the teller says of its meaning, by key of the stage's signifiers.
    signified: Mapping[str, Signified] = field(default_factory=dict)
    # An e-mail address or mobile number, where the teller wants to hear that there is something new.
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a story is kept. `job_id` is the tagging that its arrival caused; None for a repeat."""

    reference: str
    code: str
    story_id: int
    language: str
    job_id: int | None


def check_text(text: str) -> str:
    """Return *text* with plain line ends, if it can be kept.

    Raises:
        TextRefused: its argument says why: 'empty', 'long' or 'unreadable'.
    """
    text = plain_line_ends(text)
    if not text.strip():
        raise TextRefused("empty")
    if len(text) > LONGEST_TEXT:
        raise TextRefused("long")
    if text != clean_text(text):
        raise TextRefused("unreadable")
    return text


def plain_line_ends(text: str) -> str:
    """Return *text* with the line ends of Unix: browsers send others, and one person may use two."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean_text(text: str) -> str:
    """Return *text* without the characters that no database keeps and nobody can read: nulls and lone surrogates."""
    return "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff")


def tell_story(session: Session, draft: StoryDraft, now: datetime, code_key: str) -> Receipt:
    """Keep a story with its consents, an event and the job of reading it; the caller commits.

    The same client id and content again returns the same receipt and stores nothing.

    Raises:
        TextRefused, ConsentMissing, ContactRefused, BadInput: the draft breaks a rule.
        NotFound: there is no such project.
        StageClosed: it takes no stories now.
        Conflict: the client id came before with other content, or that story was withdrawn.
        CodeHandedOver: it came before on a collector's device, and its teller took the code away.
    """
    content = _content_hash(draft, code_key)
    earlier = _find_earlier(session, draft, code_key)
    if earlier is not None:
        return _repeat(session, earlier, content, draft, code_key)
    text = _check_draft(draft)
    stage = find_open_stage(find_project(session, draft.project), day_of(now))
    try:
        with session.begin_nested():
            story = _add_story(session, draft, text, stage, content, now, code_key)
    except IntegrityError:
        # Somebody sent the same thing at the same moment and won.
        earlier = _find_earlier(session, draft, code_key)
        if earlier is None:
            raise
        return _repeat(session, earlier, content, draft, code_key)
    job_id = add_job(session, TAG_STORY, story.id, now)
    record(session, "told", "story", story.id, now, actor="participant", uses=sorted(draft.uses))
    return Receipt(story.reference, make_code(code_key, draft.client_id), story.id, story.language, job_id)


def find_told_stage(session: Session, client_id: UUID, code_key: str) -> int | None:
    """Return the id of the stage in which this client id brought a story; None where it brought none."""
    return session.scalar(select(Story.stage_id).where(Story.client_hash == hash_client(code_key, client_id)))


def _check_draft(draft: StoryDraft) -> str:
    """Return the draft's text after holding the draft to the rules."""
    text = check_text(draft.text)
    if "read" not in draft.uses:
        raise ConsentMissing("read")
    if draft.uses - {use.id for use in USES}:
        raise BadInput("unknown use")
    if draft.area is not None and draft.area not in {area.gss for area in AREAS}:
        raise BadInput("unknown area")
    if draft.contact is not None:
        read_reach(draft.contact)
    if draft.told_as not in ("own", "on_behalf") or draft.reply_language not in ("cy", "en"):
        raise BadInput("unknown choice")
    rights = {proxy.id for proxy in PROXIES} if draft.told_as == "on_behalf" else set()
    if draft.proxy is not None and draft.proxy not in rights:
        raise BadInput("unknown right")
    return text


def _add_story(
    session: Session, draft: StoryDraft, text: str, stage: Stage, content: str, now: datetime, code_key: str
) -> Story:
    """Add the story and one consent row for each use, given or not."""
    story = Story(
        reference=free_reference(session, code_key, draft.client_id.bytes),
        project_id=stage.project_id,
        stage_id=stage.id,
        text=text,
        language="und",
        page_language=draft.page_language,
        reply_language=draft.reply_language,
        told_as=draft.told_as,
        proxy=draft.proxy,
        area=draft.area,
        state="received",
        received_at=now,
        client_hash=hash_client(code_key, draft.client_id),
        content_hash=content,
        code_hash=hash_code(code_key, make_code(code_key, draft.client_id)),
        personal=[],
        risk=[],
        spam=[],
        at_risk=False,
        consents=consent_rows(
            draft.uses, draft.page_language, now, asks_expressly(session, stage.project_id)
        ),
    )
    session.add(story)
    session.flush()
    keep_signified(session, story, draft.signified)
    if draft.contact is not None:
        keep_contact(session, story.id, draft.contact, draft.reply_language, now, code_key)
    return story


def consent_rows(
    uses: frozenset[str], language: str, now: datetime, expressly: bool = False
) -> list[Consent]:
    """Return one row for each use, with the version of the wording that was shown."""
    return [
        Consent(
            use=use.id,
            given=use.id in uses,
            wording_version=use.version_now(expressly),
            wording_language=language,
            answered_at=now,
        )
        for use in USES
    ]


def free_reference(session: Session, code_key: str, seed: bytes) -> str:
    """Return a reference that no story has yet."""
    attempt = 0
    while True:
        reference = make_reference(code_key, seed, attempt)
        if session.scalar(select(Story.id).where(Story.reference == reference)) is None:
            return reference
        attempt += 1


def _find_earlier(session: Session, draft: StoryDraft, code_key: str) -> Story | None:
    """Return the story that the same client id brought before."""
    return session.scalar(select(Story).where(Story.client_hash == hash_client(code_key, draft.client_id)))


def _content_hash(draft: StoryDraft, code_key: str) -> str:
    """Return the hash of all that the participant chose."""
    chosen: dict[str, Any] = {
        "project": draft.project,
        "text": plain_line_ends(draft.text),
        "told_as": draft.told_as,
        "area": draft.area,
        "reply_language": draft.reply_language,
        "uses": sorted(draft.uses),
    }
    if draft.contact is not None:
        chosen["contact"] = draft.contact.strip()
    if draft.proxy:
        chosen["proxy"] = draft.proxy
    if draft.signified:
        chosen["signified"] = {key: asdict(said) for key, said in sorted(draft.signified.items())}
    return hash_content(code_key, chosen)


def _repeat(session: Session, story: Story, content: str, draft: StoryDraft, code_key: str) -> Receipt:
    """Return the first receipt again, unless this is something else."""
    if was_handed(session, story.id):
        raise CodeHandedOver("code handed over")
    if story.state == "withdrawn" or story.content_hash != content:
        raise Conflict("client id used before")
    return Receipt(story.reference, make_code(code_key, draft.client_id), story.id, story.language, None)
