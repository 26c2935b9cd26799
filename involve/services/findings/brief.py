"""A brief on a finding: counts, how strong it is, people's own words, what is against it, who is missing, what came.

Nothing of it is written by a machine: it holds counts and quotations, and the templates hold the sentences.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Project
from involve.services.codebook.names import name_themes
from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.searching import MOST_READ
from involve.services.findings.choices import Choice, leave_out, list_choices
from involve.services.findings.looked_at import look_at
from involve.services.findings.passages import Passage, choose_passages
from involve.services.findings.periods import Period, compare_periods
from involve.services.findings.strength import Counts, Strength, count_borne, measure_strength
from involve.services.missing.views import ToReach, list_to_reach, show_missing
from involve.services.projects.projects import find_project
from involve.services.returns.done import Done, PublicReply, find_undecided, list_done, list_replies
from involve.text.query import read_query
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of

Change = Literal["more", "fewer", "alike", "few", "first", "none"]
# Below which nothing is called typical, and no change is looked for.
FEW = 5
MOST_TYPICAL, MOST_CONTRARY = 4, 3
MOST_GOALS, MOST_MISSING, MOST_DONE = 3, 5, 5


@dataclass(frozen=True, slots=True)
class Absent:
    """Who was heard least by the project, or by the whole site: never by a narrower choice.

    `taken_on` is the month of the count, None where none was made; `enough`: whether anything can be said.
    """

    taken_on: date | None
    enough: bool
    least: tuple[ToReach, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """What came of what people said to one project, the newest first, at most so many; `more` says how many more."""

    project: Bilingual
    done: tuple[Done, ...]
    more: int
    replies: tuple[PublicReply, ...]
    undecided: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a brief says as of a day. `came` is None where no project was asked for.

    Where few fit, `wider` says how many would without each one of the choices, the most first; else it is empty.
    `invented`: all or some of the stories that fit are of a demonstration. `topics` are what the search also
    found; a phrase was looked for in the `cut` newest stories that have its words (0: in all).
    """

    wanted: EvidenceFilter
    choices: tuple[Choice, ...]
    wider: tuple[tuple[Choice, int], ...]
    on_day: date
    projects: tuple[tuple[str, Bilingual, int], ...]
    invented: bool
    cut: int
    topics: tuple[Bilingual, ...]
    goals: Counts
    strength: Strength
    opposite: str | None
    against: int
    typical: tuple[Passage, ...]
    contrary: tuple[Passage, ...]
    periods: tuple[Period, ...]
    absent: Absent
    came: Came | None

    @property
    def total(self) -> int:
        """How many published stories fit."""
        return self.strength.total

    @property
    def few(self) -> bool:
        """Whether they are too few to say what is typical or changing."""
        return self.total < FEW

    @property
    def change(self) -> Change:
        """Whether there are more or fewer stories than in the period before by more than chance; first: none before.

        Counts of what happens by itself vary by their root (Poisson), so the difference of two by that of their sum.
        """
        if len(self.periods) < 2:
            return "none"
        now, before = (each.total for each in self.periods)
        if now + before < FEW:
            return "few"
        if not before:
            return "first"
        if abs(now - before) <= 2 * math.sqrt(now + before):
            return "alike"
        return "more" if now > before else "fewer"

    @property
    def cited(self) -> tuple[Passage, ...]:
        """All passages, each once."""
        return tuple({each.reference: each for each in (*self.typical, *self.contrary)}.values())


def write_brief(session: Session, wanted: EvidenceFilter, now: datetime) -> Brief:
    """Return the brief on what *wanted* fixes; the same stories on the same day give the same brief.

    The number of queries does not grow with the stories, and at most so many of them are read (`looked_at`).

    Raises:
        NotFound: there is no such project.
    """
    today, choosing = day_of(now), Choosing(session)
    looked = look_at(session, choosing, wanted)
    slugs = [
        (choosing.slugs[number], count) for number, count in count_borne(choosing, "project", looked.fitting)
    ]
    asked = [wanted.project] if wanted.project else []
    named = _name(session, [*asked, *(slug for slug, _count in slugs)])
    choices = list_choices(
        wanted,
        {slug: name for slug, (name, _demonstration) in named.items()},
        name_themes(session, [wanted.theme] if wanted.theme else []),
    )
    return Brief(
        wanted=wanted,
        choices=choices,
        wider=_widen(choosing, wanted, choices) if len(looked.fitting) < FEW else (),
        on_day=today,
        projects=tuple((slug, named[slug][0], count) for slug, count in slugs if slug in named),
        invented=any(demonstration for _name, demonstration in named.values()),
        cut=MOST_READ if wanted.words.strip() and choosing.holding(wanted.words).cut else 0,
        topics=tuple(each.name for each in read_query(wanted.words).topics),
        goals=count_borne(choosing, "goal", looked.fitting)[:MOST_GOALS],
        strength=measure_strength(choosing, wanted, looked, today),
        opposite=looked.opposite,
        against=len(looked.against),
        typical=choose_passages(looked.typical, wanted, MOST_TYPICAL),
        contrary=choose_passages(looked.contrary, wanted, MOST_CONTRARY),
        periods=compare_periods(choosing, wanted, today),
        absent=_find_absent(session, wanted.project),
        came=_find_came(session, wanted.project, today),
    )


def _widen(
    choosing: Choosing, wanted: EvidenceFilter, choices: Sequence[Choice]
) -> tuple[tuple[Choice, int], ...]:
    counted = ((each, len(choosing.fitting(leave_out(wanted, each.kind)))) for each in choices)
    here = len(choosing.fitting(wanted))
    return tuple(sorted((each for each in counted if each[1] > here), key=lambda each: -each[1]))


def _name(session: Session, slugs: Sequence[str]) -> dict[str, tuple[Bilingual, bool]]:
    """Return the names of projects by slug, and whether each is a demonstration."""
    rows = session.execute(
        select(Project.slug, Project.name_cy, Project.name_en, Project.demonstration).where(
            Project.slug.in_(slugs)
        )
    )
    return {slug: (Bilingual(cy, en), demonstration) for slug, cy, en, demonstration in rows}


def _find_absent(session: Session, slug: str | None) -> Absent:
    missing = show_missing(session, slug)
    enough = any(part.mix.enough for part in missing.parts)
    return Absent(missing.taken_on, enough, list_to_reach(missing)[:MOST_MISSING])


def _find_came(session: Session, slug: str | None, today: date) -> Came | None:
    if slug is None:
        return None
    row = find_project(session, slug)
    done = list_done(session, [row.id])[row.id]
    return Came(
        Bilingual(row.name_cy, row.name_en),
        done[:MOST_DONE],
        max(len(done) - MOST_DONE, 0),
        list_replies(session, [row.id], most=1)[row.id],
        find_undecided(session, [row.id], today)[row.id],
    )
