"""The clock of a project: when it ends, and when original words have been kept long enough."""

from datetime import date

from involve.models import Privacy, Project, Stage
from involve.services.projects.project_views import answer_day
from involve.vocabulary.days import ENDLESS, add_months


def ends_on(project: Project) -> date | None:
    """Return the day by which the last stage of a project is answered; None while a dialogue has no end."""
    last = max((stage.answer_by for stage in project.stages), default=ENDLESS)
    return None if last == ENDLESS else last


def erased_on(project: Project, privacy: Privacy) -> date | None:
    """Return the day on which the original words of a project are erased; None where that follows each story."""
    last = ends_on(project)
    return add_months(last, privacy.keep_months) if last else None


def story_erased_on(project: Project, stage: Stage, told_on: date, privacy: Privacy) -> date:
    """Return the day on which the original words of a story told in *stage* on that day are erased.

    While a project goes on without an end, each story has a clock of its own, from the day by which it is answered.
    """
    whole = erased_on(project, privacy)
    if whole is not None:
        return whole
    last = answer_day(stage, told_on)
    return ENDLESS if last == ENDLESS else add_months(last, privacy.keep_months)
