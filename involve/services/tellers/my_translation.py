"""The translations of my story, as its teller sees them, and the teller's word that one is not what they meant."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Publication, Translation
from involve.services.stories.own_story import find_own_story
from involve.services.trail.record import record
from involve.services.translations.translating import find_row
from involve.services.translations.translation_rows import PublicTranslation, public_translations
from involve.vocabulary.days import day_of

LONGEST_QUESTION = 1_000


@dataclass(frozen=True, slots=True)
class MyTranslations:
    """What everybody can read, and the languages of what the teller questioned, each with the day."""

    public: tuple[PublicTranslation, ...] = ()
    questioned: tuple[tuple[str, date], ...] = ()

    def into(self, language: str) -> PublicTranslation | None:
        """Return the public translation into *language*."""
        return next((each for each in self.public if each.language == language), None)


def list_my_translations(session: Session, story_id: int) -> MyTranslations:
    """Return the translations of a story for its teller."""
    publication = session.scalar(select(Publication).where(Publication.story_id == story_id))
    if publication is None:
        return MyTranslations()
    questioned = session.execute(
        select(Translation.language, Translation.questioned_at)
        .where(Translation.story_id == story_id, Translation.questioned_at.is_not(None))
        .order_by(Translation.language)
    )
    return MyTranslations(
        public_translations(session, [publication]).get(story_id, ()),
        tuple((language, day_of(at)) for language, at in questioned if at is not None),
    )


def question_translation(session: Session, story_id: int, language: str, words: str, now: datetime) -> None:
    """Keep the teller's word that the translation is not what they meant: it leaves the public page at once.

    `words`, which may be empty, are for those who translate. What is not public any more is left as it is.

    Raises:
        BadInput: the words are too long.
        NotFound: the story was withdrawn.
    """
    if len(words) > LONGEST_QUESTION:
        raise BadInput("words")
    story = find_own_story(session, story_id)
    row = find_row(session, story.id, language)
    if row is None or row.state != "published":
        return
    row.state, row.questioned_at, row.question = "questioned", now, words.strip() or None
    record(
        session,
        "translation_questioned",
        "story",
        story.id,
        now,
        actor="participant",
        language=language,
    )
