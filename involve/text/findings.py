"""What reading a codebook finds wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is, and why it is one.

    `code` names its kind, for whoever says it in other words, and `about` what those words need: a language, a cue.
    """

    place: str
    reason: str
    code: str = "shape"
    about: tuple[str, ...] = ()


@dataclass(slots=True)
class Findings:
    """What reading a codebook found, in the order of the file."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def refuse(self, place: str, reason: str, code: str = "shape") -> None:
        """Add an error."""
        self.errors.append(Problem(place, reason, code))

    def warn(self, place: str, reason: str, code: str = "shape", *about: str) -> None:
        """Add a warning."""
        self.warnings.append(Problem(place, reason, code, about))
