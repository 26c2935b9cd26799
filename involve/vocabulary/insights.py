"""What can be said of an insight: about how many people, how directly it was heard, and what came of it."""

from dataclasses import dataclass

from involve.errors import NotFound
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import Term, find, term


@dataclass(frozen=True, slots=True)
class Band:
    """About how many people; `least` and `most` are the ends, both included, `most` None where there is none."""

    id: str
    name: Bilingual
    least: int
    most: int | None


BANDS: tuple[Band, ...] = (
    Band("one", Bilingual("Un person", "One person"), 1, 1),
    Band("few", Bilingual("2–5 o bobl", "2–5 people"), 2, 5),
    Band("some", Bilingual("6–20 o bobl", "6–20 people"), 6, 20),
    Band("many", Bilingual("Mwy nag 20 o bobl", "More than 20 people"), 21, None),
)

HOW: tuple[Term, ...] = (
    term("own", "Rwy’n ei glywed fy hun", "I hear it myself"),
    term("colleague", "Cydweithiwr sy’n dweud wrtha i", "A colleague tells me"),
    term("several", "Mae sawl un ohonom yn ei glywed", "Several of us hear it"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an insight. `reached`: it has reached a decision; `why`: whoever answers has to say why."""

    id: str
    name: Bilingual
    reached: bool = False
    why: bool = False


OUTCOMES: tuple[Outcome, ...] = (
    Outcome("heard", Bilingual("Wedi’i glywed", "Heard")),
    Outcome("looking", Bilingual("Yn cael ei ystyried", "Being looked into")),
    Outcome("decided", Bilingual("Wedi cyrraedd penderfyniad", "Reached a decision"), reached=True),
    Outcome("changed", Bilingual("Mae rhywbeth wedi newid", "Something changed"), reached=True),
    Outcome("cannot", Bilingual("Ni ellir ei wneud", "Cannot be done"), why=True),
)
REACHED: tuple[str, ...] = tuple(each.id for each in OUTCOMES if each.reached)

VERDICTS: tuple[Term, ...] = (
    term("same", "Yr un peth", "The same thing"),
    term("different", "Nid yr un peth", "Not the same"),
)


def find_band(band_id: str) -> Band:
    """Return the band with that id.

    Raises:
        NotFound: there is none.
    """
    return find(BANDS, band_id)


def band_of(people: int) -> str:
    """Return the id of the band that a number of people, from 1, falls into."""
    for band in BANDS:
        if people >= band.least and (band.most is None or people <= band.most):
            return band.id
    raise NotFound(str(people))


def find_how(how_id: str) -> Term:
    """Return the words for how directly something was heard.

    Raises:
        NotFound: there is no such way.
    """
    return find(HOW, how_id)


def find_insight_outcome(outcome_id: str) -> Outcome:
    """Return what can come of an insight.

    Raises:
        NotFound: there is no such outcome.
    """
    return find(OUTCOMES, outcome_id)
