"""A figure with its target, and the reference data that it is measured on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured, on what, the target (None where there is none) and the value; the higher the better
    unless `at_most`.
    """

    name: str
    on: str
    target: float | None
    value: float
    at_most: bool = False

    @property
    def met(self) -> str:
        """Return "yes", "no", or "" where there is no target."""
        if self.target is None:
            return ""
        holds = self.value <= self.target if self.at_most else self.value >= self.target
        return "yes" if holds else "no"


def f1(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> tuple[float, float]:
    """Return micro and macro F1 of (wanted, found) sets of labels."""
    labels = sorted({label for pair in pairs for each in pair for label in each})
    each = [_f1_of(label, pairs) for label in labels]
    right = sum(len(wanted & found) for wanted, found in pairs)
    either = sum(len(wanted) + len(found) for wanted, found in pairs)
    return (2 * right / either if either else 0.0), (sum(each) / len(each) if each else 0.0)


def _f1_of(label: str, pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float:
    right = sum(label in wanted and label in found for wanted, found in pairs)
    either = sum((label in wanted) + (label in found) for wanted, found in pairs)
    return 2 * right / either if either else 0.0
