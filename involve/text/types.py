"""The values that the text floor hands out: all frozen, all with positions in the text they came from."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Language = Literal["cy", "en", "mixed", "und"]
WordLanguage = Literal["cy", "en", "both", "und"]
Scheme = Literal["goal", "way", "theme"]
Stance = Literal["strength", "concern", "idea", "mixed"]
PersonalKind = Literal[
    "name", "phone", "email", "address", "postcode", "nhs", "nino", "dob", "vehicle", "url", "card", "other"
]


class Token(NamedTuple):  # not a dataclass: hundreds are made for every story
    """A word, number or mark. Positions count Unicode code points of the original text."""

    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class NormalForm:
    """The form under which a word is looked up, and how it was reached.

    `step` names the rule that fired; `mutation` is the mutation undone (soft, nasal, aspirate, h) or None.
    """

    surface: str
    key: str
    language: WordLanguage
    step: str
    mutation: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a text with its words: `text` is always the span [start, end) of that text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A suggested link from passages to a concept; without a passage there is no tag.

    `confidence` is in 0..1. `cues` are the codebook's words that matched, in the order of the passages.
    """

    scheme: Scheme
    concept: str
    stance: Stance
    confidence: float
    passages: tuple[Passage, ...]
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalDetail:
    """A span that may identify someone."""

    start: int
    end: int
    kind: PersonalKind


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was understood of one text.

    `risk` holds passages that say someone may be at risk of serious harm, `spam` the reasons to think that the text is
    not a story, `abuse` passages that may threaten or hate somebody; all only ever ask a person to look.
    """

    language: Language
    welsh_share: float
    tags: tuple[Tag, ...]
    personal: tuple[PersonalDetail, ...]
    risk: tuple[Passage, ...]
    spam: tuple[str, ...]
    abuse: tuple[Passage, ...] = ()
