"""The command that finds stories like one: involve similar."""

import json
import sys
from collections.abc import Sequence
from typing import Any

import click

from involve.cli.options import files_argument, format_option, progress
from involve.cli.readers import InputStory, read_stories
from involve.cli.tables import write_columns
from involve.errors import BadInput
from involve.text.meaning import centre_of, embed, likeness, off_centre

_LONGEST_QUOTE = 100


@click.command()
@files_argument
@click.option("--to", "wanted", required=True, metavar="TEXT", help="The words that others should be like.")
@click.option("--most", default=5, show_default=True, type=click.IntRange(1, 200), help="Stories to show.")
@format_option("json", help_text="A table to read, or one JSON object a story.")
def similar(files: tuple[str, ...], wanted: str, most: int, form: str) -> None:
    """Find the stories whose meaning is most like a text, in whichever of the two languages they are told.

    FILE is as for `involve tag`. Needs the extra embeddings (pip install 'involve[embeddings]') and about a tenth of
    a second a story. Likeness is from -1 to 1; a story in the other language comes a little lower than one in the
    same. It is a guess of a machine that cannot be explained: read the stories.

    \b
    Example:
      involve similar stories.jsonl --to "Dim bws ar ôl chwech"
    """
    if not wanted.strip():
        raise BadInput("--to needs some words to compare with")
    found = find_similar(read_stories(files, sys.stdin.buffer), wanted, most)
    if form == "json":
        click.echo("\n".join(json.dumps(each, ensure_ascii=False) for each in found))
    else:
        rows = [("likeness", "id", "story")]
        rows += [(f"{each['likeness']:.2f}", str(each["id"]), _shorten(each["text"])) for each in found]
        click.echo("\n".join(write_columns(rows)))


def find_similar(stories: Sequence[InputStory], wanted: str, most: int) -> list[dict[str, Any]]:
    """Return the *most* like *wanted* of *stories*, the likest first.

    Raises:
        SettingsError: the extra is not installed.
    """
    with progress(stories, "Reading") as each_story:
        vectors = list(embed(story.text for story in each_story))
    centre = centre_of(vectors)
    target = off_centre(next(embed([wanted])), centre)
    likenesses = [likeness(off_centre(vector, centre), target) for vector in vectors]
    order = sorted(range(len(stories)), key=lambda at: -likenesses[at])[:most]
    return [
        {"id": stories[at].id, "likeness": round(likenesses[at], 3), "text": stories[at].text} for at in order
    ]


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"
