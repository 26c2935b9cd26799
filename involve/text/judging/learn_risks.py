"""Learns what danger is pieced together from, out of stories in which somebody marked the words that tell of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from involve.text.judging.rarity import rarity_of
from involve.text.judging.risks import RISK, Stretch, cut_into_stretches, sign_feature, stretch_features
from involve.text.judging.table import LinearTable
from involve.text.language import identify_words
from involve.text.learning.linear import fit
from involve.text.matching import split_into_words
from involve.text.risk_signs import find_signs, sign_kinds
from involve.text.tokens import tokenise

_BIAS = "always"
# Chosen by cross-validation over the stories in tests/text/stories.
_COST = 0.01
_SHARE = 4.0  # what a stretch of danger weighs against another: there are few
# Where learning starts: what names harm is decisive, all else says nothing.
_FIRST_SIGN, _FIRST_BIAS = 2.0, -1.0
_BEYOND_DOUBT = 9.0


@dataclass(frozen=True, slots=True)
class Told:
    """A story: its stretches that tell of danger, or all where none does; whether a sign names harm."""

    danger: Sequence[Stretch]
    other: Sequence[Stretch]
    named: bool


def read_told(row: Mapping[str, Any]) -> Told:
    """Return a labelled story as learning sees it: `safeguarding`, and `sign`, the words that tell of it.

    Without a `sign`, all of a story of danger counts; with one, only the stretches that touch it, and the rest is
    left out, because it may tell of danger too.
    """
    text, sign = row["text"], row.get("sign", "")
    tokens = tokenise(text)
    words = split_into_words(text, tokens, identify_words(tokens))
    signs = find_signs(text)
    stretches = list(cut_into_stretches(words, signs))
    if not row["safeguarding"]:
        return Told((), stretches, bool(signs))
    start = text.find(sign) if sign else 0
    end = start + (len(sign) if sign else len(text))
    return Told([each for each in stretches if each.span[0] < end and start < each.span[1]], (), bool(signs))


def score_told(story: Told, table: LinearTable) -> float:
    """Return how far the likeliest stretch speaks of danger; a sign that names harm is beyond doubt."""
    margins = [
        table.judge(stretch_features(stretch, table.rarity))[0] for stretch in (*story.danger, *story.other)
    ]
    return max([*margins, _BEYOND_DOUBT if story.named else -_BEYOND_DOUBT])


def learn_risks(stories: Iterable[Told], made_from: Mapping[str, object]) -> LinearTable:
    """Return the table of danger: it starts at the signs that name harm and moves as far as *stories* make it."""
    told = list(stories)
    stretches = [(stretch, True) for story in told for stretch in story.danger]
    stretches += [(stretch, False) for story in told for stretch in story.other]
    rarity = rarity_of([stretch.names for stretch, _ in stretches])
    learnt = fit(
        [_features(stretch, rarity) for stretch, _ in stretches],
        [danger for _, danger in stretches],
        {_BIAS: _FIRST_BIAS, **{sign_feature(kind): _FIRST_SIGN for kind in sign_kinds()}},
        _COST,
        (_SHARE, 1.0),
    )
    weights = {name: (weight,) for name, weight in learnt.items() if name != _BIAS}
    return LinearTable((RISK,), (learnt[_BIAS],), weights, rarity, made_from)


def _features(stretch: Stretch, rarity: Mapping[str, float]) -> dict[str, float]:
    features = {_BIAS: 1.0}
    for name, value in stretch_features(stretch, rarity):
        features[name] = features.get(name, 0.0) + value
    return features
