"""Where a project stands, for the picture on each of its pages: how much say people have, and what they can do."""

from dataclasses import dataclass

from involve.services.projects.project_views import ProjectView
from involve.vocabulary.duties import POWERS_OF, Power
from involve.vocabulary.influence import INFLUENCES, Influence
from involve.vocabulary.ladders import find_rung
from involve.vocabulary.stages import STAGES, StageKind


@dataclass(frozen=True, slots=True)
class Standing:
    """The levels of influence from the lowest up, the present one, and the stages with the present one.

    `powers` is what people can do now: nothing where no stage is open.
    """

    levels: tuple[Influence, ...]
    level: str
    stages: tuple[StageKind, ...]
    stage: str
    powers: tuple[Power, ...]


def standing(project: ProjectView) -> Standing:
    """Return where a project stands."""
    stage = project.current
    level = find_rung(stage.ladder, stage.rung).influence
    planned = {each.kind for each in project.stages}
    return Standing(
        levels=tuple(each for each in INFLUENCES if each.order),
        level=level,
        stages=tuple(each for each in STAGES if each.id in planned),
        stage=stage.kind,
        powers=POWERS_OF[level] if project.open else (),
    )
