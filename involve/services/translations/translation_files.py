"""The work list of translators as a file, and what comes back from their tools: drafts, which nobody reads yet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import NotAllowed, NotFound
from involve.models import Publication, Translation
from involve.services.moderation.staff_story import find_story
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.services.translations.translating import TranslationRefused, find_row, write_draft
from involve.services.translations.translation_list import ListFilter, WaitingStory, list_waiting
from involve.services.translations.translation_rows import hash_text, targets_of
from involve.services.translations.xliff import StoryUnits, Unit, read_xliff, same_words, write_xliff

MOST_STORIES = 1_000
_BREAKS = re.compile(r"(\s*\n\s*)")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A story of a file that was not taken in, and why: see `PROBLEMS` of the page."""

    reference: str
    language: str
    problem: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file: drafts written, drafts that were there already, stories nobody had translated yet."""

    kept: int
    known: int
    untouched: int
    skipped: tuple[Skipped, ...]


class _Skip(Exception):
    """A story is left out; the reason is the argument."""


def export_list(session: Session, actor: Actor, wanted: ListFilter, now: datetime) -> bytes:
    """Return the work list that *wanted* names as XLIFF, at most `MOST_STORIES`: published words, never an original.

    A draft of the words that are published now comes along where it has the same paragraphs. What was made of other
    words stays out: something that is hidden now may stand in it.
    """
    items = list_waiting(session, actor, wanted, limit=MOST_STORIES)
    references = [item.story_id for item in items]
    published = {
        each.story_id: each
        for each in session.scalars(select(Publication).where(Publication.story_id.in_(references)))
    }
    rows = session.scalars(select(Translation).where(Translation.story_id.in_(references)))
    drafts = {(row.story_id, row.language): row for row in rows}
    stories = [
        _units_of(item, published[item.story_id], drafts.get((item.story_id, item.language)))
        for item in items
    ]
    record(
        session,
        "translations_exported",
        "user",
        actor.user_id,
        now,
        user_id=actor.user_id,
        stories=len(items),
    )
    return write_xliff(stories, now)


def import_list(session: Session, actor: Actor, data: bytes, now: datetime) -> TakenIn:
    """Keep what a file holds as drafts by *actor*; what cannot be taken is told of, and the rest goes in.

    Raises:
        FileRefused: it is no XLIFF that can be read.
    """
    counts = {"kept": 0, "known": 0, "untouched": 0}
    skipped: list[Skipped] = []
    seen: set[tuple[str, str]] = set()
    for story in read_xliff(data):
        try:
            if (story.reference, story.language) in seen:
                raise _Skip("twice")
            seen.add((story.reference, story.language))
            counts[_take_in(session, actor, story, now)] += 1
        except _Skip as skip:
            skipped.append(Skipped(story.reference[:40], story.language, str(skip)))
    return TakenIn(**counts, skipped=tuple(skipped))


def split_paragraphs(text: str) -> tuple[list[str], list[str]]:
    """Return the paragraphs of *text*, and what stands between them."""
    parts = _BREAKS.split(text.strip())
    return parts[::2], parts[1::2]


def _units_of(item: WaitingStory, publication: Publication, row: Translation | None) -> StoryUnits:
    """Return a story as its tools see it. One told in both languages counts as told in the other one."""
    sources, targets = split_paragraphs(publication.text)[0], list[str | None]()
    if row is not None and row.state == "draft" and row.of_text_hash == hash_text(publication.text):
        targets = list(split_paragraphs(row.text)[0])
    if len(targets) != len(sources):
        targets = [None] * len(sources)
    pairs = zip(sources, targets, strict=True)
    return StoryUnits(
        reference=item.reference,
        told_in=_source_language(item.told_in, item.language),
        language=item.language,
        units=tuple(
            Unit(_unit_id(item.reference, at), source, target) for at, (source, target) in enumerate(pairs)
        ),
        note=f"{item.reference} · {item.project.cy} · {item.project.en}",
    )


def _source_language(told_in: str, language: str) -> str:
    """Return the language that a tool is told: files know one for a story."""
    return ("en" if language == "cy" else "cy") if told_in == "mixed" else told_in


def _unit_id(reference: str, at: int) -> str:
    return f"{reference}.{at + 1}"


def _take_in(session: Session, actor: Actor, story: StoryUnits, now: datetime) -> str:
    """Keep one story of a file; return what became of it.

    Raises:
        _Skip: it cannot be taken.
    """
    if not any(unit.target for unit in story.units):
        return "untouched"
    publication = _find_publication(session, actor, story.reference)
    if story.language not in targets_of(publication.language):
        raise _Skip("language")
    if story.told_in != _source_language(publication.language, story.language):
        raise _Skip("language")
    targets = _targets(story, publication.text)
    if not all(targets):
        raise _Skip("partial")
    _paragraphs, breaks = split_paragraphs(publication.text)
    text = "".join(part for pair in zip(targets, [*breaks, ""], strict=True) for part in pair)
    row = find_row(session, publication.story_id, story.language)
    if row is not None and row.of_text_hash == hash_text(publication.text):
        if row.text == text and row.state != "questioned":
            return "known"
        _refuse_overwriting(row, story.made_at)
    try:
        write_draft(session, publication, row, story.language, text, actor.user_id, now)
    except TranslationRefused as error:
        raise _Skip(error.problem) from None
    record(
        session,
        "translated",
        "story",
        publication.story_id,
        now,
        user_id=actor.user_id,
        language=story.language,
        file=True,
    )
    return "kept"


def _find_publication(session: Session, actor: Actor, reference: str) -> Publication:
    """Return the published form of a story in which *actor* may translate; all else is one answer."""
    try:
        story = find_story(session, actor, reference, "translate")
    except (NotFound, NotAllowed):
        raise _Skip("unknown") from None
    publication = session.scalar(select(Publication).where(Publication.story_id == story.id))
    if publication is None:
        raise _Skip("unknown")
    return publication


def _targets(story: StoryUnits, published: str) -> Sequence[str]:
    """Return what the file holds for each paragraph of the words that are published now, empty where nothing.

    Raises:
        _Skip: it is of other words, or names paragraphs that there are none of.
    """
    sources = split_paragraphs(published)[0]
    expected = {_unit_id(story.reference, at): source for at, source in enumerate(sources)}
    found = {unit.id: unit for unit in story.units}
    if not found.keys() <= expected.keys() or len(found) != len(story.units):
        raise _Skip("unit")
    if any(not same_words(unit.source, expected[name]) for name, unit in found.items()):
        raise _Skip("changed")
    return [(found[name].target or "") if name in found else "" for name in expected]


def _refuse_overwriting(row: Translation, made_at: datetime | None) -> None:
    """Stop where somebody's work would be lost that whoever made the file had not seen.

    Raises:
        _Skip: the translation is public, or was written since the file was made.
    """
    if row.state == "published":
        raise _Skip("published")
    if row.state == "draft" and (made_at is None or row.written_at > made_at):
        raise _Skip("newer")
