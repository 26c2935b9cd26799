"""Stories of one project that are nearly the same: found when a story is read, told in the queue, never hidden."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from involve.models import CopyKey, Likeness, Story
from involve.text.themes.near_duplicates import copy_keys, resemblance, shingles_of
from involve.vocabulary.noticed import with_bit

# From how much of their words in common on, 0..1, two stories are nearly the same.
LEAST = 0.7
_TRIED = 20  # stories that share a key and are compared word by word


@dataclass(frozen=True, slots=True)
class Copies:
    """How many other stories of the project are nearly the same as one, and the reference of one of them."""

    others: int
    reference: str


def note_copies(session: Session, story: Story) -> None:
    """Keep the keys of *story*, and put it into the group of those that are nearly the same, if there are any.

    Doing it again after its words changed takes it out of the group where it does not belong any more.
    """
    forget_copies(session, story)
    keys = copy_keys(story.text)
    if not keys:
        return
    first_id = _find_group(session, story, keys)
    session.execute(
        insert(CopyKey), [{"story_id": story.id, "project_id": story.project_id, "key": key} for key in keys]
    )
    if first_id is not None:
        _join(session, story, first_id)


def forget_copies(session: Session, story: Story) -> None:
    """Forget the keys of *story* and take it out of its group; the others stay one while there are two or more."""
    session.execute(delete(CopyKey).where(CopyKey.story_id == story.id))
    mine = session.get(Likeness, story.id)
    if mine is None:
        return
    group = mine.first_id
    session.delete(mine)
    session.flush()
    story.noticed = with_bit(story.noticed, "copy", False)
    left = session.scalars(
        select(Likeness.story_id).where(Likeness.first_id == group).order_by(Likeness.story_id)
    ).all()
    if len(left) == 1:
        session.execute(delete(Likeness).where(Likeness.story_id == left[0]))
        alone = session.get_one(Story, left[0])
        alone.noticed = with_bit(alone.noticed, "copy", False)
    elif left and group == story.id:
        session.execute(update(Likeness).where(Likeness.first_id == group).values(first_id=left[0]))


def copies_of(session: Session, story_ids: Iterable[int]) -> Mapping[int, Copies]:
    """Return what is nearly the same as each of the stories; those without a copy are left out."""
    mine = _pairs(
        session, select(Likeness.story_id, Likeness.first_id).where(Likeness.story_id.in_(story_ids))
    )
    groups = session.execute(
        select(Likeness.first_id, func.count(), func.max(Likeness.story_id))
        .where(Likeness.first_id.in_(set(mine.values())))
        .group_by(Likeness.first_id)
    )
    sizes = {first: (count, last) for first, count, last in groups}
    others = {story: first if first != story else sizes[first][1] for story, first in mine.items()}
    names = _pairs(session, select(Story.id, Story.reference).where(Story.id.in_(others.values())))
    return {story: Copies(sizes[mine[story]][0] - 1, names[other]) for story, other in others.items()}


def _pairs(session: Session, query: Select[*tuple[Any, ...]]) -> dict[int, Any]:
    """Return the second column of what a query finds, by the first."""
    return {row[0]: row[1] for row in session.execute(query)}


def _find_group(session: Session, story: Story, keys: tuple[int, ...]) -> int | None:
    """Return the oldest story of the group that *story* belongs to; None where no other is nearly the same."""
    shared = (
        select(CopyKey.story_id)
        .where(CopyKey.project_id == story.project_id, CopyKey.key.in_(keys), CopyKey.story_id != story.id)
        .distinct()
        .order_by(CopyKey.story_id)
        .limit(_TRIED)
    )
    own = shingles_of(story.text)
    for other_id, text in session.execute(
        select(Story.id, Story.text)
        .where(Story.id.in_(shared), Story.state != "withdrawn")
        .order_by(Story.id)
    ):
        if resemblance(own, shingles_of(text)) >= LEAST:
            found = session.get(Likeness, other_id)
            return found.first_id if found else int(other_id)
    return None


def _join(session: Session, story: Story, first_id: int) -> None:
    """Put *story* into the group that *first_id* begins."""
    first = session.get_one(Story, first_id)
    if session.get(Likeness, first_id) is None:
        session.add(Likeness(story_id=first_id, first_id=first_id))
        first.noticed = with_bit(first.noticed, "copy", True)
    session.add(Likeness(story_id=story.id, first_id=first_id))
    story.noticed = with_bit(story.noticed, "copy", True)
    session.flush()
