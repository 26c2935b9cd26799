"""Turns the cues found in a text into suggested tags, each with its stance, how sure it is, and the words behind it."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

from involve.text.judging.evidence import word_names
from involve.text.judging.goals import Judge, Reweigh
from involve.text.judging.stances import StanceJudge
from involve.text.judging.table import Tables
from involve.text.matching import CueHit, Word
from involve.text.stance import keep_longest
from involve.text.types import Passage, Scheme, Tag

# Chosen by five-fold cross-validation over the development gold: micro F1 0.78 for goals and 0.63 for ways on the
# folds left out. F1 stays within 0.01 for shares of 0.25 to 0.5 and for any bonus up to 0.5. A lower threshold for
# goals scores the same there, but would let a hint stand alone.
_LEAST: Mapping[Scheme, float] = {"goal": 0.75, "way": 1.0, "theme": 0.75}
_LIKELIEST = 0.4  # a single hint: enough for the one goal that is suggested when none reaches the threshold
_MOST = 3  # concepts suggested of one scheme: people gave none of the development stories more goals
_SHARE = 0.35  # a concept with less than this share of the best one's score is mentioned in passing
_BONUS = 0.25  # what each further time a notion is named adds to its weight, at most four times
_MOST_BONUSES = 4

# Margins from which the learnt table suggests, chosen by cross-validation over the stories it is learnt from.
_CUT: Mapping[Scheme, float] = {"goal": -0.1, "way": -0.2, "theme": 0.0}
_LIKELIEST_MARGIN = -1.5
_STEEP, _EVEN = 1.5, -0.3  # how sure a margin is

# Odds that a suggestion is right, fitted to the same stories as 1.5 * score ** 1.3 and set a little lower, because
# stories that nobody had at hand when the cues were written will be read less well.
_ODDS, _STEEPNESS = 1.25, 1.25


def suggest_tags(
    text: str,
    words: Sequence[Word],
    hits: Sequence[CueHit],
    tables: Tables | None = None,
    reweigh: Reweigh | None = None,
) -> tuple[Tag, ...]:
    """Return the tags to suggest for *text*: goals, ways, themes; within each the surest first.

    With *tables*, what was learnt from labelled stories decides on goals, ways and stances. Without, a concept's score
    does, the sum of the weights of the notions found for it: it is suggested when the score reaches the threshold and
    is no mere fraction of the best in its scheme; so it always is with themes. A second opinion may `reweigh` what the
    tables say. At most one tag a concept, and none without a passage.
    """
    names = word_names(words) if tables else ()
    judge = Judge(tables.goals, words, hits, names, reweigh) if tables else None
    stances = StanceJudge(words, hits, names, tables.stances if tables else None)
    by_scheme: dict[str, list[CueHit]] = defaultdict(list)
    for hit in hits:
        by_scheme[hit.entry.owner[0]].append(hit)
    return tuple(
        Tag(
            scheme=scheme,
            concept=choice.concept,
            stance=stances.judge(choice.hits),
            confidence=choice.confidence,
            passages=merge_passages(text, choice.hits),
            cues=tuple(dict.fromkeys(hit.wording for hit in choice.hits)),
        )
        for scheme in get_args(Scheme)
        for choice in (
            _choose_judged(scheme, judge)
            if judge and scheme != "theme"
            else _choose(scheme, by_scheme[scheme])
        )
    )


def least_score(scheme: Scheme) -> float:
    """Return the score from which a concept of *scheme* is suggested."""
    return _LEAST[scheme]


def confidence_of(score: float) -> float:
    """Return how sure a suggestion with *score* is, in 0..1: odds of 1.25 * score ** 1.25, so 0.56 at 1, 0.88 at 4."""
    odds = _ODDS * math.pow(score, _STEEPNESS)
    return odds / (1 + odds)


def score_hits(hits: Sequence[CueHit]) -> float:
    """Return the score of one concept's hits: each notion's weight, a little more when it is named again."""
    places: dict[int, set[tuple[int, int]]] = defaultdict(set)
    weights: dict[int, float] = {}
    for hit in hits:
        places[hit.entry.number].add((hit.first, hit.last))
        weights[hit.entry.number] = hit.entry.cue.weight
    return sum(
        weight * (1 + _BONUS * min(_MOST_BONUSES, len(places[number]) - 1))
        for number, weight in weights.items()
    )


def merge_passages(text: str, hits: Sequence[CueHit]) -> tuple[Passage, ...]:
    """Return the matched words of *text* as passages, in order; words that touch or overlap make one passage."""
    spans: list[tuple[int, int, int]] = []
    for hit in sorted(hits, key=lambda hit: (hit.first, hit.last)):
        if spans and hit.first <= spans[-1][0] + 1:
            last, start, end = spans[-1]
            spans[-1] = max(last, hit.last), start, max(end, hit.end)
        else:
            spans.append((hit.last, hit.start, hit.end))
    return tuple(Passage(start, end, text[start:end]) for _, start, end in spans)


class _Choice(NamedTuple):
    """A concept to suggest, how sure that is (0..1), and the hits that speak for it."""

    concept: str
    confidence: float
    hits: Sequence[CueHit]


def _choose_judged(scheme: Scheme, judge: Judge) -> Iterator[_Choice]:
    """Yield what the judge suggests of *scheme*, the surest first."""
    # Nearly every story is about some goal: where nothing is sure, the likeliest is better than silence.
    least = _LIKELIEST_MARGIN if scheme == "goal" else _CUT[scheme]
    chosen = 0
    for concept, margin in judge.ranked(scheme):
        if margin <= (_CUT[scheme] if chosen else least) or chosen == _MOST:
            return
        if reasons := judge.reasons(concept):
            chosen += 1
            yield _Choice(concept, 1 / (1 + math.exp(-_STEEP * (margin - _EVEN))), reasons)


def _choose(scheme: Scheme, hits: Sequence[CueHit]) -> Iterator[_Choice]:
    """Yield what *hits*, the cues of *scheme*, alone suggest, the highest score first.

    Inside a scheme the longest cue wins: a *food bank* is not also a bank.
    """
    found: dict[str, list[CueHit]] = defaultdict(list)
    for hit in keep_longest(hits):
        found[hit.entry.owner[1]].append(hit)
    scored = sorted(
        ((score_hits(each), concept) for concept, each in found.items()), key=lambda pair: -pair[0]
    )
    chosen = [pair for pair in scored if pair[0] >= max(_LEAST[scheme], _SHARE * scored[0][0])]
    if not chosen and scheme == "goal" and scored and scored[0][0] >= _LIKELIEST:
        chosen = scored[:1]
    for score, concept in chosen[:_MOST] if scheme != "theme" else chosen:
        yield _Choice(concept, confidence_of(score), found[concept])
