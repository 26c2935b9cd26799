"""Compares what the software suggests with what people labelled: what is right, what is found, how sure that is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal, get_args

from involve.errors import BadInput
from involve.text.codebook import load_builtin
from involve.text.types import Analysis, Stance

Part = Literal["goals", "ways", "stance", "flags"]
PARTS: tuple[Part, ...] = ("goals", "ways", "stance", "flags")
_SCHEMES: dict[str, Part] = {"goal": "goals", "way": "ways"}
_FLAGS = ("spam", "safeguarding")
_DRAWS = 1000  # resamplings behind an interval
_OUTSIDE = 0.025  # what a 95 % interval leaves out on each side


@dataclass(frozen=True, slots=True)
class Labels:
    """What one voice said of a story: goals and ways with a stance each, and the flags that are up."""

    goals: Mapping[str, Stance]
    ways: Mapping[str, Stance]
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """A story with the labels of people and of the software."""

    language: str
    gold: Labels
    suggested: Labels


@dataclass(frozen=True, slots=True)
class Score:
    """How well one label does; shares are 0..1.

    `in_gold` and `suggested` count stories (for a stance: tags). `low` and `high` bound F1 in 95 of 100
    resamplings of the stories.
    """

    name: str
    in_gold: int
    suggested: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PartScores:
    """The scores of the goals, ways, stances or flags.

    `micro` counts every label alike, `macro` averages over the labels that occur. `alpha` is Krippendorff's
    agreement with the gold, averaged over the labels; None where nothing varies.
    """

    part: Part
    scores: tuple[Score, ...]
    micro: Score
    macro: Score
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores over the stories of one language, or over all of them."""

    language: str
    stories: int
    parts: tuple[PartScores, ...]


_Event = tuple[str, str]  # (label, "right" | "wrong" | "missed")
_Story = Sequence[_Event]


def read_labels(row: Mapping[str, object], place: str) -> Labels:
    """Return the labels in a gold row: `goals` and `ways` from id to stance, flags `spam` and `safeguarding`.

    Raises:
        BadInput: an id or a stance is unknown, or a field has another shape; *place* is where the row stands.
    """
    by_part = {}
    for scheme, part in _SCHEMES.items():
        labels = row.get(part, {})
        if not isinstance(labels, dict):
            raise BadInput(f'{place}: "{part}" must be an object from id to stance')
        known = {concept.id for concept in load_builtin().concepts if concept.scheme == scheme}
        for concept, stance in labels.items():
            if concept not in known:
                raise BadInput(f'{place}: "{concept}" is no {scheme}; known are {", ".join(sorted(known))}')
            if stance not in get_args(Stance):
                raise BadInput(
                    f'{place}: the stance of "{concept}" must be one of {", ".join(get_args(Stance))}'
                )
        by_part[part] = labels
    return Labels(
        by_part["goals"], by_part["ways"], frozenset(flag for flag in _FLAGS if row.get(flag) is True)
    )


def labels_of(analysis: Analysis) -> Labels:
    """Return what the software said in the shape in which it is compared."""
    by_part: dict[Part, dict[str, Stance]] = {"goals": {}, "ways": {}}
    for tag in analysis.tags:
        if tag.scheme in _SCHEMES:
            by_part[_SCHEMES[tag.scheme]][tag.concept] = tag.stance
    raised = zip(_FLAGS, (analysis.spam, analysis.risk), strict=True)
    return Labels(by_part["goals"], by_part["ways"], frozenset(flag for flag, signs in raised if signs))


def compare(judged: Sequence[Judged], rng: Random, by_language: bool = False) -> tuple[Evaluation, ...]:
    """Return the scores over all stories and, with *by_language*, over those of each language as well.

    A stance is judged where the tag itself is right. *rng* draws the resamplings: a seeded one gives the same
    intervals every time.
    """
    groups = {"all": list(judged)}
    if by_language:
        for language in sorted({each.language for each in judged}):
            groups[language] = [each for each in judged if each.language == language]
    return tuple(
        Evaluation(language, len(group), tuple(_score_part(part, group, rng) for part in PARTS))
        for language, group in groups.items()
    )


def _score_part(part: Part, judged: Sequence[Judged], rng: Random) -> PartScores:
    stories = [_events(part, each) for each in judged]
    counts = Counter(event for story in stories for event in story)
    names = sorted({name for name, _ in counts})
    draws = [_draw(stories, rng) for _ in range(_DRAWS)] if names else []
    rights, wrongs, misseds = (
        sum(counts[name, kind] for name in names) for kind in ("right", "wrong", "missed")
    )
    scores = tuple(_score(name, counts, draws) for name in names)
    micro = _score_sums("micro", (rights, wrongs, misseds), [_f1(*_total(draw, names)) for draw in draws])
    return PartScores(part, scores, micro, _average(scores, names, draws), _agreement(part, judged, names))


