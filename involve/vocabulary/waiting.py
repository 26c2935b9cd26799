"""What can wait for staff in a project, and who may do it: an id of `services.staff.access.Action`. Our own words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from involve.vocabulary.duties import AGREEMENT, ANSWER, REPORT_BACK, SHOW_CHANGE
from involve.vocabulary.terms import Term, find, term

READ, TELL = "read", "tell"

WAITING: tuple[Term, ...] = (
    term(READ, "Darllen straeon newydd", "Read new stories"),
    term(
        TELL,
        "Rhoi gwybod i’r bobl y tu ôl i benderfyniad",
        "Tell the people behind a decision",
    ),
    *(Term(duty.id, duty.name) for duty in (ANSWER, SHOW_CHANGE, AGREEMENT, REPORT_BACK)),
)

# Notice, and a question asked before there are options, are kept by the day on which a stage opens: nobody can hurry.
WHOSE: Mapping[str, Literal["moderate", "reply", "decide"]] = MappingProxyType(
    {
        READ: "moderate",
        TELL: "reply",
        ANSWER.id: "reply",
        SHOW_CHANGE.id: "decide",
        AGREEMENT.id: "decide",
        REPORT_BACK.id: "decide",
    }
)


def find_waiting(what: str) -> Term:
    """Return what waits, by its id.

    Raises:
        NotFound: there is no such thing.
    """
    return find(WAITING, what)
