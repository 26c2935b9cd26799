"""Looking at an answer before it is sent: as one teller of each language will read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Project, Story
from involve.services.moderation.replies import BATCH, Answer
from involve.services.telling.audience import Reach, reach_of
from involve.services.telling.fields import check_fields, fields_of, fill_fields, own_values
from involve.services.telling.shared_fields import fill_shared


@dataclass(frozen=True, slots=True)
class Preview:
    """An answer in one language. `example` is the reference of the story with which fields were filled; "" for none.

    `reach` is None where nobody of the chosen tellers reads that language.
    """

    language: str
    text: str
    example: str
    reach: Reach | None


def preview_answer(session: Session, references: Sequence[str], answer: Answer) -> tuple[Preview, ...]:
    """Return an answer as it will be read, Welsh first; *references* are of one project, and may be answered.

    Raises:
        FieldRefused: a field in the words cannot be filled.
        NotFound: the project has no such decision that is public.
    """
    words = {"cy": answer.text_cy, "en": answer.text_en}
    check_fields(words, answer.public)
    project = session.scalars(
        select(Project).join(Story, Story.project_id == Project.id).where(Story.reference == references[0])
    ).one()
    filled = fill_shared(session, project, answer.decision_id, words)
    reach = {each.language: each for each in reach_of(session, references)}
    return tuple(
        _preview(session, references, language, text, reach.get(language))
        for language, text in filled.items()
        if text.strip()
    )


def _preview(
    session: Session, references: Sequence[str], language: str, text: str, reach: Reach | None
) -> Preview:
    """Return an answer in one language, filled with what is its first reader's."""
    story = _first_reader(session, references, language) if fields_of(text) else None
    if story is None:
        return Preview(language, text, "", reach)
    own = own_values(story.reference, story.received_at, language)
    return Preview(language, fill_fields(text, own), story.reference, reach)


def _first_reader(session: Session, references: Sequence[str], language: str) -> Story | None:
    """Return the first of the stories whose teller reads that language; else the first of all."""
    for at in range(0, len(references), BATCH):
        named = select(Story).where(Story.reference.in_(references[at : at + BATCH])).order_by(Story.id)
        reader = session.scalar(named.where(Story.reply_language == language).limit(1))
        if reader is not None:
            return reader
    return session.scalar(select(Story).where(Story.reference == references[0]))