def _events(part: Part, judged: Judged) -> list[_Event]:
    """Return what is right, wrong or missed in one story; for stances, over the tags that are right."""
    if part == "stance":
        events: list[_Event] = []
        for gold, suggested in _stance_pairs(judged):
            events += [(gold, "right")] if gold == suggested else [(gold, "missed"), (suggested, "wrong")]
        return events
    gold_names, names = _names(part, judged.gold), _names(part, judged.suggested)
    return (
        [(name, "right") for name in sorted(gold_names & names)]
        + [(name, "wrong") for name in sorted(names - gold_names)]
        + [(name, "missed") for name in sorted(gold_names - names)]
    )


def _names(part: Part, labels: Labels) -> frozenset[str]:
    if part == "flags":
        return labels.flags
    return frozenset(labels.goals if part == "goals" else labels.ways)


def _stance_pairs(judged: Judged) -> list[tuple[Stance, Stance]]:
    """Return (gold, suggested) stances of the tags that both gave."""
    return [
        (gold[name], suggested[name])
        for gold, suggested in (
            (judged.gold.goals, judged.suggested.goals),
            (judged.gold.ways, judged.suggested.ways),
        )
        for name in sorted(gold.keys() & suggested.keys())
    ]


def _draw(stories: Sequence[_Story], rng: Random) -> Counter[_Event]:
    """Return the counts over as many stories drawn with replacement."""
    return Counter(event for story in rng.choices(stories, k=len(stories)) for event in story)


def _score(name: str, counts: Counter[_Event], draws: Sequence[Counter[_Event]]) -> Score:
    return _score_sums(name, _total(counts, [name]), [_f1(*_total(draw, [name])) for draw in draws])


def _total(counts: Counter[_Event], names: Iterable[str]) -> tuple[int, int, int]:
    right = wrong = missed = 0
    for name in names:
        right += counts[name, "right"]
        wrong += counts[name, "wrong"]
        missed += counts[name, "missed"]
    return right, wrong, missed


def _score_sums(name: str, sums: tuple[int, int, int], drawn: Sequence[float]) -> Score:
    right, wrong, missed = sums
    precision, recall = _share(right, right + wrong), _share(right, right + missed)
    return Score(name, right + missed, right + wrong, precision, recall, _f1(*sums), *_interval(drawn))


def _average(scores: Sequence[Score], names: Sequence[str], draws: Sequence[Counter[_Event]]) -> Score:
    """Return the plain mean over labels; a label that a resampling lacks is left out of that one."""
    drawn = []
    for draw in draws:
        present = [sums for sums in (_total(draw, [name]) for name in names) if any(sums)]
        drawn.append(_mean([_f1(*sums) for sums in present]))
    return Score(
        "macro",
        sum(score.in_gold for score in scores),
        sum(score.suggested for score in scores),
        _mean([score.precision for score in scores]),
        _mean([score.recall for score in scores]),
        _mean([score.f1 for score in scores]),
        *_interval(drawn),
    )


def _agreement(part: Part, judged: Sequence[Judged], names: Sequence[str]) -> float | None:
    """Return Krippendorff's alpha of software and gold: for stances over tags, else the mean over labels."""
    if part == "stance":
        return _alpha([pair for each in judged for pair in _stance_pairs(each)])
    alphas = [
        _alpha([(name in _names(part, each.gold), name in _names(part, each.suggested)) for each in judged])
        for name in names
    ]
    known = [alpha for alpha in alphas if alpha is not None]
    return _mean(known) if known else None


def _alpha(pairs: Sequence[tuple[object, object]]) -> float | None:
    if len({value for pair in pairs for value in pair}) < 2:
        return None
    # Imported here: nltk takes longer to load than tagging a story does.
    from nltk.metrics.agreement import AnnotationTask  # type: ignore[import-untyped]

    votes = [
        (voice, item, vote) for item, pair in enumerate(pairs) for voice, vote in zip("gs", pair, strict=True)
    ]
    return float(AnnotationTask(data=votes).alpha())


def _f1(right: int, wrong: int, missed: int) -> float:
    return _share(2 * right, 2 * right + wrong + missed)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _interval(drawn: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(drawn)
    if not ordered:
        return 0.0, 0.0
    last = len(ordered) - 1
    return ordered[round(_OUTSIDE * last)], ordered[round((1 - _OUTSIDE) * last)]
