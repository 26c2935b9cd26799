"""How many others said something like it, in each language and place, and a few of them to read.

What is alike is published: it shares a goal or a theme with the teller's story, or stands with it in a theme that
people made. The teller's own story need not be public, and what it is about is told to nobody else.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select, tuple_
from sqlalchemy.orm import Session, selectinload

from involve.models import Project, Publication, PublicationTag, Theme, ThemePassage
from involve.services.account.suppression import FEWEST, Sum, hide
from involve.services.publishing.keys import decode_keys
from involve.services.tellers.my_story import MyStory
from involve.text.sameness import Candidate, rank_candidates
from involve.vocabulary.days import day_of

MOST = 3
# The newest of those that may be quoted are compared word by word.
LOOKED_AT = 200
ALIKE_BY = ("goal", "theme")
Concept = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LikeStory:
    """A published story that may be quoted, to be read: its words, and where it stands."""

    reference: str
    text: str
    language: str
    area: str | None
    on: date


@dataclass(frozen=True, slots=True)
class LikeMine:
    """How many published stories are like the teller's. `total` is None where they are fewer than five, and some.

    `languages` and `areas` (GSS codes) hold the numbers that may be shown, largest first; numbers under five, and such
    as would give one of these away, are in none of it. `newer`: some were published since the teller was here.
    """

    total: int | None
    concepts: tuple[Concept, ...]
    languages: tuple[tuple[str, int], ...]
    areas: tuple[tuple[str, int], ...]
    newer: bool
    stories: tuple[LikeStory, ...]


def show_like_mine(session: Session, mine: MyStory) -> LikeMine:
    """Return what is like the teller's story, in two queries however much there is."""
    concepts = tuple(
        (tag.scheme, tag.concept) for tag in mine.tags if tag.scheme in ALIKE_BY and tag.verdict != "rejected"
    )
    condition = _is_like(mine, concepts)
    rows = session.execute(_count_like(condition, mine.since)).all()
    languages: Counter[str] = Counter()
    areas: Counter[str | None] = Counter()
    for language, area, number, _newer in rows:
        languages[language] += number
        areas[area] += number
    total, shown_languages, shown_areas = show_numbers(languages, areas)
    candidates = session.scalars(
        select(Publication)
        .where(condition, Publication.quotable)
        .options(selectinload(Publication.tags))
        .order_by(Publication.id.desc())
        .limit(LOOKED_AT)
    ).all()
    stories = tuple(_story(each) for each in _likest(mine, concepts, candidates))
    newer = any(row.newer for row in rows)
    return LikeMine(total, concepts, shown_languages, shown_areas, newer, stories)


def show_numbers(
    languages: Counter[str], areas: Counter[str | None]
) -> tuple[int | None, tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    """Return the total, and the numbers by language and by area, as far as they tell of nobody.

    The total is 0 where there is nobody, and None where it must not be told. None among the areas: no place was said.
    """
    total = languages.total()
    if total < FEWEST:
        return (None if total else 0), (), ()
    by_language = {f"language:{name}": number for name, number in languages.items()}
    by_area = {f"area:{name or ''}": number for name, number in areas.items()}
    sums = [Sum("total", tuple(by_language)), Sum("total", tuple(by_area))]
    # Where no place was said is never shown, so it goes first where another number needs cover.
    last = frozenset({"total", *by_language, *by_area} - {"area:"})
    hidden = hide({"total": total, **by_language, **by_area}, sums, last)
    named = {name: number for name, number in areas.items() if name is not None}
    return (
        None if "total" in hidden else total,
        _largest_first({name: n for name, n in languages.items() if f"language:{name}" not in hidden}),
        _largest_first({name: n for name, n in named.items() if f"area:{name}" not in hidden}),
    )


def _largest_first(numbers: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0])))


def _is_like(mine: MyStory, concepts: Sequence[Concept]) -> ColumnElement[bool]:
    """Return the condition that a `Publication` is like the story, and is not its own published form."""
    tagged = select(PublicationTag.publication_id).where(
        tuple_(PublicationTag.scheme, PublicationTag.concept).in_(concepts)
    )
    # What was merged into a theme is part of it.
    root = func.coalesce(Theme.merged_into_id, Theme.id)
    own = (
        select(root)
        .join(ThemePassage, ThemePassage.theme_id == Theme.id)
        .join(Publication, Publication.id == ThemePassage.publication_id)
        .where(Publication.story_id == mine.id)
    )
    grouped = (
        select(ThemePassage.publication_id)
        .join(Theme, Theme.id == ThemePassage.theme_id)
        .where(root.in_(own))
    )
    # Invented stories are never told to be people who said the same.
    real = select(Project.id).where(
        Project.demonstration
        == select(Project.demonstration).where(Project.slug == mine.project_slug).scalar_subquery()
    )
    return (
        (Publication.story_id != mine.id)
        & Publication.project_id.in_(real)
        & or_(Publication.id.in_(tagged), Publication.id.in_(grouped))
    )


def _count_like(condition: ColumnElement[bool], since: datetime) -> "Select[Any, Any, int, int]":
    """Select how many there are of each language and area, and how many of these were published since."""
    newer = func.sum(case((Publication.published_at > since, 1), else_=0)).label("newer")
    return (
        select(Publication.language, Publication.area, func.count(), newer)
        .where(condition)
        .group_by(Publication.language, Publication.area)
    )


def _likest(mine: MyStory, concepts: Sequence[Concept], rows: Sequence[Publication]) -> Sequence[Publication]:
    """Return those whose words are likest, then those that share most of what the story is about."""
    wanted = frozenset(concepts)
    candidates = [
        Candidate(decode_keys(each.keys), frozenset((tag.scheme, tag.concept) for tag in each.tags))
        for each in rows
    ]
    by_words = rank_candidates(mine.text, wanted, candidates, MOST)
    by_tags = sorted(range(len(rows)), key=lambda place: -len(wanted & candidates[place].concepts))
    return [rows[place] for place in list(dict.fromkeys([*by_words, *by_tags]))[:MOST]]


def _story(row: Publication) -> LikeStory:
    return LikeStory(row.reference, row.text, row.language, row.area, day_of(row.published_at))
