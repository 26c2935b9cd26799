"""What a codebook is made of: concepts, and the cues in both languages by which a text shows them."""

from dataclasses import dataclass

from involve.text.types import Scheme, Stance


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in Welsh and in English; either may be empty in a project's codebook."""

    cy: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """One notion and the words for it: base forms, phrases or `prefix*`.

    `weight` 1 is an ordinary cue, 0.5 a hint that needs company, 2 decisive. `needs` (one of them) and
    `unless` (none of them) are looked for within eight words, in either language.
    """

    cy: tuple[str, ...]
    en: tuple[str, ...]
    weight: float = 1.0
    stance: Stance | None = None
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A turn of speech with gaps and alternatives, in the language of `phrases`: *(rang|told) ... three times*.

    `weight` and `stance` are as a cue's. Words of a pattern are found as written, in either language.
    """

    cy: tuple[str, ...]
    en: tuple[str, ...]
    weight: float = 1.0
    stance: Stance | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """A goal, a way of working or a project's theme: what it is, what belongs to it, how it is recognised."""

    scheme: Scheme
    id: str
    cues: tuple[Cue, ...]
    version: str = "1"
    name: Bilingual = Bilingual()
    definition: Bilingual = Bilingual()
    belongs: Bilingual = Bilingual()
    excludes: Bilingual = Bilingual()
    patterns: tuple[Pattern, ...] = ()


# Compared by identity: a matcher is kept for each codebook, and comparing thousands of cues would be slow.
@dataclass(frozen=True, slots=True, eq=False)
class Codebook:
    """Concepts in their published order."""

    concepts: tuple[Concept, ...]
