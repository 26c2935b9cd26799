"""Where a fact comes from and how sure it is, kept beside each fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from involve.vocabulary.bilingual import Bilingual

# verified: seen in a public source. recalled: widely known, but no source was seen. own: our words or our choice.
Confidence = Literal["verified", "recalled", "own"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)


@dataclass(frozen=True, slots=True)
class Provenance:
    """The source of one field (a key of `sources.SOURCES`), how sure it is, and what a reviewer should know."""

    source: str
    confidence: Confidence
    note: str = ""


def is_official(provenance: Provenance | None) -> bool:
    """Return whether what has this provenance may be shown as official: the verified may, our own words never."""
    return provenance is not None and provenance.confidence == "verified"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sourced:
    """A thing whose fields each say where they come from."""

    provenance: Mapping[str, Provenance] = field(repr=False, compare=False)

    def provenance_of(self, field_name: str) -> Provenance | None:
        """Return where a field comes from; `gloss_cy` has the provenance of `gloss` unless it has its own."""
        stem = field_name.removesuffix("_cy").removesuffix("_en")
        return self.provenance.get(field_name) or self.provenance.get(stem)

    def is_official(self, field_name: str) -> bool:
        """Return whether a field, such as `name_cy`, may be shown as official."""
        return is_official(self.provenance_of(field_name))


@dataclass(frozen=True, kw_only=True, slots=True)
class Named(Sourced):
    """A sourced thing with an id and a name in both languages. Pages show `name`, whoever chose the words."""

    id: str
    name: Bilingual

    def official_name(self, language: str) -> str | None:
        """Return the name in *language* (cy or en) if it is verified, else None: then nothing may call it official."""
        name = self.name.in_language(language)
        return name if self.is_official(f"name_{language}") else None
