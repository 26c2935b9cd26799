"""Where the numbers of a picture lead: to the list of just those stories, where there is one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from involve.services.evidence.filters import EvidenceFilter
from involve.web.evidence.asked import write_address

# A cell of a table: words, or words that lead somewhere.
Cell = dict[str, str] | str

# Filters by what a tag says: beside one of them a number of the pictures has no list of its own.
TAGGED = ("goal", "way", "theme", "stance", "voice")
DAYS = ("since", "until")


def link_stories(wanted: EvidenceFilter) -> Callable[..., Cell]:
    """Return a function that gives a cell its number, with the address of just those stories where there is one."""
    free = not any(getattr(wanted, name) for name in TAGGED)

    def link(text: str, **choice: Any) -> Cell:
        chosen = [name for name in choice if name not in DAYS and getattr(wanted, name)]
        if chosen or not (free or choice.keys().isdisjoint(TAGGED)):
            return text
        return {"text": text, "href": evidence_address("evidence.browse_evidence", replace(wanted, **choice))}

    return link


def evidence_address(endpoint: str, wanted: EvidenceFilter) -> str:
    """Return the address of a page about the stories that fit *wanted*."""
    asked = urlencode(write_address(wanted))
    return url_for(endpoint) + (f"?{asked}" if asked else "")
