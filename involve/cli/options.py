"""Arguments and options that several commands share, and how long work shows its progress."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from involve.cli.readers import InputStory

_LONG_INPUT = 200  # stories from which progress is shown

Command = Callable[..., Any]

files_argument = click.argument("files", nargs=-1, metavar="[FILE…|-]")


def format_option(
    machine: str, table: str = "table", help_text: str = "A table to read, or JSON."
) -> Command:
    """Return the option --format of a command that writes *table*, or *machine* (the name of a form for programs)."""
    return click.option(
        "--format",
        "form",
        type=click.Choice([table, machine]),
        default=table,
        show_default=True,
        help=help_text,
    )


opinion_option = click.option(
    "--second-opinion",
    "second_opinion",
    is_flag=True,
    help="Also weigh what each story means as a whole (needs the extra embeddings; a tenth of a second a story).",
)


@contextmanager
def progress(stories: Sequence[InputStory], label: str) -> Iterator[Iterator[InputStory]]:
    """Give out *stories* one by one, with a bar on standard error when they are many and someone is looking."""
    if len(stories) < _LONG_INPUT or not sys.stderr.isatty():
        yield iter(stories)
        return
    with click.progressbar(stories, label=label, file=sys.stderr) as bar:
        yield iter(bar)
