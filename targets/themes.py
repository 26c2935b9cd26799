"""A project's own themes: NHS comments, SIB-200 subjects and the SDG benchmark."""

import csv
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from involve.text.codebook import load_codebook
from involve.text.concepts import Codebook
from involve.text.learning.choose import choose_themes
from involve.text.learning.model import Model
from involve.text.learning.reader import FeatureReader
from involve.text.learning.train import Example, learn
from involve.text.pipeline import analyse
from targets.measure import SHARED, Measure, f1

_CORPORA = SHARED / "corpora"
_BOOKS = Path(__file__).parents[1] / "tests" / "codebooks"
_KEPT_APART, _SEED = 1_000, 7
_FOLDS = 5


def measure_nhs() -> Iterator[Measure]:
    """Yield macro F1 over the ten groups, on comments kept apart, from no labels to all that are left."""
    codebook = load_codebook(_CORPORA / "nhs_fft" / "codebook.json")
    ids = {concept.name.en: concept.id for concept in codebook.concepts}
    rows = [
        json.loads(line) for line in (_CORPORA / "nhs_fft" / "train.jsonl").read_text("utf-8").splitlines()
    ]
    random.Random(_SEED).shuffle(rows)
    examples = [Example(row["text"], frozenset(ids[group] for group in row["groups"])) for row in rows]
    kept, rest = examples[:_KEPT_APART], examples[_KEPT_APART:]
    for number, target in ((0, 0.57), (100, 0.57), (500, 0.66), (len(rest), 0.73)):
        found = (
            _by_cues(kept, codebook)
            if not number
            else _by_model(kept, codebook, learn(rest[:number], codebook, 0))
        )
        value = f1([(each.themes, said) for each, said in zip(kept, found, strict=True)])[1]
        yield Measure(
            f"NHS groups, {number} labels, macro F1", f"{len(kept)} comments kept apart", target, value
        )


def measure_sib() -> Iterator[Measure]:
    """Yield the share of Welsh sentences given their subject: learnt from Welsh labels, and from English ones only."""
    codebook = load_codebook(_BOOKS / "sib.toml")
    welsh, english = _sib("cym"), _sib("eng")
    ids = sorted(welsh)
    random.Random(_SEED).shuffle(ids)
    right = {"Welsh labels": 0, "English labels only": 0}
    for fold in range(_FOLDS):
        test, train = set(ids[fold::_FOLDS]), [each for at, each in enumerate(ids) if at % _FOLDS != fold]
        for name, source in (("Welsh labels", welsh), ("English labels only", english)):
            model = learn([source[each] for each in train], codebook, 0)
            told = [welsh[each] for each in sorted(test)]
            found = _by_model(told, codebook, model)
            right[name] += sum(said == each.themes for said, each in zip(found, told, strict=True))
    for name, target in (("Welsh labels", 0.75), ("English labels only", 0.65)):
        yield Measure(f"SIB-200 Welsh, {name}, accuracy", "cross-validation", target, right[name] / len(ids))


def measure_sdg() -> Iterator[Measure]:
    """Yield the share of questions answered right, whether a text addresses a goal, without any training."""
    codebook = load_codebook(_BOOKS / "sdg.toml")
    rows = [
        json.loads(line)
        for line in (_CORPORA / "sdg_benchmark" / "train.jsonl").read_text("utf-8").splitlines()
    ]
    found = _by_cues([Example(row["text"], frozenset()) for row in rows], codebook)
    right = sum((f"sdg_{row['sdg']}" in said) == row["label"] for row, said in zip(rows, found, strict=True))
    yield Measure("SDG benchmark, no training, accuracy", f"{len(rows)} questions", 0.81, right / len(rows))


def _by_cues(examples: Sequence[Example], codebook: Codebook) -> list[frozenset[str]]:
    nothing = Codebook(())
    return [frozenset(tag.concept for tag in analyse(each.text, nothing, codebook).tags) for each in examples]


def _by_model(examples: Sequence[Example], codebook: Codebook, model: Model) -> list[frozenset[str]]:
    reader = FeatureReader(codebook)
    return [
        frozenset(theme for theme, _ in choose_themes(model, codebook, reader.read(each.text).features))
        for each in examples
    ]


def _sib(code: str) -> dict[str, Example]:
    examples = {}
    for part in ("train", "dev"):
        with (_CORPORA / "sib200" / f"{code}_{part}.tsv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                examples[row["index_id"]] = Example(row["text"], frozenset({row["category"]}))
    return examples
