"""Makes the tables that the package carries: `python -m involve.text.judging.make FOLDER` (make weights)."""

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
from involve.text.judging.learn import ReadStory, learn_goals, learn_stances, read_story
from involve.text.judging.make_opinion import make_opinion
from involve.text.judging.make_risks import make_risk_table
from involve.text.judging.opinion import save_opinion
from involve.text.judging.table import FOLDER, LinearTable, Tables, save_tables
from involve.text.meaning import can_embed
from involve.text.spam import spam_reasons
from involve.text.tagging import suggest_tags
from involve.text.topics import load_topics

FOLDS = 5
NO_RISKS = LinearTable((), (), {}, {}, {})
_SEED = 2015

Row = dict[str, Any]


def goal_files(folder: Path) -> list[Path]:
    """Return the files of stories in *folder* that have goals, ways of working and stances."""
    return sorted(folder.glob("*.jsonl"))


def risk_files(folder: Path) -> list[Path]:
    """Return the files of stories in *folder* that say whether someone is in danger, and by which words."""
    return [*goal_files(folder), *sorted(folder.glob("risk/*.jsonl"))]


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
        tables = Tables(*_learn(part, {}), NO_RISKS)
        for at in range(fold, len(rows), FOLDS):
            tags = suggest_tags(rows[at]["text"], read[at].words, read[at].hits, tables)
            said = Labels(
                {tag.concept: tag.stance for tag in tags if tag.scheme == "goal"},
                {tag.concept: tag.stance for tag in tags if tag.scheme == "way"},
            )
            gold = read_labels(rows[at], "row")
            judged.append(Judged(rows[at]["lang"], Labels(gold.goals, gold.ways), said))
    return compare(judged, Random(_SEED), by_language=True)  # noqa: S311 - no secret


def make_tables(folder: Path) -> tuple[Evaluation, ...]:
    """Learn from the stories in *folder*, write the tables into the package, and return the scores of goals and ways.

    The second opinion is written too where its extra is installed, and else left as it is.
    """
    rows, finder = read_stories(goal_files(folder)), Finder(load_builtin().concepts)
    evaluations = cross_validate(rows, finder)
    read = [_read(finder, row) for row in rows]
    risk_rows = read_stories(risk_files(folder))
    risks, risk_margins = make_risk_table(risk_rows)
    save_tables(Tables(*_learn(read, _made_from(rows, evaluations)), risks))
    if can_embed():
        save_opinion(
            make_opinion(rows, read, risk_rows, risk_margins, {"mark": mark_of(rows), "stories": len(rows)})
        )
    return evaluations


def _made_from(rows: Sequence[Row], evaluations: Sequence[Evaluation]) -> Row:
    """Return what a table says of where it comes from."""
    return {
        "mark": mark_of(rows),
        "stories": len(rows),
        "languages": dict(sorted(Counter(row["lang"] for row in rows).items())),
        "micro_f1": {
            each.language: {part.part: round(part.micro.f1, 3) for part in each.parts if part.scores}
            for each in evaluations
        },
    }


def _read(finder: Finder, row: Row) -> ReadStory:
    return read_story(finder, row["text"], {**row["goals"], **row["ways"]})


def _learn(stories: Sequence[ReadStory], made_from: Row) -> tuple[LinearTable, LinearTable]:
    codebook = load_builtin()
    return learn_goals(stories, codebook, made_from), learn_stances(stories, codebook, made_from)


if __name__ == "__main__":
    for evaluation in make_tables(Path(sys.argv[1])):
        scores = ", ".join(f"{part.part} {part.micro.f1:.3f}" for part in evaluation.parts if part.scores)
        print(f"{evaluation.language}: {evaluation.stories} stories, micro F1 {scores}")
    print(
        "danger, held of all:",
        json.dumps(json.loads((FOLDER / "risks.json").read_text())["made_from"]["held"]),
    )
    if not can_embed():
        print("The second opinion was left as it is: it needs pip install 'involve[embeddings]'.")
