"""Reading a story by machine: the job that turns kept words into suggested tags and things for a person to look at."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from involve.models import Story, Tag
from involve.services.codebook.retagging import tag_by_codebook
from involve.services.publishing.likeness import note_copies
from involve.services.publishing.publish import refresh_publication
from involve.services.reading.learning import reading_in_use
from involve.services.safeguarding.alerts import tell_of_concerns
from involve.services.safeguarding.concerns import raise_by_machine, stands_first
from involve.text.codebook import load_builtin
from involve.text.pipeline import analyse
from involve.text.types import Analysis
from involve.vocabulary.noticed import bits_of


def tag_story(session: Session, story_id: int, now: datetime) -> None:
    """Analyse the story and store what the machine suggests. Doing it again changes nothing else."""
    # Locked, so that nothing is said of a story that its teller takes back meanwhile.
    story = session.get(Story, story_id, with_for_update=True)
    if story is None or story.state == "withdrawn":
        return
    store_analysis(session, story, analyse(story.text, load_builtin(), reading=reading_in_use(session)), now)
    tag_by_codebook(session, story, now)
    refresh_publication(session, story)
    tell_of_concerns(session, now)


def read_language(session: Session, story_id: int) -> str:
    """Return the language found in a story: cy, en, mixed, or und while it was not read yet."""
    return session.scalar(select(Story.language).where(Story.id == story_id)) or "und"


def store_analysis(session: Session, story: Story, analysis: Analysis, now: datetime) -> None:
    """Replace what the machine said before; what people said stays."""
    story.language, story.tagged_at = analysis.language, now
    story.personal = [[detail.start, detail.end, detail.kind] for detail in analysis.personal]
    story.risk = [[passage.start, passage.end] for passage in analysis.risk]
    story.at_risk = stands_first(session, story, bool(analysis.risk))
    story.spam = list(analysis.spam)
    story.abuse = [[passage.start, passage.end] for passage in analysis.abuse]
    found = {"personal": story.personal, "risk": story.at_risk, "abuse": story.abuse, "spam": story.spam}
    story.noticed = bits_of(name for name, things in found.items() if things)
    note_copies(session, story)
    # Themes are read apart, by the codebook of the project.
    session.execute(
        delete(Tag).where(Tag.story_id == story.id, Tag.voice == "machine", Tag.scheme != "theme")
    )
    session.add_all(
        Tag(
            story_id=story.id,
            scheme=tag.scheme,
            concept=tag.concept,
            stance=tag.stance,
            voice="machine",
            state="suggested",
            confidence=tag.confidence,
            at=now,
            passages=[[passage.start, passage.end] for passage in tag.passages],
        )
        for tag in analysis.tags
    )
    session.flush()
    if story.risk:
        raise_by_machine(session, story, now)
