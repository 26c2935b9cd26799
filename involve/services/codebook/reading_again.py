"""Reading stories by a newer version of their codebook: only those that what changed in it can concern."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Tag
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
class Due:
    """A story to read again: its words, what is known of them, and the version it was last read by, None for none."""

    id: int
    text: str
    language: Language
    personal: Sequence[tuple[int, int, Any]]
    spam: Sequence[str]
    version_id: int | None


def read_again(session: Session, version: CodebookView, stories: Sequence[Due]) -> Readings:
    """Return the themes that *version* suggests of *stories*.

    What a story was last read by says which cues are others now. Without one of these in its words and without the
    machine's word on their themes, nothing can have changed for it, and it is not read.
    """
    concepts = as_concepts(version.themes)
    reader, cues = make_theme_reader(concepts), _cues_of(concepts)
    found: dict[int, Sequence[Suggested] | None] = {}
    for before in {story.version_id for story in stories}:
        old = _cues_of(as_concepts(read_version(session, before).themes)) if before else frozenset()
        mine = [story for story in stories if story.version_id == before]
        concerned = _concerned(session, mine, cues ^ old, cues | old)
        found |= {story.id: _read(reader, story) if story.id in concerned else None for story in mine}
    return found


def _concerned(session: Session, stories: Sequence[Due], changed: _CuesOf, cues: _CuesOf) -> set[int]:
    """Return the numbers of the stories that may hold a cue that *changed*, or bear its theme."""
    if not changed:
        return set()
    sieve = make_cue_sieve(_worded(changed), _worded(cues))
    machine = (
        Tag.scheme == "theme",
        Tag.voice == "machine",
        Tag.concept.in_({theme for (theme, _, _), _ in changed}),
    )
    bearing = select(Tag.story_id).where(Tag.story_id.in_(story.id for story in stories), *machine)
    return {*session.scalars(bearing), *(story.id for story in stories if sieve.may_hold(story.text))}


def _read(reader: ThemeReader, story: Due) -> tuple[Suggested, ...]:
    personal = [PersonalDetail(start, end, kind) for start, end, kind in story.personal]
    return reader.read(prepare_again(story.text, story.language, personal, not story.spam))


def _cues_of(concepts: Iterable[Concept]) -> _CuesOf:
    cues: Counter[tuple[str, Listed, str]] = Counter()
    for concept in concepts:
        for cue in concept.cues:
            cues.update((concept.id, "cy", wording) for wording in cue.cy)
            cues.update((concept.id, "en", wording) for wording in cue.en)
    return frozenset(cues.items())


def _worded(cues: _CuesOf) -> frozenset[tuple[str, Listed]]:
    return frozenset((wording, language) for (_theme, language, wording), _times in cues)
