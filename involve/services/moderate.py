"""Moderation: what is hidden of a story, whether it is published, held or declined, and whether its tags are right."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, NotAllowed
from involve.models import Redaction
from involve.services.access import Actor
from involve.services.publish import publish_story, unpublish_story
from involve.services.staff_story import Span, find_story, story_version
from involve.services.tags import speak
from involve.services.trail import record
from involve.vocabulary.personal_kinds import PERSONAL_KINDS

KINDS = frozenset(kind.id for kind in PERSONAL_KINDS)


class ChangedMeanwhile(Conflict):
    """Somebody else changed the story since this person opened it."""

    code = "changed_meanwhile"


def redact_story(
    session: Session, actor: Actor, reference: str, spans: tuple[Span, ...], now: datetime
) -> None:
    """Keep *spans* (start, end, kind; code points of the original) as what stays hidden; a published form follows.

    Raises:
        BadInput: a span lies outside the text, or there is no such kind.
        NotFound, NotAllowed: as `open_story`.
    """
    story = find_story(session, actor, reference, "moderate")
    if any(not 0 <= start < end <= len(story.text) or kind not in KINDS for start, end, kind in spans):
        raise BadInput("span")
    session.execute(delete(Redaction).where(Redaction.story_id == story.id))
    session.add_all(
        Redaction(story_id=story.id, start=start, end=end, kind=kind, user_id=actor.user_id, at=now)
        for start, end, kind in sorted(set(spans))
    )
    session.flush()
    if story.state == "published":
        publish_story(session, story, now)
    record(session, "redacted", "story", story.id, now, user_id=actor.user_id, spans=len(spans))


def decide_story(session: Session, actor: Actor, reference: str, verdict: str, now: datetime) -> None:
    """Publish, hold or decline a story (`verdict`: 'published', 'held', 'declined').

    Raises:
        BadInput: the verdict is none of these.
        PublishingNotAgreed: published without the participant's consent.
        NotFound, NotAllowed: as `open_story`.
    """
    story = find_story(session, actor, reference, "moderate")
    if verdict == "published":
        publish_story(session, story, now)
    elif verdict in ("held", "declined"):
        unpublish_story(session, story)
        story.state = verdict
    else:
        raise BadInput("verdict")
    record(session, verdict, "story", story.id, now, user_id=actor.user_id)


def check_version(session: Session, actor: Actor, reference: str, version: str) -> None:
    """Stop when the story is no longer as it was shown under *version*.

    Raises:
        ChangedMeanwhile: somebody changed it.
        NotFound, NotAllowed: as `open_story`.
    """
    if story_version(session, find_story(session, actor, reference, "moderate")) != version:
        raise ChangedMeanwhile(reference)


def judge_tag(
    session: Session, actor: Actor, reference: str, scheme: str, concept: str, verdict: str, now: datetime
) -> None:
    """Keep what staff say of a tag: 'confirmed' or 'rejected'.

    Raises:
        BadInput: there is no such concept or verdict.
        NotFound, NotAllowed: as `open_story`.
    """
    story = find_story(session, actor, reference, "tag")
    reads_originals = actor.may("read_original", story.project.body_id, story.project_id)
    if story.state != "published" and not reads_originals:
        # Nobody judges words that they may not read.
        raise NotAllowed("tag")
    speak(session, story, "staff", scheme, concept, verdict, now, user_id=actor.user_id)
