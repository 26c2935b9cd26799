"""Goals, ways and stances: on the gold for development, by cross-validation, and on stories that were unseen."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from involve.text.codebook import load_builtin
from involve.text.evaluation import Evaluation, Judged, compare, labels_of, read_labels
from involve.text.finder import Finder
from involve.text.judging.make import cross_validate, read_stories
from involve.text.pipeline import analyse
from targets.measure import SHARED, Measure

_STORIES = Path(__file__).parents[1] / "tests" / "text" / "stories"
_TARGETS = {"goals": (0.80, 0.75), "ways": (0.65, 0.60), "stance": (0.80, None)}
_SEED = 2015


def measure_stories() -> Iterator[Measure]:
    """Yield the scores of goals, ways and stances, and the gap between the languages."""
    gold = SHARED / "gold" / "dev.jsonl"
    yield from _measures("gold for development", evaluate_rows(gold))
    rows = read_stories(sorted(_STORIES.glob("*.jsonl")))
    by_folds = cross_validate(rows, Finder(load_builtin().concepts))
    yield from _measures(f"cross-validation over {len(rows)} own stories", by_folds)


def evaluate_rows(path: Path) -> tuple[Evaluation, ...]:
    """Return the scores on the labelled stories of *path*, all and by language."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    judged = [
        Judged(row["lang"], read_labels(row, "row"), labels_of(analyse(row["text"], load_builtin())))
        for row in rows
    ]
    return compare(judged, Random(_SEED), by_language=True)


def _measures(on: str, evaluations: tuple[Evaluation, ...]) -> Iterator[Measure]:
    scores = {each.language: {part.part: part for part in each.parts} for each in evaluations}
    for name, (micro, macro) in _TARGETS.items():
        part = scores["all"][name]
        yield Measure(f"{name}, micro F1", on, micro, part.micro.f1)
        if macro is not None:
            yield Measure(f"{name}, macro F1", on, macro, part.macro.f1)
    for name in ("goals", "ways"):
        for other, most in (("cy", 0.10), ("mixed", 0.15)):
            gap = abs(scores[other][name].micro.f1 - scores["en"][name].micro.f1)
            yield Measure(f"{name}, gap of {other} to English", on, most, gap, at_most=True)
