"""Stories for one use: what tellers agreed to share or to let researchers study, in words that a person redacted.

A story need not be public for that. One that nobody has read and redacted stays out, whatever was agreed to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from involve.models import Consent, Project, Story, Tag
from involve.services.moderation.staff_story import is_decided
from involve.services.publishing.publish import agreed_uses
from involve.services.publishing.wording import word_story
from involve.services.stories.voices import bring_together
from involve.services.trail.record import record
from involve.vocabulary.days import day_of

# The uses for which a file may leave the site; publishing, quoting and learning happen on it.
FOR_FILES = ("share", "research")
SHARED_COLUMNS = (
    "reference",
    "project",
    "told_on",
    "language",
    "area",
    "told_as",
    "quotable",
    "text",
    "goals",
    "ways",
)
_BATCH = 100


@dataclass(frozen=True, slots=True)
class SharedStory:
    """A story as it may be handed on: redacted words, and tags that nobody rejected."""

    reference: str
    project: str
    told_on: date
    language: str
    area: str | None
    told_as: str
    quotable: bool
    text: str
    tags: tuple[tuple[str, str, str, bool], ...]

    @property
    def row(self) -> tuple[str, ...]:
        """The story as one row under `SHARED_COLUMNS`."""
        tagged = {
            scheme: "; ".join(
                f"{concept}: {stance} ({'agreed' if agreed else 'suggested'})"
                for kind, concept, stance, agreed in self.tags
                if kind == scheme
            )
            for scheme in ("goal", "way")
        }
        return (
            self.reference,
            self.project,
            self.told_on.isoformat(),
            self.language,
            self.area or "",
            self.told_as,
            "yes" if self.quotable else "no",
            self.text,
            tagged["goal"],
            tagged["way"],
        )


def shared_stories(session: Session, slug: str, use: str) -> Iterator[SharedStory]:
    """Yield the stories of a project whose tellers agree to *use* now, oldest first, a few at a time."""
    after = 0
    while True:
        stories = session.scalars(_wanted(slug, use).where(Story.id > after).limit(_BATCH)).all()
        for story in stories:
            if _may_go(session, story, use):
                yield _shared(session, slug, story)
        if len(stories) < _BATCH:
            return
        after = stories[-1].id


def count_shared(session: Session, slug: str, use: str) -> int:
    """Return how many stories `shared_stories` yields now."""
    return sum(_may_go(session, story, use) for story in session.scalars(_wanted(slug, use)))


def note_handed_on(session: Session, project: Project, use: str, stories: int, now: datetime) -> None:
    """Keep in the audit trail that a file of stories was made for *use*."""
    record(session, "exported", "project", project.id, now, actor="command", use=use, stories=stories)


def _may_go(session: Session, story: Story, use: str) -> bool:
    """Whether its teller agrees now, and a person has said what of it is hidden and not taken that back."""
    return use in agreed_uses(story) and is_decided(session, story)


def _wanted(slug: str, use: str) -> Select[Story]:
    """Return the query for stories that were agreed to be handed on at some time, and not refused by staff."""
    return (
        select(Story)
        .join(Project, Project.id == Story.project_id)
        .where(
            Project.slug == slug,
            Story.state.in_(("published", "received")),
            exists().where(Consent.story_id == Story.id, Consent.use == use, Consent.given),
        )
        .order_by(Story.id)
    )


def _shared(session: Session, slug: str, story: Story) -> SharedStory:
    tags = bring_together(session.scalars(select(Tag).where(Tag.story_id == story.id)))
    return SharedStory(
        reference=story.reference,
        project=slug,
        told_on=day_of(story.received_at),
        language=story.language,
        area=story.area,
        told_as=story.told_as,
        quotable="quote" in agreed_uses(story),
        text=word_story(session, story).text,
        tags=tuple(
            (tag.scheme, tag.concept, tag.stance, tag.voice != "machine")
            for tag in tags
            if tag.verdict != "rejected"
        ),
    )
