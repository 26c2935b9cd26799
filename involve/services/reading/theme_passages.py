"""Passages of themes: put in and taken out by readers, and kept in place when what is hidden of a story changes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, NotAllowed, NotFound
from involve.models import Publication, Theme, ThemePassage, ThemeWord
from involve.services.publishing.moved_words import move_passages
from involve.services.reading.reading_sessions import Reader, project_of, require_open
from involve.services.reading.themes import find_theme
from involve.text.sentences import split_sentences


def group_sentences(
    session: Session, reader: Reader, theme_id: int, reference: str, starts: Sequence[int], now: datetime
) -> int:
    """Put sentences of a published story into a theme, by where each begins; return how many were not in it yet.

    Raises:
        NotFound, Conflict, NotAllowed: there is no such theme or published story in this project; the session was
            closed; the rung lets this reader group nothing.
        BadInput: no sentence was chosen, or one begins elsewhere: the story changed since it was read.
    """
    reading = require_open(session, reader, making=True)
    theme = find_theme(session, reader, theme_id)
    publication = session.scalar(select(Publication).where(Publication.reference == reference))
    if publication is None or publication.project_id != project_of(session, reading).id:
        raise NotFound("story")
    sentences = {each.start: each.end for each in split_sentences(publication.text)}
    if not starts or not sentences.keys() >= set(starts):
        raise BadInput("sentences")
    there = {each.start for each in theme.passages if each.publication_id == publication.id}
    new = sorted(set(starts) - there)
    theme.passages += [
        ThemePassage(
            publication_id=publication.id,
            start=start,
            stop=sentences[start],
            voice=reader.voice,
            story_id=reader.story_id,
            added_at=now,
        )
        for start in new
    ]
    session.flush()
    return len(new)


def take_out(session: Session, reader: Reader, passage_id: int) -> None:
    """Take a passage out of its theme: one's own, or one that the machine put there.

    Raises:
        NotFound, Conflict: there is no such passage in this session, or the session was closed.
        NotAllowed: somebody else put it there, or the rung lets this reader group nothing.
    """
    require_open(session, reader, making=True)
    passage = session.get(ThemePassage, passage_id)
    if passage is None:
        raise NotFound("passage")
    find_theme(session, reader, passage.theme_id)
    if not may_take_out(passage, reader):
        raise NotAllowed("theirs")
    session.delete(passage)
    session.flush()


def may_take_out(passage: ThemePassage, reader: Reader) -> bool:
    """Say whether a passage is this reader's to take out."""
    if passage.voice == "participant":
        return passage.story_id is not None and passage.story_id == reader.story_id
    return passage.voice == "machine" or passage.voice == reader.voice


def follow_words(session: Session, publication: Publication, old: str) -> None:
    """Move the passages of a published story whose words were *old* to where the same words now stand.

    A passage of which something was hidden since is taken out: nobody may see it, and what is left is another sentence.
    """
    if publication.text == old:
        return
    rows = session.scalars(select(ThemePassage).where(ThemePassage.publication_id == publication.id)).all()
    move_passages(session, rows, old, publication.text, lambda row: row.theme_id)


def forget_reader(session: Session, story_id: int) -> None:
    """Take what the teller of a withdrawn story brought to readings: their word, and themes nobody else agrees with."""
    session.execute(delete(ThemeWord).where(ThemeWord.story_id == story_id))
    for theme in session.scalars(select(Theme).where(Theme.story_id == story_id)):
        session.refresh(theme, ["words"])
        if not any(word.verdict == "agree" for word in theme.words):
            session.delete(theme)
        else:
            theme.story_id = None
    for passage in session.scalars(select(ThemePassage).where(ThemePassage.story_id == story_id)):
        passage.story_id = None
    session.flush()
