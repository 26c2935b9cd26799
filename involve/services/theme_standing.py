"""Where a theme stands among its readers: one rule, published in words beside every list of themes."""

from typing import Literal

from involve.models import Theme
from involve.vocabulary.bilingual import Bilingual

Standing = Literal["agreed", "minority", "suggested", "merged"]

RULE = Bilingual(
    "Mae thema wedi’i chytuno os oes mwy yn cytuno â hi nag sydd ddim, ac o leiaf un cyfranogwr ymhlith y rhai sy’n "
    "cytuno. Cedwir pob thema arall y mae rhywun yn cytuno â hi fel thema leiafrifol, wrth ochr y lleill. Dim ond pan "
    "fydd rhywun yn cytuno â hi y cedwir thema a awgrymwyd gan y meddalwedd.",
    "A theme is agreed when more readers agree with it than do not, and at least one of those who agree is a "
    "participant. Every other theme that somebody agrees with is kept beside them as a minority theme. One that the "
    "software suggested is kept only if somebody agrees with it.",
)


def standing_of(theme: Theme) -> Standing:
    """Return where a theme stands by what its readers said; who put it forward agrees until they say otherwise."""
    if theme.merged_into_id is not None:
        return "merged"
    agree = [word for word in theme.words if word.verdict == "agree"]
    if not agree:
        return "suggested"
    has_participant = any(word.story_id is not None for word in agree)
    return "agreed" if has_participant and 2 * len(agree) > len(theme.words) else "minority"
