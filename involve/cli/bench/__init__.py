"""`involve bench`: measures how fast each part of the work is, on invented stories and scratch data."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from involve.cli.bench.browse import measure_browse
from involve.cli.bench.export import measure_export
from involve.cli.bench.figures import Figure, describe_machine
from involve.cli.bench.retag import measure_retag
from involve.cli.bench.scratch import ScratchSite, scratch_site
from involve.cli.bench.submit import measure_submit
from involve.cli.bench.tag import measure_tag
from involve.cli.tables import write_columns

PARTS = ("tag", "retag", "submit", "browse", "export")
# Stories of each part without --stories: enough for steady figures, done in about two minutes together.
USUAL = {"tag": 1_000, "retag": 2_000, "submit": 200, "published": 10_000}


@click.command()
@click.argument("part", type=click.Choice([*PARTS, "all"]), default="all")
@click.option(
    "--stories",
    metavar="N",
    type=click.IntRange(1, 1_000_000),
    help=f"Stories to work with: without it {USUAL['tag']} to tag, {USUAL['retag']} to tag "
    f"again, {USUAL['submit']} to submit, {USUAL['published']} published ones to browse and export.",
)
@click.option(
    "--database",
    metavar="URL",
    help="A database to use for a while instead of a temporary SQLite file, for instance a PostgreSQL one.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="A table to read, or JSON.",
)
def bench(part: str, stories: int | None, database: str | None, form: str) -> None:
    """Measure PART: tag, retag, submit, browse, export, or all of them.

    Stories are invented from the codebook, always the same ones. Work is done in one process, one thread, on a
    temporary database that is thrown away; settings of the site do not count. With --database the stories go into
    a project of their own there, marked as invented, and are removed at the end; until then that site shows them.

    Times are of the processor where they say CPU, so that a busy machine disturbs them less; compare runs by their
    ratio to the yardstick.
    """
    wanted = PARTS if part == "all" else (part,)
    figures = [*describe_machine()]
    if "tag" in wanted:
        figures += measure_tag(stories or USUAL["tag"])
    if "retag" in wanted:
        with _site(database) as site:  # of its own: its stories are longer than those of the other parts
            figures += measure_retag(site, stories or USUAL["retag"])
    if set(wanted) - {"tag", "retag"}:
        with _site(database) as site:
            figures += _measure_site(site, wanted, stories)
    click.echo(_as_json(figures) if form == "json" else _as_table(figures))


def _measure_site(site: ScratchSite, wanted: tuple[str, ...], stories: int | None) -> Iterator[Figure]:
    """Yield the figures of what needs a site: first what is published, which submitting would add to."""
    if "browse" in wanted or "export" in wanted:
        yield from site.publish(stories or USUAL["published"])
    if "browse" in wanted:
        yield from measure_browse(site)
    if "export" in wanted:
        yield from measure_export(site)
    if "submit" in wanted:
        yield from measure_submit(site, stories or USUAL["submit"])


@contextmanager
def _site(database: str | None) -> Iterator[ScratchSite]:
    """Give a scratch site in a temporary folder, or in the database that was named."""
    with (
        tempfile.TemporaryDirectory(prefix="involve-bench-") as folder,
        scratch_site(Path(folder), database or "") as site,
    ):
        yield site


def _as_json(figures: list[Figure]) -> str:
    """Return the figures as one JSON object."""
    return json.dumps({"figures": [asdict(figure) for figure in figures]}, ensure_ascii=False, indent=2)


def _as_table(figures: list[Figure]) -> str:
    """Return the figures as a table."""
    rows = [("part", "figure", "value", "unit", "what it is")]
    rows += [(each.part, each.name, each.written, each.unit, each.meaning) for each in figures]
    return "\n".join(write_columns(rows))
