"""The themes that the machine suggests of stories, as they are stored: many stories at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from involve.models import Tag, ThemeReading
from involve.text.types import Tag as Suggested

_MACHINE = (Tag.scheme == "theme", Tag.voice == "machine")


def note_reading(session: Session, ids: Collection[int], version_id: int, now: datetime) -> None:
    """Keep that the stories with these *ids* were last read for themes by that version of their codebook."""
    session.execute(delete(ThemeReading).where(ThemeReading.story_id.in_(ids)))
    rows = [{"story_id": story_id, "version_id": version_id, "read_at": now} for story_id in ids]
    if rows:
        session.execute(insert(ThemeReading), rows)


def replace_themes(
    session: Session, suggested: Mapping[int, Sequence[Suggested]], now: datetime
) -> tuple[int, ...]:
    """Put what is *suggested* of stories, by their number, in the place of the machine's themes of before.

    What people said stays. Returns the numbers of the stories of which another thing is said now.
    """
    columns = (Tag.story_id, Tag.concept, Tag.stance, Tag.confidence, Tag.passages)
    said: dict[int, set[tuple[object, ...]]] = defaultdict(set)
    for story_id, *rest in session.execute(select(*columns).where(Tag.story_id.in_(suggested), *_MACHINE)):
        said[story_id].add(_said(*rest))
    rows = {story_id: [_row(story_id, tag, now) for tag in tags] for story_id, tags in suggested.items()}
    changed = tuple(
        story_id
        for story_id, own in rows.items()
        if said[story_id]
        != {_said(row["concept"], row["stance"], row["confidence"], row["passages"]) for row in own}
    )
    session.execute(delete(Tag).where(Tag.story_id.in_(changed), *_MACHINE))
    if added := [row for story_id in changed for row in rows[story_id]]:
        session.execute(insert(Tag), added)
    return changed


def _row(story_id: int, suggested: Suggested, now: datetime) -> dict[str, Any]:
    return {
        "story_id": story_id,
        "scheme": "theme",
        "concept": suggested.concept,
        "stance": suggested.stance,
        "voice": "machine",
        "state": "suggested",
        "confidence": suggested.confidence,
        "at": now,
        "passages": [[passage.start, passage.end] for passage in suggested.passages],
    }


def _said(
    concept: str, stance: str, confidence: float, passages: Iterable[Sequence[int]]
) -> tuple[object, ...]:
    """Return what a tag says, to be compared."""
    return concept, stance, confidence, tuple((start, end) for start, end in passages)
