"""Suggestions are measured against labels, with intervals that stay the same."""

import json
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from involve.errors import BadInput
from involve.text.codebook import load_builtin
from involve.text.evaluation import Evaluation, Judged, Labels, compare, labels_of, read_labels
from involve.text.pipeline import analyse
from involve.text.types import Stance


def judged(gold: Mapping[str, Stance], suggested: Mapping[str, Stance], language: str = "cy") -> Judged:
    return Judged(language, Labels(gold, {}), Labels(suggested, {}))


STORIES = [
    judged({"healthier": "concern"}, {"healthier": "concern"}),
    judged({"healthier": "concern", "equal": "concern"}, {"healthier": "strength"}),
    judged({}, {"healthier": "concern"}, "en"),
    judged({"culture": "idea"}, {"culture": "idea"}, "en"),
]


def evaluate_file(path: Path) -> Evaluation:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    stories = [
        Judged(row["lang"], read_labels(row, "row"), labels_of(analyse(row["text"], load_builtin())))
        for row in rows
    ]
    return compare(stories, Random(1))[0]


def test_precision_recall_and_f1_are_counted_for_each_label() -> None:
    goals = compare(STORIES, Random(1))[0].parts[0]
    healthier = next(score for score in goals.scores if score.name == "healthier")
    assert (healthier.in_gold, healthier.suggested) == (2, 3)
    assert healthier.precision == pytest.approx(2 / 3)
    assert healthier.recall == 1.0
    assert healthier.f1 == pytest.approx(0.8)


def test_micro_counts_every_label_alike_and_macro_averages_over_labels() -> None:
    goals = compare(STORIES, Random(1))[0].parts[0]
    assert goals.micro.f1 == pytest.approx(2 * 3 / (2 * 3 + 1 + 1))
    assert goals.macro.f1 == pytest.approx((0.8 + 0.0 + 1.0) / 3)


def test_a_stance_is_judged_only_where_the_tag_is_right() -> None:
    stance = compare(STORIES, Random(1))[0].parts[2]
    assert stance.micro.in_gold == 3
    assert stance.micro.f1 == pytest.approx(2 / 3)


def test_intervals_hold_the_value_and_are_the_same_for_the_same_seed() -> None:
    first, second = compare(STORIES * 10, Random(7)), compare(STORIES * 10, Random(7))
    assert first == second
    for score in first[0].parts[0].scores:
        assert 0 <= score.low <= score.f1 <= score.high <= 1


def test_scores_by_language_count_the_stories_of_each() -> None:
    evaluations = compare(STORIES, Random(1), by_language=True)
    assert [(each.language, each.stories) for each in evaluations] == [("all", 4), ("cy", 2), ("en", 2)]


def test_agreement_is_one_when_all_agree_and_unknown_when_nothing_varies() -> None:
    same = [judged({"culture": "idea"}, {"culture": "idea"}), judged({}, {})]
    goals, ways, stance, flags = compare(same, Random(1))[0].parts
    assert goals.alpha == pytest.approx(1.0)
    assert (ways.alpha, stance.alpha, flags.alpha) == (None, None, None)


def test_nothing_to_compare_scores_nothing_and_does_not_fail() -> None:
    assert compare([], Random(1))[0].parts[0].micro.f1 == 0.0


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"goals": {"health": "concern"}}, '"health" is no goal'),
        ({"ways": {"involvement": "bad"}}, "stance"),
        ({"goals": ["healthier"]}, "must be an object"),
        ({"goals": {"healthier": ["concern"]}}, "stance"),
    ],
)
def test_a_gold_row_with_unknown_labels_is_refused(row: dict[str, object], told: str) -> None:
    with pytest.raises(BadInput, match="line 3") as refusal:
        read_labels(row, "gold.jsonl, line 3")
    assert told in str(refusal.value)
