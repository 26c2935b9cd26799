"""The four stages of a project at which people can be involved."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import read_entries
from involve.vocabulary.provenance import Named
from involve.vocabulary.terms import find


@dataclass(frozen=True, kw_only=True, slots=True)
class StageKind(Named):
    """A stage of the cycle; a project's own stage is one of these kinds. `question` is what it asks of a body."""

    order: int
    gloss: Bilingual
    question: Bilingual


STAGES: tuple[StageKind, ...] = tuple(
    StageKind(
        **entry.named(),
        order=entry.number("order"),
        gloss=entry.bilingual("gloss"),
        question=entry.bilingual("question"),
    )
    for entry in read_entries("stages", "stage")
)


def find_stage(stage_id: str) -> StageKind:
    """Return the kind of stage with that id.

    Raises:
        NotFound: there is none.
    """
    return find(STAGES, stage_id)
