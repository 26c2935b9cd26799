"""What can come of a concern that someone is at risk, and the days and hours on which somebody is on duty."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import Term, find, term

# Working hours within which somebody acknowledges a concern before more people are told.
USUAL_HOURS = 4
HOURS = range(1, 25)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done about a concern. A `grave` one is closed only when a second person has looked."""

    id: str
    name: Bilingual
    grave: bool = False


OUTCOMES: tuple[Outcome, ...] = (
    Outcome(
        "emergency",
        Bilingual("Ffoniwyd y gwasanaethau brys", "The emergency services were called"),
        grave=True,
    ),
    Outcome(
        "local_authority",
        Bilingual(
            "Rhoddwyd gwybod i wasanaethau cymdeithasol yr awdurdod lleol",
            "It was reported to the local authority’s social services",
        ),
        grave=True,
    ),
    Outcome(
        "lead",
        Bilingual(
            "Fe’i trosglwyddwyd i arweinydd diogelu’r sefydliad",
            "It was passed to the organisation’s safeguarding lead",
        ),
    ),
    Outcome(
        "talked",
        Bilingual("Siaradwyd â’r sawl a ddywedodd y stori", "Someone talked with the person who told it"),
    ),
    Outcome("no_risk", Bilingual("Ni chafwyd bod neb mewn perygl", "Nobody was found to be at risk")),
)

PARTS: tuple[Term, ...] = (
    term("duty", "Ar ddyletswydd", "On duty"),
    term("deputy", "Dirprwy", "Deputy"),
)

# In the order of the week; an id is the day's place in it.
WEEK: tuple[Term, ...] = (
    term("0", "Dydd Llun", "Monday"),
    term("1", "Dydd Mawrth", "Tuesday"),
    term("2", "Dydd Mercher", "Wednesday"),
    term("3", "Dydd Iau", "Thursday"),
    term("4", "Dydd Gwener", "Friday"),
    term("5", "Dydd Sadwrn", "Saturday"),
    term("6", "Dydd Sul", "Sunday"),
)


def find_outcome(outcome_id: str) -> Outcome:
    """Return the outcome with that id.

    Raises:
        NotFound: there is none.
    """
    return find(OUTCOMES, outcome_id)


def find_part(part_id: str) -> Term:
    """Return the words for what somebody is named as.

    Raises:
        NotFound: there is no such part.
    """
    return find(PARTS, part_id)
