"""Where a theme can stand among its readers, and the rule that says so, told beside every list of themes."""

from dataclasses import dataclass
from typing import Literal

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find

Place = Literal["agreed", "minority", "suggested", "merged"]

RULE = Bilingual(
    "Mae thema wedi’i chytuno os oes mwy yn cytuno â hi nag sydd ddim, ac o leiaf un cyfranogwr ymhlith y rhai sy’n "
    "cytuno. Cedwir pob thema arall y mae rhywun yn cytuno â hi fel thema leiafrifol, wrth ochr y lleill. Dim ond pan "
    "fydd rhywun yn cytuno â hi y cedwir thema a awgrymwyd gan y meddalwedd.",
    "A theme is agreed when more readers agree with it than do not, and at least one of those who agree is a "
    "participant. Every other theme that somebody agrees with is kept beside them as a minority theme. One that the "
    "software suggested is kept only if somebody agrees with it.",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One place that a theme can have. `kept`: it is public once the session is closed."""

    id: Place
    name: Bilingual
    kept: bool


STANDINGS: tuple[Standing, ...] = (
    Standing("agreed", Bilingual("Wedi’i chytuno", "Agreed"), True),
    Standing("minority", Bilingual("Thema leiafrifol", "Minority theme"), True),
    Standing(
        "suggested", Bilingual("Nid oes neb wedi cytuno â hi eto", "Nobody has agreed with it yet"), False
    ),
    Standing("merged", Bilingual("Wedi’i huno â thema arall", "Merged into another"), False),
)


def find_standing(standing_id: str) -> Standing:
    """Return the standing with that id.

    Raises:
        NotFound: there is none.
    """
    return find(STANDINGS, standing_id)
