"""What was asked, said and done in a project, on the days when it was: all of it public elsewhere already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pyroaring import BitMap
from sqlalchemy.orm import Session

from involve.services.evidence.facet_index import FacetIndex
from involve.services.pictures.over_time import OverTime, count_over_time
from involve.services.projects.projects import get_project
from involve.services.returns.done import Done, list_done, list_replies
from involve.vocabulary.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Asked:
    """A stage: what it asks, from when to when; `closes_on` is None where it stays open."""

    kind: str
    question: Bilingual
    opens_on: date
    closes_on: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done on a day: an answer in public, a decision, or what came of one.

    `title` is that of the decision, None for an answer; `status` how it stands since (an id of vocabulary.outcomes).
    """

    kind: Literal["reply", "decision", "outcome"]
    on_day: date
    decision: int | None
    title: Bilingual | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """One project's time: its stages, the stories that were published, and what was done, the first first."""

    slug: str
    name: Bilingual
    today: date
    asked: tuple[Asked, ...]
    said: OverTime
    done: tuple[Step, ...]

    def count(self, kind: str) -> int:
        """Return how many steps of a kind there are."""
        return sum(step.kind == kind for step in self.done)


def show_timeline(session: Session, index: FacetIndex, fitting: BitMap, slug: str, today: date) -> Timeline:
    """Return the time of a project; of its stories the *fitting* ones.

    Raises:
        NotFound: there is no such project.
    """
    project = get_project(session, slug, today)
    asked = tuple(Asked(each.kind, each.question, each.opens_on, each.closes_on) for each in project.stages)
    steps = [
        Step("reply", each.written_on, None, None, None)
        for each in list_replies(session, [project.id])[project.id]
    ]
    for done in list_done(session, [project.id])[project.id]:
        steps += _steps(done)
    return Timeline(
        slug,
        project.name,
        today,
        tuple(sorted(asked, key=lambda each: each.opens_on)),
        count_over_time(index, fitting),
        tuple(sorted(steps, key=lambda step: step.on_day)),
    )


def _steps(done: Done) -> Iterator[Step]:
    yield Step("decision", done.decided_on, done.id, done.title, None)
    for outcome in reversed(done.outcomes):
        yield Step("outcome", outcome.on_day, done.id, done.title, outcome.status)
