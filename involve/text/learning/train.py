"""Makes a model from labelled stories, and measures it on stories that it did not learn from."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from involve.errors import BadInput
from involve.text.concepts import Codebook
from involve.text.language import identify_language
from involve.text.learning.choose import choose_themes
from involve.text.learning.features import BIAS, Features, names_of, weigh
from involve.text.learning.linear import fit
from involve.text.learning.model import Model, mark_codebook
from involve.text.learning.reader import FeatureReader
from involve.text.types import Language

# On NHS comments (2,540 to learn from, 1,000 kept apart) no value from 0.2 to 1 is better than another by over 0.015.
_COST = 0.7
# Below this many stories a theme is left to the codebook: the rule measured on the same comments, where 5 is too few
# and 50 too many.
LEAST_EXAMPLES = 10
_FEW_ROWS = 200  # up to here a word that one story has counts too
_LANGUAGES: tuple[Language, ...] = ("cy", "en", "mixed")


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled story: its text, and the ids of the themes that a person gave it."""

    text: str
    themes: frozenset[str]


Progress = Callable[[int], None]


def learn(
    examples: Sequence[Example], codebook: Codebook, folds: int = 3, progress: Progress = lambda _: None
) -> Model:
    """Return what *examples* teach about the themes of *codebook*.

    The weights start where the cues are and move as far as the examples make them; a theme with fewer than ten
    examples keeps its cues. With *folds* of 2 or more, the scores are those of cross-validation, story by story in
    turn. *progress* is told of each theme that was learnt: themes times (folds + 1) in all. Deterministic.

    Raises:
        BadInput: there is nothing to tell apart, or a label is not in the codebook.
    """
    _check(examples, codebook)
    reader = FeatureReader(codebook)
    features = [reader.read(example.text).features for example in examples]
    model = _fit_all(features, examples, codebook, progress)
    if folds < 2:
        return model
    chosen: list[frozenset[str]] = [frozenset()] * len(examples)
    for fold in range(folds):
        kept = [at for at in range(len(examples)) if at % folds != fold]
        part = _fit_all([features[at] for at in kept], [examples[at] for at in kept], codebook, progress)
        for at in range(fold, len(examples), folds):
            found = choose_themes(part, codebook, features[at])
            chosen[at] = frozenset(theme for theme, _ in found)
    return replace(model, scores=_score(examples, chosen, codebook))


def _check(examples: Sequence[Example], codebook: Codebook) -> None:
    known = {concept.id for concept in codebook.concepts}
    unknown = sorted({theme for example in examples for theme in example.themes} - known)
    if unknown:
        raise BadInput(f"labels that the codebook does not have: {', '.join(unknown)}")
    if len({example.themes for example in examples}) < 2:
        raise BadInput(
            "every story has the same labels, so there is nothing to tell apart; add stories with others"
        )


def _fit_all(
    features: Sequence[Features], examples: Sequence[Example], codebook: Codebook, progress: Progress
) -> Model:
    rarity = _rarity(features)
    vectors = [weigh(each, rarity) for each in features]
    counts = Counter(theme for example in examples for theme in example.themes)
    weights = {}
    for concept in codebook.concepts:
        wanted = [concept.id in example.themes for example in examples]
        if LEAST_EXAMPLES <= counts[concept.id] < len(examples):
            share = len(wanted) / 2 / counts[concept.id], len(wanted) / 2 / (len(wanted) - counts[concept.id])
            # Where only the cues speak, a theme whose cue is there stands as far inside as one without stands outside.
            first = {BIAS: -1.0, f"#{concept.id}": 2.0}
            weights[concept.id] = fit(vectors, wanted, first, _COST, share)
        progress(1)
    return Model(
        codebook=mark_codebook(codebook),
        rows=len(examples),
        examples={concept.id: counts[concept.id] for concept in codebook.concepts},
        always=all(example.themes for example in examples),
        single=all(len(example.themes) == 1 for example in examples),
        rarity=rarity,
        weights=weights,
    )


def _rarity(features: Sequence[Features]) -> dict[str, float]:
    """Return the inverse document frequency of each word and piece, smoothed as if one story had them all."""
    spread = Counter(name for each in features for name in names_of(each))
    least = 1 if len(features) <= _FEW_ROWS else 2
    return {
        name: math.log((1 + len(features)) / (1 + count)) + 1
        for name, count in spread.items()
        if count >= least
    }


def _score(
    examples: Sequence[Example], chosen: Sequence[frozenset[str]], codebook: Codebook
) -> dict[str, dict[str, float]]:
    """Return micro and macro F1 over all stories and in each language that there are stories in."""
    languages = [identify_language(example.text) for example in examples]
    groups: dict[str, list[int]] = {"all": list(range(len(examples)))}
    groups |= {name: [at for at, said in enumerate(languages) if said == name] for name in _LANGUAGES}
    return {
        name: {"stories": len(group), **_f1([(examples[at].themes, chosen[at]) for at in group], codebook)}
        for name, group in groups.items()
        if group
    }


def _f1(pairs: Sequence[tuple[frozenset[str], frozenset[str]]], codebook: Codebook) -> dict[str, float]:
    right = Counter(theme for wanted, found in pairs for theme in wanted & found)
    either = Counter(theme for wanted, found in pairs for theme in [*wanted, *found])
    each = [2 * right[concept.id] / either[concept.id] for concept in codebook.concepts if either[concept.id]]
    micro = 2 * right.total() / either.total() if either else 0.0
    return {"micro": round(micro, 3), "macro": round(sum(each) / len(each), 3) if each else 0.0}
