"""Finds what may identify someone: numbers and addresses of all kinds, dates of birth, names; in Welsh and English."""

import re
from bisect import bisect
from collections.abc import Sequence

from involve.text.personal.addresses import find_addresses, find_postcodes
from involve.text.personal.births import find_births
from involve.text.personal.names import find_names
from involve.text.personal.numbers import find_numbers
from involve.text.personal.online import find_online
from involve.text.tokens import tokenise
from involve.text.types import PersonalDetail, Token

__all__ = ["find_personal"]

# Without one of these there is nothing to look for; most stories have none, and looking takes time.
_DIGIT = re.compile(r"\d")
_ONLINE = re.compile(r"@|[\[(]at[\])]|\w\.\w|://|///", re.IGNORECASE)


def find_personal(text: str, tokens: Sequence[Token] | None = None) -> tuple[PersonalDetail, ...]:
    """Return the spans of *text* that may identify someone, in order and apart from each other.

    Kinds are those of `PersonalKind`. Structured kinds are checked by their check digits where they have any, and
    taken without where the words beside them say what they are. Public bodies, places and saints' churches are
    no persons. What is found is a suggestion to the person who redacts; so it rather takes too much than too little.
    *tokens* are those of `tokenise`, for callers that have them already.
    """
    names = tuple(find_names(text, tokenise(text) if tokens is None else tokens))
    found = [*find_online(text)] if _ONLINE.search(text) else []
    if _DIGIT.search(text):
        found += [
            *find_numbers(text),
            *find_postcodes(text),
            *find_addresses(text),
            *find_births(text, names),
        ]
    else:
        found += find_addresses(text)
    return _apart([*found, *names]) if found or names else ()


def _apart(found: list[PersonalDetail]) -> tuple[PersonalDetail, ...]:
    """Return details in order and without overlaps: what was found first (the surer kinds) wins."""
    taken: list[tuple[int, int, PersonalDetail]] = []
    for detail in found:
        at = bisect(taken, detail.start, key=lambda each: each[0])
        clear_before = at == 0 or taken[at - 1][1] <= detail.start
        if clear_before and (at == len(taken) or detail.end <= taken[at][0]):
            taken.insert(at, (detail.start, detail.end, detail))
    return tuple(detail for _, _, detail in taken)
