"""What tellers said their stories mean, for those who read them: by signifier, for one group or two side by side."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, func, select, true
from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import Signification, Signifier, Stage, Story
from involve.services.evidence.counted import still_counts
from involve.services.projects.projects import find_project
from involve.services.projects.signifiers import (
    Signified,
    SignifierView,
    Triple,
    list_signifiers,
    read_signified,
)
from involve.services.staff.access import Actor, require
from involve.vocabulary.bilingual import Bilingual

ROWS = 5  # of cells along each side of a triangle
_MOSTLY, _SOME = (
    60,
    20,
)  # per cent from which a story lies "mostly" at a corner, and from which a corner has a part
# What people may be grouped by; the rest of the group's id is a value of that column.
GROUPS = ("language", "area", "told_as")


@dataclass(frozen=True, slots=True)
class Meant:
    """What the teller of one story, known to staff by its reference, answered."""

    reference: str
    said: Signified


@dataclass(frozen=True, slots=True)
class Meaning:
    """The answers of a group to one signifier. `asked` counts the stories of the group, answered or not."""

    signifier: SignifierView
    meant: tuple[Meant, ...]
    unfit: int
    asked: int

    def count(self) -> Counter[str]:
        """Return how many answers lie in each place."""
        return Counter(place for each in self.meant for place in places_of(each.said))

    def at(self, place: str) -> tuple[Meant, ...]:
        """Return the answers in a cell, a zone, a tenth of a scale or a choice."""
        return tuple(each for each in self.meant if place in places_of(each.said))


def list_meanings(
    session: Session, actor: Actor, slug: str, stage_id: int, group: str = ""
) -> tuple[Meaning, ...]:
    """Return what a group of tellers answered in a stage; *group* is 'language:cy' and so on, '' for everyone.

    Raises:
        NotFound, NotAllowed: there is no such project, stage or group, or no grant covers it.
    """
    project = find_project(session, slug)
    require(actor, "read_queue", project)
    stage = session.get(Stage, stage_id)
    if stage is None or stage.project_id != project.id:
        raise NotFound("stage")
    where = (Story.stage_id == stage_id, still_counts(), _of_group(group))
    asked = session.scalar(select(func.count()).select_from(Story).where(*where)) or 0
    rows = session.execute(
        select(Signification, Story.reference)
        .join(Story, Story.id == Signification.story_id)
        .where(*where)
        .order_by(Story.id)
    ).all()
    return tuple(_meaning(signifier, rows, asked) for signifier in list_signifiers(session, stage_id))


def list_signified_stages(session: Session, actor: Actor) -> tuple[tuple[str, int, Bilingual], ...]:
    """Return (slug, stage id, project's name) of the stages that ask about meaning and whose stories *actor* reads."""
    asks = select(Signifier.id).where(Signifier.stage_id == Stage.id).exists()
    stages = session.scalars(select(Stage).where(asks).order_by(Stage.id))
    return tuple(
        (project.slug, stage.id, Bilingual(project.name_cy, project.name_en))
        for stage in stages
        if actor.may("read_queue", (project := stage.project).body_id, project.id)
    )


def list_groups(session: Session, actor: Actor, slug: str, stage_id: int) -> tuple[str, ...]:
    """Return the groups that have a story in a stage.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
    """
    require(actor, "read_queue", find_project(session, slug))
    found = []
    for name in GROUPS:
        column = getattr(Story, name)
        where = (Story.stage_id == stage_id, still_counts(), column.is_not(None))
        values = session.scalars(select(column).where(*where).distinct().order_by(column))
        found += [f"{name}:{value}" for value in values]
    return tuple(found)


def places_of(said: Signified) -> frozenset[str]:
    """Return the ids of the places where an answer lies: cell and zone of a triangle, tenth of a scale, choice."""
    if said.triad is not None:
        return frozenset({cell_of(said.triad), zone_of(said.triad)})
    if said.place is not None:
        return frozenset({f"tenth-{said.place // 10}"})
    return frozenset({f"answer-{said.answer}"}) if said.answer else frozenset()


def cell_of(triad: Triple) -> str:
    """Return the small triangle in which a spot lies, as 'cell-i-j-k': how many rows it is from each side.

    i + j + k is ROWS - 1 where it points upwards, ROWS - 2 where it points down. A spot on a line belongs to the cell
    nearer the later corner.
    """
    steps = [share * ROWS // 100 for share in triad]
    while sum(steps) > ROWS - 1:
        steps[next(at for at, step in enumerate(steps) if step)] -= 1
    return "cell-" + "-".join(map(str, steps))


def zone_of(triad: Triple) -> str:
    """Return the part of a triangle in which a spot lies: 'zone-a' (60 % or more), 'zone-ab' (c under 20 %) or all."""
    for name, share in zip("abc", triad, strict=True):
        if share >= _MOSTLY:
            return f"zone-{name}"
    return "zone-" + "".join(name for name, share in zip("abc", triad, strict=True) if share >= _SOME)


def _meaning(signifier: SignifierView, rows: Sequence[Row[Signification, str]], asked: int) -> Meaning:
    own = [
        Meant(reference, read_signified(row)) for row, reference in rows if row.signifier_id == signifier.id
    ]
    fitting = tuple(each for each in own if each.said.fits)
    return Meaning(signifier, fitting, len(own) - len(fitting), asked)


def _of_group(group: str) -> ColumnElement[bool]:
    if not group:
        return true()
    name, _, value = group.partition(":")
    if name not in GROUPS:
        raise NotFound("group")
    condition: ColumnElement[bool] = getattr(Story, name) == value
    return condition
