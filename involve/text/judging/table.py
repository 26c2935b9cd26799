"""A linear table: how much each named feature speaks for each of a few answers, kept as a file that people can read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

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
    telling: dict[str, Sequence[tuple[int, float]]] = field(default_factory=dict)

    def judge(self, features: Iterable[Feature], since: Sequence[float] | None = None) -> list[float]:
        """Return for each answer how far *features* speak for it: above 0 for it, below against it.

        *since* is what other features of the same story gave already.
        """
        sums = list(self.first if since is None else since)
        told = self._told()
        for name, value in features:
            for at, weight in told.get(name, ()):
                sums[at] += value * weight
        return sums

    def _told(self) -> Mapping[str, Sequence[tuple[int, float]]]:
        """Return for each feature the answers that it says something of, with its weight for each."""
        if not self.telling:
            self.telling.update(
                (name, tuple((at, each) for at, each in enumerate(row) if abs(each) >= _SMALLEST))
                for name, row in self.weights.items()
            )
        return self.telling

    def weight(self, name: str, answer: str) -> float:
        """Return the weight of feature *name* for *answer*; 0 where it has none."""
        row = self.weights.get(name)
        return row[self.answers.index(answer)] if row is not None else 0.0


class Tables(NamedTuple):
    """What was learnt from labelled stories: of goals and ways, of stances, and of danger."""

    goals: LinearTable
    stances: LinearTable
    risks: LinearTable


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
def load_tables() -> Tables | None:
    """Return the tables of the installation, read once a process; None where they have not been made yet.

    Raises:
        BadInput: a file is damaged.
    """
    paths = [FOLDER / f"{name}.json" for name in Tables._fields]
    return Tables(*map(_load, paths)) if all(path.is_file() for path in paths) else None


def save_tables(tables: Tables) -> None:
    """Write *tables* into the package."""
    FOLDER.mkdir(exist_ok=True)
    for name, table in zip(Tables._fields, tables, strict=True):
        save_table(table, FOLDER / f"{name}.json")


def _load(path: Path) -> LinearTable:
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
