"""A linear table: how much each named feature speaks for each of a few answers, kept as a file that a person can read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from involve.errors import BadInput

FOLDER = Path(__file__).parents[1] / "data" / "weights"
_PLACES = 3  # decimals kept of a weight
_SMALLEST = 0.01  # an answer for which a feature says less than this is not told apart

Feature = tuple[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class LinearTable:
    """The weights of features, a number for each of `answers`; `first` is what each answer has to begin with.

    `rarity` holds how telling a word is where it is a feature. `made_from` says what the table was learnt from: mark of
    codebook and stories, how many stories, scores by cross-validation.
    """

    answers: tuple[str, ...]
    first: tuple[float, ...]
    weights: Mapping[str, Sequence[float]]
    rarity: Mapping[str, float]
    made_from: Mapping[str, Any]

    def judge(self, features: Iterable[Feature]) -> list[float]:
        """Return for each answer how far *features* speak for it: above 0 for it, below against it."""
        sums = list(self.first)
        places = range(len(sums))
        weights = self.weights
        for name, value in features:
            row = weights.get(name)
            if row is not None:
                for at in places:
                    sums[at] += value * row[at]
        return sums

    def weight(self, name: str, answer: str) -> float:
        """Return the weight of feature *name* for *answer*; 0 where it has none."""
        row = self.weights.get(name)
        return row[self.answers.index(answer)] if row is not None else 0.0


def save_table(table: LinearTable, path: Path) -> None:
    """Write *table* as JSON, a line a feature; the same table gives the same bytes."""
    kept = {name: row for name, row in sorted(table.weights.items()) if max(map(abs, row)) >= _SMALLEST}
    head = {
        "answers": table.answers,
        "first": [round(value, _PLACES) for value in table.first],
        "made_from": table.made_from,
    }
    rows = [
        f"{json.dumps(name, ensure_ascii=False)}: "
        + json.dumps([round(table.rarity.get(name, 0.0), _PLACES), *(round(value, _PLACES) for value in row)])
        for name, row in kept.items()
    ]
    text = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    path.write_text(f'{text},\n "weights": {{\n' + ",\n".join(rows) + "\n}}\n", encoding="utf-8")


@cache
def load_table(name: str) -> LinearTable | None:
    """Return the table *name* of the installation, read once a process; None where it has not been made yet.

    Raises:
        BadInput: the file is damaged.
    """
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        return None
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return LinearTable(
            answers=tuple(held["answers"]),
            first=tuple(held["first"]),
            weights={feature: tuple(row[1:]) for feature, row in held["weights"].items()},
            rarity={feature: row[0] for feature, row in held["weights"].items() if row[0]},
            made_from=held["made_from"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path.name}: is damaged; install Involve again") from error
