"""What a reader of evidence asks for."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# What tags link a story to; each tag has a stance and a voice.
SCHEMES = ("goal", "way", "theme")


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """What the reader asked for; None or nothing where everything will do.

    `goal`, `way`, `stance`, `voice`, `indicator`, `region`, `stage`, `rung`, `language` and `told_as` are ids of the
    vocabulary, `topic` one of the text's topics, `happened` one of `vocabulary.happened`, `area` a GSS code, `project`
    a slug, `words` a search. Stance and voice are those of the tags that are asked for, or of any tag.
    """

    goal: str | None = None
    way: str | None = None
    theme: str | None = None
    topic: str | None = None
    stance: str | None = None
    voice: str | None = None
    indicator: str | None = None
    region: str | None = None
    area: str | None = None
    project: str | None = None
    stage: str | None = None
    rung: str | None = None
    told_as: str | None = None
    language: str | None = None
    happened: str | None = None
    words: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def concepts(self) -> tuple[tuple[str, str], ...]:
        """The concepts asked for, as (scheme, concept)."""
        asked = ((scheme, getattr(self, scheme)) for scheme in SCHEMES)
        return tuple((scheme, concept) for scheme, concept in asked if concept)


def choice(name: str, value: str | None) -> Mapping[str, object]:
    """Return the fields of a filter that a facet's choice sets; a period sets its two days, None takes them away."""
    if name != "period":
        return {name: value}
    if value is None:
        return {"since": None, "until": None}
    year, _, month = value.partition("-")
    first, last = (int(month), int(month)) if month else (1, 12)
    days = monthrange(int(year), last)[1]
    return {"since": date(int(year), first, 1), "until": date(int(year), last, days)}
