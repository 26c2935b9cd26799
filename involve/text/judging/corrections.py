"""Learns from what people said of suggestions: how far the weights of goals and ways move."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from involve.text.codebook import load_builtin
from involve.text.finder import Finder
from involve.text.judging.evidence import gather_evidence, word_features, word_names
from involve.text.judging.learn import BIAS
from involve.text.judging.table import LinearTable
from involve.text.language import identify_words
from involve.text.learning.linear import fit, margin
from involve.text.matching import split_into_words
from involve.text.tokens import tokenise

LEAST_VERDICTS = 10  # on a concept, before anything is learnt of it: with fewer, the table stays in charge
_COST = 0.03  # as for the stories that the tables were learnt from
_PLACES = 3
_FOLDS = 5

# By feature, how much more it speaks for a concept.
Changes = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What people said of one story: of each concept that they spoke about, whether it fits."""

    features: Mapping[str, float]
    verdicts: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Gain:
    """On verdicts that were not learnt from: how many, and how many the table foretold before and after."""

    verdicts: int
    before: int
    after: int


def read_corrected(finder: Finder, table: LinearTable, text: str, verdicts: Mapping[str, bool]) -> Corrected:
    """Return a story of which people spoke as learning sees it; its words are not kept."""
    tokens = tokenise(text)
    words = split_into_words(text, tokens, identify_words(tokens))
    evidence = gather_evidence(words, finder.find(text, words))
    features: dict[str, float] = {BIAS: 1.0}
    for name, value in (*evidence.features, *word_features(word_names(words), table.rarity)):
        features[name] = features.get(name, 0.0) + value
    return Corrected(features, verdicts)


def learn_corrections(table: LinearTable, stories: Sequence[Corrected]) -> dict[str, dict[str, float]]:
    """Return how the weights of *table* move when they learn from *stories*.

    A concept moves only where people spoke of it at least ten times and not always alike.
    """
    changes: dict[str, dict[str, float]] = {}
    for concept in table.answers:
        told = [story for story in stories if concept in story.verdicts]
        wanted = [story.verdicts[concept] for story in told]
        if len(told) < LEAST_VERDICTS or len(set(wanted)) < 2:
            continue
        first = _weights_of(table, concept, told)
        moved = fit([story.features for story in told], wanted, first, _COST)
        for name, weight in moved.items():
            if change := round(weight - first.get(name, 0.0), _PLACES):
                changes.setdefault(name, {})[concept] = change
    return changes


def measure_gain(table: LinearTable, stories: Sequence[Corrected]) -> Gain:
    """Return what learning gains on verdicts of stories that it had not seen, by cross-validation."""
    verdicts = before = after = 0
    for fold in range(_FOLDS):
        learnt = [story for at, story in enumerate(stories) if at % _FOLDS != fold]
        changes = learn_corrections(table, learnt)
        for story in stories[fold::_FOLDS]:
            for concept, fits in story.verdicts.items():
                weights = _weights_of(table, concept, [story])
                moved = {
                    name: weights.get(name, 0.0) + changes.get(name, {}).get(concept, 0.0)
                    for name in story.features
                }
                verdicts += 1
                before += (margin(weights, story.features) > 0) == fits
                after += (margin(moved, story.features) > 0) == fits
    return Gain(verdicts, before, after)


def apply_corrections(table: LinearTable, changes: Changes) -> LinearTable:
    """Return *table* with its weights moved by *changes*."""
    at = {concept: number for number, concept in enumerate(table.answers)}
    first, weights = list(table.first), dict(table.weights)
    for name, moves in changes.items():
        row = first if name == BIAS else list(weights.get(name, [0.0] * len(at)))
        for concept, change in moves.items():
            row[at[concept]] += change
        if name != BIAS:
            weights[name] = row
    return replace(table, first=tuple(first), weights=weights, telling={})


@lru_cache(2)  # merging takes longer than reading a story, and a site has one set of changes at a time
def apply_stored(table: LinearTable, stored: str) -> LinearTable:
    """Return *table* moved by changes that were kept as JSON."""
    return apply_corrections(table, json.loads(stored))


def make_builtin_finder() -> Finder:
    """Return what finds the cues of the built-in codebook."""
    return Finder(load_builtin().concepts)


def _weights_of(table: LinearTable, concept: str, stories: Sequence[Corrected]) -> dict[str, float]:
    """Return the weights for *concept* of every feature that *stories* have."""
    at = table.answers.index(concept)
    names = {name for story in stories for name in story.features} - {BIAS}
    weights = {name: table.weights[name][at] for name in names if name in table.weights}
    return {**weights, BIAS: table.first[at]}
