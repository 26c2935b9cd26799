"""Reading stories by a newer version of their codebook: only those that what changed in it can concern."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Story, Tag, ThemeReading
from involve.services.codebook.books import CodebookView, as_concepts, read_version
from involve.text.concepts import Concept
from involve.text.lexicon import Listed
from involve.text.theme_reading import ThemeReader, make_cue_sieve, make_theme_reader, prepare_again
from involve.text.types import Language, PersonalDetail
from involve.text.types import Tag as Suggested

# The themes to suggest of a story by its number; None where they are what they were.
Readings = Mapping[int, Sequence[Suggested] | None]
# Each cue of a codebook, as theme, language and wording, and how many times it stands there.
_CuesOf = frozenset[tuple[tuple[str, Listed, str], int]]


@dataclass(frozen=True, slots=True)
class _Due:
    """A story to read again: its words, what is known of them, and the version it was last read by, None for none."""

    id: int
    text: str
    language: Language
    personal: Sequence[tuple[int, int, Any]]
    spam: Sequence[str]
    version_id: int | None


def read_again(session: Session, version: CodebookView, story_ids: Collection[int]) -> Readings:
    """Return the themes that *version* suggests of the stories with these numbers.

    What a story was last read by says which cues are others now. Without one of these in its words, and without the
    machine's word on a theme that suggests nothing any more, nothing can have changed for it, and it is not read.
    """
    concepts = as_concepts(version.themes)
    reader, new = make_theme_reader(concepts), _cues_of(concepts)
    found: dict[int, Sequence[Suggested] | None] = {}
    stories = _open(session, story_ids)
    for before in {story.version_id for story in stories}:
        old = _cues_of(as_concepts(read_version(session, before).themes)) if before else frozenset()
        mine = [story for story in stories if story.version_id == before]
        concerned = _bearing(session, mine, _themes(old) - _themes(new)) | _holding(mine, old, new)
        found |= {story.id: _read(reader, story) if story.id in concerned else None for story in mine}
    return found


def _open(session: Session, story_ids: Collection[int]) -> Sequence[_Due]:
    columns = (Story.id, Story.text, Story.language, Story.personal, Story.spam, ThemeReading.version_id)
    rows = select(*columns).outerjoin(ThemeReading, ThemeReading.story_id == Story.id)
    return [_Due(*row) for row in session.execute(rows.where(Story.id.in_(story_ids)))]


def _bearing(session: Session, stories: Sequence[_Due], themes: Collection[str]) -> set[int]:
    """Return the numbers of the stories of which the machine suggests one of *themes*."""
    ids = [story.id for story in stories]
    machine = (Tag.scheme == "theme", Tag.voice == "machine", Tag.concept.in_(themes))
    return (
        set(session.scalars(select(Tag.story_id).where(Tag.story_id.in_(ids), *machine))) if themes else set()
    )


def _holding(stories: Sequence[_Due], old: _CuesOf, new: _CuesOf) -> set[int]:
    """Return the numbers of the stories that may hold a cue that only one of two codebooks has."""
    if old == new:
        return set()
    sieve = make_cue_sieve(_worded(old ^ new), _worded(old | new))
    return {story.id for story in stories if sieve.may_hold(story.text)}


def _read(reader: ThemeReader, story: _Due) -> tuple[Suggested, ...]:
    personal = [PersonalDetail(start, end, kind) for start, end, kind in story.personal]
    return reader.read(prepare_again(story.text, story.language, personal, not story.spam))


def _cues_of(concepts: Iterable[Concept]) -> _CuesOf:
    cues: Counter[tuple[str, Listed, str]] = Counter()
    for concept in concepts:
        for cue in concept.cues:
            cues.update((concept.id, "cy", wording) for wording in cue.cy)
            cues.update((concept.id, "en", wording) for wording in cue.en)
    return frozenset(cues.items())


def _themes(cues: _CuesOf) -> set[str]:
    return {theme for (theme, _language, _wording), _times in cues}


def _worded(cues: _CuesOf) -> frozenset[tuple[str, Listed]]:
    return frozenset((wording, language) for (_theme, language, wording), _times in cues)
