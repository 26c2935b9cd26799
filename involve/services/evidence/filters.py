"""What a reader of evidence asks for."""

from dataclasses import dataclass
from datetime import date

SCHEMES = ("goal", "way", "theme")


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """What the reader asked for: ids of the vocabulary, a GSS code (`area`), a slug (`project`), a search (`words`)."""

    goal: str | None = None
    way: str | None = None
    theme: str | None = None
    stance: str | None = None
    area: str | None = None
    project: str | None = None
    language: str | None = None
    words: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def concepts(self) -> tuple[tuple[str, str], ...]:
        """The concepts asked for, as (scheme, concept)."""
        asked = ((scheme, getattr(self, scheme)) for scheme in SCHEMES)
        return tuple((scheme, concept) for scheme, concept in asked if concept)
