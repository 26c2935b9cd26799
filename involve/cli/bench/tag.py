"""Measures the reading of stories: words, tags with their reasons, everything; memory and cold start."""

import json
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from involve.cli.bench.bare import bare_dictionary
from involve.cli.bench.figures import Figure, percentile, run_child, show_progress, time_each
from involve.cli.bench.stories import invent_stories
from involve.text.codebook import Codebook, load_builtin
from involve.text.judging.table import load_tables
from involve.text.language import identify_words
from involve.text.matching import Word, split_into_words
from involve.text.pipeline import analyse, make_finder
from involve.text.search import index_keys
from involve.text.tagging import suggest_tags
from involve.text.tokens import tokenise

_STARTS = 3


def measure_tag(number: int) -> Iterator[Figure]:
    """Yield the figures of reading *number* invented stories."""
    codebook = load_builtin()
    stories = invent_stories(codebook, number)
    yield Figure("tag", "stories", number, "stories", "invented, Welsh and English in turn")
    words = sum(len(story.split()) for story in stories) / number
    yield Figure(
        "tag", "words", round(words), "words", "of a story on average; many more cues than in real ones"
    )
    yield from _measure_starts(stories)
    analyse(stories[0], codebook)
    rates: dict[str, float] = {}
    for name, meaning, do in _steps(codebook):
        times = time_each(stories, do, f"Reading {number} stories: {name}")
        rates[name] = round(1000 * number / sum(times.cpu), 1)
        yield Figure(
            "tag", f"{name}_rate", rates[name], "stories/s", f"of one core, start left out: {meaning}"
        )
        yield Figure(
            "tag", f"{name}_cpu_p95", percentile(times.cpu, 95), "ms", "CPU of one story, 95th percentile"
        )
    for name in ("tags", "everything"):
        ratio = round(rates[name] / rates["bare"], 3)
        yield Figure(
            "tag", f"{name}_ratio", ratio, "", "stories a second, as a share of the bare dictionary's"
        )


def _steps(codebook: Codebook) -> tuple[tuple[str, str, Callable[[str], object]], ...]:
    """Return what is measured: name, meaning, and what is done with a story."""
    finder, tables = make_finder(codebook, None), load_tables()
    return (
        (
            "bare",
            "a dictionary of stemmed phrases, nothing explained: to compare with",
            bare_dictionary(codebook),
        ),
        ("words", "tokens and the language of each", _read_words),
        (
            "tags",
            "words, cues in all their forms, tags with stance and passages",
            lambda story: suggest_tags(story, read := _read_words(story), finder.find(story, read), tables),
        ),
        (
            "everything",
            "what the site does: tags, personal details, risk, spam",
            lambda story: analyse(story, codebook),
        ),
        ("keys", "the keys by which search finds a story, made when it is published", index_keys),
    )


def _read_words(story: str) -> tuple[Word, ...]:
    """Return the words of *story* as matching wants them."""
    tokens = tokenise(story)
    return split_into_words(story, tokens, identify_words(tokens))


def _measure_starts(stories: Sequence[str]) -> Iterator[Figure]:
    """Yield what a new process takes for one story and for all."""
    with tempfile.TemporaryDirectory(prefix="involve-bench-") as folder:
        one, many = Path(folder) / "one.jsonl", Path(folder) / "many.jsonl"
        for path, texts in ((one, stories[:1]), (many, stories)):
            path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        with show_progress(range(_STARTS), "Starting involve tag") as rounds:
            starts = [run_child(("tag", "--format", "jsonl", str(one))) for _ in rounds]
        everything = run_child(("tag", "--format", "jsonl", str(many)))
    meaning = f"of involve tag on one story in a new process, median of {_STARTS}"
    for at, name, unit in ((0, "cold_start", "s"), (1, "cold_start_cpu", "s"), (2, "memory", "MB")):
        yield Figure(
            "tag",
            name,
            round(statistics.median(start[at] for start in starts), 3),
            unit,
            _LABELS[at] + meaning,
        )
    yield Figure(
        "tag", "memory_all", everything[2], "MB", f"most held by involve tag on all {len(stories)} stories"
    )


_LABELS = ("elapsed time ", "CPU ", "most memory held ")
