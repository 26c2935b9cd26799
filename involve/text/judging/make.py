"""Makes the tables that the package carries: `python -m involve.text.judging.make STORIES.jsonl…` (make weights)."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from involve.text.codebook import load_builtin
from involve.text.evaluation import Evaluation, Judged, Labels, compare, read_labels
from involve.text.finder import Finder
from involve.text.judging.evidence import word_names
from involve.text.judging.goals import Judge
from involve.text.judging.learn import ReadStory, learn_goals, learn_stances, read_story
from involve.text.judging.opinion import learn_opinion, save_opinion
from involve.text.judging.table import Tables, save_tables
from involve.text.meaning import can_embed, centre_of, embed, off_centre
from involve.text.spam import spam_reasons
from involve.text.tagging import suggest_tags
from involve.text.topics import load_topics

FOLDS = 5
_SEED = 2015

Row = dict[str, Any]


def read_stories(paths: Iterable[Path]) -> list[Row]:
    """Return the labelled stories in *paths*, without what is no story, in an order that mixes the files."""
    rows = [
        json.loads(line) for path in sorted(paths) for line in path.read_text("utf-8").splitlines() if line
    ]
    return sorted(
        (row for row in rows if not spam_reasons(row["text"])),
        key=lambda row: sha256(row["text"].encode()).hexdigest(),
    )


def mark_of(rows: Sequence[Row]) -> str:
    """Return a mark that changes with the built-in codebook, its topics and the stories that are learnt from."""
    concepts = [asdict(concept) for concept in load_builtin().concepts]
    topics = [asdict(topic) for topic in load_topics()]
    held = json.dumps([concepts, topics, rows], ensure_ascii=False, sort_keys=True)
    return sha256(held.encode()).hexdigest()[:16]


def cross_validate(rows: Sequence[Row], finder: Finder) -> tuple[Evaluation, ...]:
    """Return the scores on stories that the tables had not learnt from, fold by fold, by language."""
    read = [_read(finder, row) for row in rows]
    judged = []
    for fold in range(FOLDS):
        part = [story for at, story in enumerate(read) if at % FOLDS != fold]
        tables = _learn(part, {})
        for at in range(fold, len(rows), FOLDS):
            tags = suggest_tags(rows[at]["text"], read[at].words, read[at].hits, tables)
            said = Labels(
                {tag.concept: tag.stance for tag in tags if tag.scheme == "goal"},
                {tag.concept: tag.stance for tag in tags if tag.scheme == "way"},
            )
            gold = read_labels(rows[at], "row")
            judged.append(Judged(rows[at]["lang"], Labels(gold.goals, gold.ways), said))
    return compare(judged, Random(_SEED), by_language=True)  # noqa: S311 - no secret


def make_tables(paths: Sequence[Path]) -> tuple[Evaluation, ...]:
    """Learn from the stories in *paths*, write the tables into the package, and return the scores."""
    rows, finder = read_stories(paths), Finder(load_builtin().concepts)
    evaluations = cross_validate(rows, finder)
    made_from = {
        "mark": mark_of(rows),
        "stories": len(rows),
        "languages": dict(sorted(Counter(row["lang"] for row in rows).items())),
        "micro_f1": {
            each.language: {part.part: round(part.micro.f1, 3) for part in each.parts if part.scores}
            for each in evaluations
        },
    }
    save_tables(_learn([_read(finder, row) for row in rows], made_from))
    return evaluations


def make_opinion(paths: Sequence[Path]) -> None:
    """Learn the second opinion from the stories in *paths*, beside tables that had not learnt from the one at hand.

    Raises:
        SettingsError: the extra `embeddings` is not installed.
    """
    rows, finder = read_stories(paths), Finder(load_builtin().concepts)
    read = [_read(finder, row) for row in rows]
    margins: dict[int, dict[str, float]] = {}
    for fold in range(FOLDS):
        table = learn_goals(
            [story for at, story in enumerate(read) if at % FOLDS != fold], load_builtin(), {}
        )
        for at in range(fold, len(rows), FOLDS):
            margins[at] = Judge(table, read[at].words, read[at].hits, word_names(read[at].words)).margins
    vectors = list(embed(row["text"] for row in rows))
    centre = centre_of(vectors)
    seen = [off_centre(vector, centre) for vector in vectors]
    labels = [story.labels for story in read]
    made_from = {"mark": mark_of(rows), "stories": len(rows)}
    save_opinion(learn_opinion([margins[at] for at in range(len(rows))], seen, labels, centre, made_from))


def _read(finder: Finder, row: Row) -> ReadStory:
    return read_story(finder, row["text"], {**row["goals"], **row["ways"]})


def _learn(stories: Sequence[ReadStory], made_from: Row) -> Tables:
    codebook = load_builtin()
    return Tables(learn_goals(stories, codebook, made_from), learn_stances(stories, codebook, made_from))


if __name__ == "__main__":
    told = [Path(name) for name in sys.argv[1:]]
    for evaluation in make_tables(told):
        scores = ", ".join(f"{part.part} {part.micro.f1:.3f}" for part in evaluation.parts if part.scores)
        print(f"{evaluation.language}: {evaluation.stories} stories, micro F1 {scores}")  # noqa: T201
    if can_embed():
        make_opinion(told)
    else:
        print("The second opinion was left as it is: it needs pip install 'involve[embeddings]'.")  # noqa: T201
