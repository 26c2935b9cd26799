"""The command that looks for what nobody named beforehand: involve themes."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from involve.cli.options import files_argument, format_option, progress
from involve.cli.readers import InputStory, read_stories
from involve.cli.reading import load_codebook_for_reading
from involve.cli.tables import write_columns
from involve.text.pipeline import analyse
from involve.text.themes.collocations import find_collocations
from involve.text.themes.keyness import find_keywords
from involve.text.themes.near_duplicates import group_near_duplicates
from involve.text.themes.quotations import choose_quotations
from involve.text.themes.word_counts import WordCounts, count_words
from involve.text.types import Stance

_LONGEST_QUOTE = 160


@click.command()
@files_argument
@click.option(
    "--against",
    "others",
    multiple=True,
    metavar="FILE",
    help="Stories to compare with; without it, no words are singled out. May be given more than once.",
)
@click.option("--most", default=15, show_default=True, type=click.IntRange(1, 200), help="Rows in each part.")
@format_option("json", help_text="Tables to read, or one JSON object.")
def themes(files: tuple[str, ...], others: tuple[str, ...], most: int, form: str) -> None:
    """Show what sets stories apart: their words, the words that go together, repeats, and whom to quote.

    FILE is as for `involve tag`. Words are those that these stories use more than the stories --against, in the
    spelling that most people used, in either language. Texts that are nearly the same (copies, letters of a campaign)
    are listed together and none is dropped. Quotations are the most typical stories, and beside them the most typical
    of those with the opposite stance.

    \b
    Examples:
      involve themes river.jsonl --against everything.jsonl
      involve themes stories.csv --format json
    """
    given = read_stories(files, sys.stdin.buffer)
    against = read_stories(others, sys.stdin.buffer) if others else []
    found = explore(given, against, most)
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo("\n\n".join(_tables(found)))


def explore(given: Sequence[InputStory], against: Sequence[InputStory], most: int) -> dict[str, Any]:
    """Return what is found in the *given* stories as plain values: words, pairs, repeats, quotations."""
    texts = [story.text for story in given]
    words = find_keywords(_count("Counting words", given), _count("Comparing", against), most)
    quoted = choose_quotations(texts, _stances(given))
    return {
        "stories": len(given),
        "against": len(against),
        "words": [asdict(word) for word in words],
        "pairs": [asdict(pair) for pair in find_collocations(texts, most)],
        "repeats": [[_name(given[at]) for at in group] for group in group_near_duplicates(texts)][:most],
        "typical": [_quotation(given[at]) for at in quoted.typical],
        "contrary": [_quotation(given[at]) for at in quoted.contrary],
    }


def _count(label: str, stories: Sequence[InputStory]) -> WordCounts:
    with progress(stories, label) as each:
        return count_words(story.text for story in each)


def _stances(stories: Sequence[InputStory]) -> list[Stance]:
    """Return the stance of each story: that of its surest tag, mixed where it has none."""
    codebook = load_codebook_for_reading()

    with progress(stories, "Reading") as each:
        analyses = (analyse(story.text, codebook) for story in each)
        surest = (max(found.tags, key=lambda tag: tag.confidence, default=None) for found in analyses)
        return ["mixed" if tag is None else tag.stance for tag in surest]


def _name(story: InputStory) -> str:
    return story.place if story.id is None else str(story.id)


def _quotation(story: InputStory) -> dict[str, str]:
    return {"id": _name(story), "text": story.text}


def _tables(found: dict[str, Any]) -> Iterator[str]:
    words = [
        (each["word"], each["language"], f"{each['z']:.1f}", str(each["stories"]), str(each["elsewhere"]))
        for each in found["words"]
    ]
    pairs = [(" ".join(each["words"]), str(each["times"])) for each in found["pairs"]]
    yield _table("Words that stand out", ("word", "language", "z", "stories", "elsewhere"), words)
    yield _table("Words that go together", ("words", "times"), pairs)
    yield _table("Nearly the same text", ("stories",), [(", ".join(group),) for group in found["repeats"]])
    for part, title in (("typical", "Typical"), ("contrary", "The other way round")):
        rows = [(each["id"], _shorten(each["text"])) for each in found[part]]
        yield _table(title, ("story", "words"), rows)


def _table(title: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join([title, *(write_columns([columns, *rows]) if rows else ["  nothing found"])])


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"
