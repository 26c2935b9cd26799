"""Makes the table of danger, and says by cross-validation how much of it is found and how much else is held."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Any

from involve.text.judging.learn_risks import Told, learn_risks, read_told, score_told
from involve.text.judging.table import LinearTable
from involve.text.risk import CUT

FOLDS = 5

Row = Mapping[str, Any]


def mark_of_risks(rows: Sequence[Row]) -> str:
    """Return a mark that changes with the signs, the notions and the stories that are learnt from."""
    folder = files("involve.text") / "data"
    held = [(folder / name).read_text(encoding="utf-8") for name in ("risk.toml", "risk_notions.toml")]
    text = json.dumps([*held, list(rows)], ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]


def margins_apart(told: Sequence[Told]) -> list[float]:
    """Return how far each story speaks of danger, by tables that had not learnt from it."""
    margins = [0.0] * len(told)
    for fold in range(FOLDS):
        table = learn_risks([story for at, story in enumerate(told) if at % FOLDS != fold], {})
        for at in range(fold, len(told), FOLDS):
            margins[at] = score_told(told[at], table)
    return margins


def count_held(rows: Sequence[Row], margins: Sequence[float]) -> dict[str, dict[str, list[int]]]:
    """Return by language [held, all] of the stories of danger, of ordinary ones, and of those written to mislead."""
    held: Counter[tuple[str, str]] = Counter()
    known: Counter[tuple[str, str]] = Counter()
    for row, margin in zip(rows, margins, strict=True):
        kind = "danger" if row["safeguarding"] else ("misleading" if "sign" in row else "ordinary")
        for language in ("all", row["lang"]):
            known[language, kind] += 1
            held[language, kind] += margin > CUT
    table: dict[str, dict[str, list[int]]] = {}
    for (language, kind), number in sorted(known.items()):
        table.setdefault(language, {})[kind] = [held[language, kind], number]
    return table


def make_risk_table(rows: Sequence[Row]) -> tuple[LinearTable, list[float]]:
    """Return the table learnt from *rows*, and the margin of each by tables that had not learnt from it."""
    told = [read_told(row) for row in rows]
    margins = margins_apart(told)
    made_from = {"mark": mark_of_risks(rows), "stories": len(rows), "held": count_held(rows, margins)}
    return learn_risks(told, made_from), margins
