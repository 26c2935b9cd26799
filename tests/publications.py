"""Published stories for tests: told, read by the machine, then published by staff's own service."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from involve.models import Publication, PublicationTag, Story
from involve.services.moderation.moderate import decide_story, redact_story
from involve.services.projects.projects import find_open_stage, find_project
from involve.services.publishing.keys import encode_keys
from involve.services.publishing.publish import publish_story
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.text.search import index_keys
from tests.factories import NOW, make_story

_numbers = count(1)


def publish(session: Session, receipt: Receipt, now: datetime = NOW) -> None:
    """Publish the story of a receipt."""
    publish_story(session, session.get_one(Story, receipt.story_id), now)


def make_public(session: Session, text: str, now: datetime = NOW, **told: Any) -> str:
    """Tell and publish a story, and return its reference; *told* as for `make_story`."""
    receipt = make_story(session, text=text, now=now, **told)
    publish(session, receipt, now)
    return receipt.reference


def keys_of(text: str) -> str:
    """Return the search keys of a text as they are stored."""
    return " ".join(encode_keys(index_keys(text)))


def publish_without(session: Session, moderator: Actor, receipt: Receipt, text: str, name: str) -> None:
    """Have a moderator hide a *name* that stands in the *text* of a story, and publish it."""
    start = text.index(name)
    redact_story(session, moderator, receipt.reference, ((start, start + len(name), "name"),), NOW)
    decide_story(session, moderator, receipt.reference, "published", NOW)


@dataclass(frozen=True)
class Shown:
    """What stands on a published story of a test, without telling it first."""

    text: str = "Words."
    language: str = "en"
    area: str | None = None
    # Scheme, concept and stance of each.
    tags: tuple[tuple[str, str, str], ...] = ()
    now: datetime = NOW
    told_as: str = "own"
    quotable: bool = False
    # Who agreed to its tags.
    voice: str = "staff"


def add_rows(session: Session, project: str, shown: Iterable[Shown]) -> list[str]:
    """Add rows of published stories to an open project, and return their references in the order of the rows."""
    stage = find_open_stage(find_project(session, project), NOW.date())
    references = []
    for each in shown:
        reference = f"ROW-{next(_numbers)}"
        references.append(reference)
        story = Story(
            reference=reference,
            project_id=stage.project_id,
            stage_id=stage.id,
            text=each.text,
            language=each.language,
            page_language="en",
            reply_language="en",
            told_as=each.told_as,
            area=each.area,
            state="published",
            received_at=each.now,
            content_hash=reference,
        )
        session.add(story)
        session.flush()
        row = Publication(
            story_id=story.id,
            reference=reference,
            project_id=stage.project_id,
            stage_id=stage.id,
            text=each.text,
            language=each.language,
            area=each.area,
            told_as=each.told_as,
            quotable=each.quotable,
            published_at=each.now,
            keys=keys_of(each.text),
        )
        row.tags = [
            PublicationTag(scheme=scheme, concept=concept, stance=stance, voice=each.voice, passages=[])
            for scheme, concept, stance in each.tags
        ]
        session.add(row)
        session.flush()
    return references
