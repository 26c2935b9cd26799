"""What tellers may say of themselves, in the groups of Census 2021, and what they agree to by saying it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from involve.vocabulary.areas import AREAS, Area, find_area
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import Entry, entries_of, read_file
from involve.vocabulary.demographics import Characteristic, find_characteristic
from involve.vocabulary.terms import Term, find

# Whoever rather does not say so; they are in no number.
UNSAID = Term("unsaid", Bilingual("Mae’n well gen i beidio â dweud", "I would rather not say"))
AREA = "area"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `groups` are those of the census, `answers` the words to choose from, with the same ids."""

    id: str
    name: Bilingual
    words: Bilingual
    hint: Bilingual | None
    groups: tuple[Term, ...]
    answers: tuple[Term, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its groups."""
        return tuple(group.id for group in self.groups)


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the groups among those who live in `areas` (GSS codes; none: all Wales), each from 0 to 1."""

    areas: tuple[str, ...]
    of: Mapping[str, float]


def _question(entry: Entry) -> Question:
    if entry.text("id") == AREA:
        name = Bilingual("Ardal", "Area")
        groups = tuple(Term(area.gss, area.name) for area in AREAS)
    else:
        asked = find_characteristic(entry.text("id"))
        name, groups = asked.name, tuple(Term(each.id, each.name) for each in asked.categories)
    other = {each.text("id"): each.bilingual("name") for each in entry.entries("answer")}
    answers = tuple(Term(group.id, other.get(group.id, group.name)) for group in groups)
    return Question(
        entry.text("id"), name, entry.bilingual("words"), entry.optional_bilingual("hint"), groups, answers
    )


_DATA = read_file("about")
QUESTIONS: tuple[Question, ...] = tuple(map(_question, entries_of(_DATA, "question")))
WORDINGS: Mapping[str, Bilingual] = MappingProxyType(
    {entry.text("since"): entry.bilingual("words") for entry in entries_of(_DATA, "wording")}
)
# The wording that people read now, by its day.
WORDING_NOW: str = max(WORDINGS)


def find_question(question_id: str) -> Question:
    """Return the question with that id.

    Raises:
        NotFound: there is none.
    """
    return find(QUESTIONS, question_id)


def find_shares(question_id: str, areas: tuple[str, ...] = ()) -> Shares:
    """Return what share of the people of those areas is in each group of a question, from Census 2021.

    Area, age and Welsh are known by area. What is known only of all Wales comes for all Wales, and says so.

    Raises:
        NotFound: there is no such question or area.
    """
    within = tuple(find_area(gss) for gss in areas) or AREAS
    if question_id == AREA:
        return _shares(areas, {area.gss: area.population_2021 for area in within})
    asked = find_characteristic(question_id)
    if areas and (counted := _count(asked, within)):
        return _shares(areas, counted)
    return _shares((), {each.id: each.count for each in asked.categories})


def _count(asked: Characteristic, within: tuple[Area, ...]) -> dict[str, int]:
    """Return how many people of those areas are in each group; nothing where only Wales is known."""
    if asked.id == "age":
        return {each.id: sum(area.ages_2021[each.id] for area in within) for each in asked.categories}
    if asked.id == "welsh":
        speak = sum(area.welsh_speakers_2021 for area in within)
        return {"can_speak": speak, "cannot_speak": sum(area.aged_3_plus_2021 for area in within) - speak}
    return {}


def _shares(areas: tuple[str, ...], counts: Mapping[str, int]) -> Shares:
    everyone = sum(counts.values())
    return Shares(areas, MappingProxyType({name: count / everyone for name, count in counts.items()}))
