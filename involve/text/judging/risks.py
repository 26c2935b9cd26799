"""How strongly a stretch of a story speaks of danger that nobody names: by notions beside each other, and its words."""

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from involve.text.concepts import Cue
from involve.text.judging.evidence import name_places
from involve.text.judging.table import Feature, LinearTable
from involve.text.matching import CueHit, Entry, Matcher, Word
from involve.text.risk_signs import Sign

RISK = "risk"
_LONGEST = 60  # words of a stretch: a story without full stops is read in such pieces
_FEWEST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """Two neighbouring sentences of a story, or as many words as long ones are cut to, with what was found in them."""

    words: Sequence[Word]
    names: Sequence[str]
    notions: frozenset[str]
    signs: frozenset[str]

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends, in code points of the story."""
        return self.words[0].start, self.words[-1].end


def judge_stretches(
    words: Sequence[Word], signs: Sequence[Sign], table: LinearTable
) -> list[tuple[Stretch, float]]:
    """Return each stretch of a story with its margin: how far it speaks of danger."""
    return [(stretch, judge_stretch(stretch, table)) for stretch in cut_into_stretches(words, signs)]


def judge_stretch(stretch: Stretch, table: LinearTable) -> float:
    """Return how far a stretch speaks of danger."""
    return table.judge(stretch_features(stretch, table.rarity))[0]


def loudest_sentence(stretch: Stretch, signs: Sequence[Sign], table: LinearTable) -> tuple[int, int]:
    """Return where the sentence of a stretch begins and ends that speaks of danger most."""
    sentences = [
        [word for word in stretch.words if word.sentence == number]
        for number in dict.fromkeys(word.sentence for word in stretch.words)
    ]
    alone = [next(cut_into_stretches(sentence, signs)) for sentence in sentences]
    return max(alone, key=lambda each: judge_stretch(each, table)).span


def cut_into_stretches(words: Sequence[Word], signs: Sequence[Sign]) -> Iterator[Stretch]:
    """Yield each sentence of *words* with the one after it: what is told of danger seldom takes one sentence only."""
    hits = notion_matcher().find(words)
    keys, pairs = name_places(words)
    starts = _starts(words)
    for at, first in enumerate(starts):
        end = starts[at + 2] if at + 2 < len(starts) else len(words)
        last = min(end, first + _LONGEST) - 1
        yield Stretch(
            words[first : last + 1],
            [*keys[first : last + 1], *filter(None, pairs[first:last])],
            frozenset(_within(hits, first, last)),
            frozenset(
                sign.kind for sign in signs if sign.start < words[last].end and words[first].start < sign.end
            ),
        )


def _starts(words: Sequence[Word]) -> list[int]:
    """Return the numbers of the words at which a sentence, or a piece of a long one, begins."""
    starts: list[int] = []
    for at, word in enumerate(words):
        if not starts or word.sentence != words[at - 1].sentence or at - starts[-1] >= _LONGEST // 2:
            starts.append(at)
    return starts


def _within(hits: Sequence[CueHit], first: int, last: int) -> Iterator[str]:
    return (hit.entry.owner[1] for hit in hits if first <= hit.first and hit.last <= last)


def stretch_features(stretch: Stretch, rarity: Mapping[str, float]) -> list[Feature]:
    """Return what a stretch says of danger: its notions, the kinds of its signs, and the words that *rarity* knows."""
    features: list[Feature] = [(f"notion {notion}", 1.0) for notion in sorted(stretch.notions)]
    features += [(sign_feature(kind), 1.0) for kind in sorted(stretch.signs)]
    share = 1 / math.sqrt(max(len(stretch.names), _FEWEST_WORDS))
    return features + [(name, rarity[name] * share) for name in stretch.names if name in rarity]


def sign_feature(kind: str) -> str:
    """Return the name of the feature that a sign of *kind* is."""
    return f"sign {kind}"


@cache
def notion_matcher() -> Matcher:
    """Return what finds the notions of `data/risk_notions.toml`, made ready once a process."""
    return Matcher(
        Entry((RISK, each["id"]), 1, Cue(tuple(each["cy"]), tuple(each["en"]))) for each in read_notions()
    )


def read_notions() -> list[dict[str, Any]]:
    """Return the notions as their file has them."""
    source = files("involve.text") / "data" / "risk_notions.toml"
    notions: list[dict[str, Any]] = tomllib.loads(source.read_text(encoding="utf-8"))["notion"]
    return notions
