"""Who has not been heard, by a project or the whole site: worked out from numbers that are public, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import HeardCount, HeardSnapshot, Project, Publication
from involve.services.missing.figures import Finding, Group, Mix, compare_mix
from involve.services.missing.releasing import MOST_HIDDEN
from involve.vocabulary.about import AREA, QUESTIONS, Question, find_shares
from involve.vocabulary.areas import AREAS
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.bodies import find_body
from involve.vocabulary.partners import Partner, partners_for
from involve.vocabulary.terms import find

Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Part:
    """One question. `areas` are those that the census shares are of; none: all Wales."""

    question: Question
    areas: tuple[str, ...]
    mix: Mix


@dataclass(frozen=True, slots=True)
class Missing:
    """All questions, for a project (slug and name) or the whole site, as of the last snapshot (None: none yet)."""

    slug: str | None
    name: Bilingual | None
    demonstration: bool
    taken_on: date | None
    areas: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ToReach:
    """A group to reach out to, with kinds of partners who may know its people."""

    question: Question
    name: Bilingual
    group: Group
    partners: tuple[Partner, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """Who is missing, in a line: names of the groups least heard; `enough` says whether anything can be said."""

    slug: str | None
    enough: bool
    names: tuple[Bilingual, ...]


def show_missing(session: Session, slug: str | None = None) -> Missing:
    """Return who has not been heard by the project, or by all of the site.

    Places are those of published stories, which anybody can count, and where tellers without one say they live.

    Raises:
        NotFound: there is no such project.
    """
    project = _find(session, slug)
    areas = _areas_of(project)
    counts, hidden = _read_counts(session, project)
    places = {(AREA, area): number for area, number in _count_places(session, project).items()}
    heard = {key: counts.get(key, 0) + places.get(key, 0) for key in chain(counts, places)}
    asked = [each for each in QUESTIONS if each.id != AREA or len(areas) != 1]
    return Missing(
        slug=slug,
        name=Bilingual(project.name_cy, project.name_en) if project else None,
        demonstration=project is not None and project.demonstration,
        taken_on=session.scalar(select(func.max(HeardSnapshot.month))),
        areas=areas,
        parts=tuple(_part(each, areas, heard, hidden) for each in asked),
    )


def list_to_reach(missing: Missing, finding: Finding = "under") -> tuple[ToReach, ...]:
    """Return the groups with that finding, the least heard first, each with whom to ask."""
    found = [
        ToReach(
            part.question,
            find(part.question.groups, group.id).name,
            group,
            partners_for(part.question.id, group.id),
        )
        for part in missing.parts
        for group in part.mix.groups
        if group.finding == finding
    ]
    return tuple(sorted(found, key=lambda each: (each.group.ratio, each.group.id)))


def headline(session: Session, slug: str | None = None, most: int = 3) -> Headline:
    """Return who is missing in a line, by what tellers say of themselves; for the site by one query.

    Raises:
        NotFound: there is no such project.
    """
    project = _find(session, slug)
    counts, hidden = _read_counts(session, project)
    areas = _areas_of(project)
    parts = [_part(each, areas, counts, hidden) for each in QUESTIONS if each.id != AREA]
    under = sorted(
        (
            (group.ratio, find(part.question.groups, group.id).name)
            for part in parts
            for group in part.mix.under
        ),
        key=lambda each: each[0],
    )
    names = tuple(name for _ratio, name in under[:most])
    return Headline(slug, any(part.mix.enough for part in parts), names)


def _part(question: Question, areas: tuple[str, ...], heard: Counts, hidden: int) -> Part:
    shares = find_shares(question.id, areas)
    numbers = {name: heard.get((question.id, name), 0) for name in shares.of}
    return Part(question, shares.areas, compare_mix(numbers, shares.of, hidden))


def _find(session: Session, slug: str | None) -> Project | None:
    if slug is None:
        return None
    project = session.scalar(select(Project).where(Project.slug == slug)) if "\0" not in slug else None
    if project is None:
        raise NotFound(slug)
    return project


def _areas_of(project: Project | None) -> tuple[str, ...]:
    """Return the areas that the body of a project serves; none where that is all Wales or not known."""
    if project is None or project.body.register_id is None:
        return ()
    try:
        areas = find_body(project.body.register_id).areas
    except NotFound:
        return ()
    return areas if 0 < len(areas) < len(AREAS) else ()


def _read_counts(session: Session, project: Project | None) -> tuple[Counts, int]:
    """Return the sums of all snapshots, and how many answers of a group are at most in no number; by one query.

    Those of the site are the sums of what its projects show. Four may wait in each project, and of a project four more
    for each year in which what waited there was gathered with that of others.
    """
    gathered = select(func.count(HeardCount.month.distinct())).where(HeardCount.project_id.is_(None))
    times = select(func.count()).select_from(Project) if project is None else gathered
    wanted = select(
        HeardCount.question, HeardCount.answer, func.sum(HeardCount.number), times.scalar_subquery()
    )
    if project is not None:
        wanted = wanted.where(HeardCount.project_id == project.id)
    rows = session.execute(wanted.group_by(HeardCount.question, HeardCount.answer)).all()
    most = max((int(times) for *_row, times in rows), default=0) + (project is not None)
    return {(question, answer): int(number) for question, answer, number, _times in rows}, MOST_HIDDEN * most


def _count_places(session: Session, project: Project | None) -> dict[str, int]:
    """Return how many published stories have each place."""
    wanted = select(Publication.area, func.count()).where(Publication.area.is_not(None))
    if project is not None:
        wanted = wanted.where(Publication.project_id == project.id)
    rows = session.execute(wanted.group_by(Publication.area))
    return {area or "": number for area, number in rows}
