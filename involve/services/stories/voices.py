"""What three voices say of one concept, brought together without losing who said what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from involve.models import Tag

Verdict = Literal["suggested", "confirmed", "rejected"]

# People outrank the machine; of people, the one whose story it is comes first.
RANK = {"participant": 0, "staff": 1, "machine": 2}


@dataclass(frozen=True, slots=True)
class Understood:
    """A concept that some voice linked to a story.

    `voice` and `verdict` are those of the strongest voice that spoke; `participant` and `staff` are what each of
    these said, or None. `passages` are (start, end) in code points of the story's own text.
    """

    scheme: str
    concept: str
    stance: str
    voice: str
    verdict: Verdict
    participant: Verdict | None
    staff: Verdict | None
    confidence: float | None
    passages: tuple[tuple[int, int], ...]


def bring_together(tags: Iterable[Tag]) -> tuple[Understood, ...]:
    """Return one value for each concept: goals, then ways, then themes, surest first."""
    voices: dict[tuple[str, str], dict[str, Tag]] = {}
    for tag in tags:
        voices.setdefault((tag.scheme, tag.concept), {})[tag.voice] = tag
    understood = [_understood(key, spoken) for key, spoken in voices.items()]
    order = {"goal": 0, "way": 1, "theme": 2}
    return tuple(sorted(understood, key=lambda u: (order[u.scheme], -(u.confidence or 1.0), u.concept)))


def _understood(key: tuple[str, str], spoken: dict[str, Tag]) -> Understood:
    """Return the value of one concept from what each voice said of it."""
    strongest = spoken[min(spoken, key=RANK.__getitem__)]
    # A person who confirms points at no words of their own: the machine's passages stay the reason shown.
    passages: list[Any] = strongest.passages or (spoken["machine"].passages if "machine" in spoken else [])
    return Understood(
        scheme=key[0],
        concept=key[1],
        stance=strongest.stance,
        voice=strongest.voice,
        verdict=strongest.state,  # type: ignore[arg-type]
        participant=_verdict(spoken.get("participant")),
        staff=_verdict(spoken.get("staff")),
        confidence=spoken["machine"].confidence if "machine" in spoken else None,
        passages=tuple((start, end) for start, end in passages),
    )


def _verdict(tag: Tag | None) -> Verdict | None:
    """Return what a person said, if they spoke."""
    return None if tag is None else tag.state  # type: ignore[return-value]
