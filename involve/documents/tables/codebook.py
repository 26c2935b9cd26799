"""The codebook of a file: what each column and each of its values means, in Welsh and in English."""

from collections.abc import Iterator

from involve.vocabulary.areas import AREAS
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.exports import CODEBOOK_COLUMNS, GUARD, STORY_COLUMNS, TAG_COLUMNS
from involve.vocabulary.goals import GOALS
from involve.vocabulary.states import LANGUAGES, STANCES, TOLD_AS
from involve.vocabulary.ways import WAYS

NOTHING = Bilingual("", "")


def codebook_rows() -> Iterator[list[str]]:
    """Yield the rows of the codebook, its heading first: columns, then the values that they can hold."""
    yield list(CODEBOOK_COLUMNS)
    for sheet, columns in (("stories", STORY_COLUMNS), ("tags", TAG_COLUMNS)):
        for column in columns:
            yield _row(f"{sheet}.{column.id}", "", NOTHING, column.name)
    yield _row(f"stories.{GUARD.id}", "'", NOTHING, GUARD.name)
    for column, terms in (("language", LANGUAGES), ("told_as", TOLD_AS), ("stance", STANCES)):
        for each in terms:
            yield _row(column, each.id, each.name)
    for scheme, concepts in (("goal", GOALS), ("way", WAYS)):
        for concept in concepts:
            yield _row(scheme, concept.id, concept.name, concept.gloss)
    for area in AREAS:
        yield _row("area", area.gss, area.name)


def _row(column: str, value: str, name: Bilingual, meaning: Bilingual = NOTHING) -> list[str]:
    """Return one line of the codebook."""
    return [column, value, name.cy, name.en, meaning.cy, meaning.en]
