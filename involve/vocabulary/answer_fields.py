"""What may differ from teller to teller in an answer to many: a short list, and nothing of the story."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class AnswerField:
    """A place in an answer that is filled for each teller. It may be written in either language: `word` has both.

    `shared` is the same for everybody, so it may stand in what is public.
    """

    id: str
    word: Bilingual
    name: Bilingual
    shared: bool


def _field(id_: str, cy: str, name_cy: str, name_en: str, shared: bool = False) -> AnswerField:
    return AnswerField(id_, Bilingual(cy, id_), Bilingual(name_cy, name_en), shared)


ANSWER_FIELDS: tuple[AnswerField, ...] = (
    _field("reference", "cyfeirnod", "Cyfeirnod y stori", "The reference of the story"),
    _field("told_on", "dyddiad", "Y diwrnod y daeth y stori i law", "The day on which the story came in"),
    _field("project", "prosiect", "Enw’r prosiect", "The name of the project", shared=True),
    _field("body", "corff", "Enw’r corff", "The name of the body", shared=True),
    _field(
        "decision",
        "penderfyniad",
        "Teitl y penderfyniad, mewn ateb am benderfyniad",
        "The title of the decision, in an answer about a decision",
        shared=True,
    ),
)


def find_answer_field(word: str) -> AnswerField | None:
    """Return the field that *word* names in either language, in whatever case; None where there is none."""
    plain = word.strip().casefold()
    return next((each for each in ANSWER_FIELDS if plain in (each.word.cy, each.word.en)), None)
