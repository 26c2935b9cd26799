"""Projects and stages as anyone may see them, made from their rows and the day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from involve.models import Project, Stage
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import ENDLESS, day_of, period_ends

Progress = Literal["past", "open", "coming"]


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage as anyone may see it. `kind` is an id of vocabulary.stages, `ladder` and `rung` of vocabulary.ladders."""

    id: int
    kind: str
    progress: Progress
    ladder: str
    rung: str
    question: Bilingual
    undecided: Bilingual
    decided: Bilingual
    opens_on: date
    # None where it stays open until somebody ends it.
    closes_on: date | None
    # Of a continuous dialogue: when somebody who tells their story today has an answer at the latest.
    answer_by: date
    # When the body next says in public what it heard or decided.
    report_by: date
    # Of a continuous dialogue: how soon each story is answered, and every how many months the body reports.
    answer_days: int | None = None
    report_months: int | None = None
    invited: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project as anyone may see it. `current` is the open stage, else the next, else the last."""

    id: int
    slug: str
    name: Bilingual
    summary: Bilingual
    body: Bilingual
    demonstration: bool
    stages: tuple[StageView, ...]
    current: StageView
    # What the problem is, who says so, and why people are asked again; None where that was not said.
    problem: Bilingual | None = None
    source: Bilingual | None = None
    again: Bilingual | None = None
    archived_on: date | None = None
    # Ids of the goals that it serves, the body's objectives, and who helps to reach people with what.
    goals: tuple[str, ...] = ()
    aims: Bilingual | None = None
    partners: Bilingual | None = None
    outreach_hours: int | None = None
    outreach_pounds: int | None = None
    # On the public list of projects.
    listed: bool = True

    @property
    def open(self) -> bool:
        """Whether the project takes stories now."""
        return self.current.progress == "open"


def view_project(row: Project, today: date) -> ProjectView:
    """Return the public value of a project row."""
    stages = tuple(view_stage(stage, today) for stage in row.stages)
    rank = {"open": 0, "coming": 1, "past": 2}
    # The last of the past stages, the first of those to come.
    current = min(
        stages,
        key=lambda s: (
            rank[s.progress],
            -s.opens_on.toordinal() if s.progress == "past" else s.opens_on.toordinal(),
        ),
    )
    return ProjectView(
        row.id,
        row.slug,
        Bilingual(row.name_cy, row.name_en),
        Bilingual(row.summary_cy, row.summary_en),
        Bilingual(row.body.name_cy, row.body.name_en),
        row.demonstration,
        stages,
        current,
        _said(row.problem_cy, row.problem_en),
        _said(row.source_cy, row.source_en),
        _said(row.again_cy, row.again_en),
        day_of(row.archived_at) if row.archived_at else None,
        tuple(row.goals),
        _said(row.aims_cy, row.aims_en),
        _said(row.partners_cy, row.partners_en),
        row.outreach_hours,
        row.outreach_pounds,
        row.listed,
    )


def _said(cy: str | None, en: str | None) -> Bilingual | None:
    return Bilingual(cy, en) if cy and en else None


def view_stage(row: Stage, today: date) -> StageView:
    """Return the public value of a stage row."""
    return StageView(
        row.id,
        row.kind,
        progress_of(row, today),
        row.ladder,
        row.rung,
        Bilingual(row.question_cy, row.question_en),
        Bilingual(row.undecided_cy, row.undecided_en),
        Bilingual(row.decided_cy, row.decided_en),
        row.opens_on,
        None if row.closes_on == ENDLESS else row.closes_on,
        answer_day(row, today),
        report_day(row, today),
        row.answer_days,
        row.report_months,
        _said(row.invited_cy, row.invited_en),
    )


def progress_of(stage: Stage, today: date) -> Progress:
    """Say where *today* stands to the stage; its closing day still counts as open."""
    if today < stage.opens_on:
        return "coming"
    return "open" if today <= stage.closes_on else "past"


def report_day(row: Stage, today: date) -> date:
    """Return when the body next reports on a stage: its answer date, or the end of the period that *today* is in."""
    if row.report_months is None:
        return row.answer_by
    return period_ends(row.opens_on, row.report_months, row.answer_by, today)[-1]


def answer_day(row: Stage, told_on: date) -> date:
    """Return when a story told on that day has an answer at the latest: in a continuous dialogue, days after it."""
    return row.answer_by if row.answer_days is None else told_on + timedelta(days=row.answer_days)
