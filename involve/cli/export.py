"""`involve export`: writes a project's published stories to a file."""

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click
from openpyxl import Workbook

from involve.cli.site import opened, project_of, read_settings
from involve.services.evidence import EvidenceFilter, PublicStory, find_stories
from involve.services.exporting import COLUMNS, export_row, guard_cell, published_stories

# Characters that the format of spreadsheets cannot hold.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@click.command()
@click.option("--project", required=True, metavar="SLUG", help="The project whose stories are written.")
@click.option(
    "--format", "form", required=True, type=click.Choice(["csv", "xlsx", "jsonl"]), help="Kind of file."
)
@click.option(
    "-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path, dir_okay=False)
)
def export(project: str, form: str, output: Path) -> None:
    """Write the published stories of a project, with their tags, to FILE.

    Only what anyone may read on the site is written: the published words, never the original ones. A cell that a
    spreadsheet would take for a formula gets an apostrophe before it (csv and xlsx).
    """
    # A file that is there already is replaced only by a whole new one.
    part = output.with_name(f".{output.name}.part")
    with opened(read_settings()) as factory, factory() as session:
        project_of(session, project)
        total = find_stories(session, EvidenceFilter(project=project), 1).total
        try:
            with click.progressbar(
                published_stories(session, project),
                length=total,
                label=f"Exporting {project}",
                file=sys.stderr,
                hidden=not sys.stderr.isatty(),
            ) as stories:
                WRITERS[form](part, stories)
            part.replace(output)
        finally:
            part.unlink(missing_ok=True)
    click.echo(f"Stories: {total} in {output}")


def _guarded(stories: Iterable[PublicStory]) -> Iterator[list[str]]:
    """Yield the rows of a table that a spreadsheet may open."""
    yield list(COLUMNS)
    for story in stories:
        yield [guard_cell(cell) for cell in export_row(story)]


def _write_csv(path: Path, stories: Iterable[PublicStory]) -> None:
    """Write a table with a mark at its beginning, without which spreadsheets misread ŵ and ŷ."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(_guarded(stories))


def _write_jsonl(path: Path, stories: Iterable[PublicStory]) -> None:
    """Write one object a line, with tags and their passages."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for story in stories:
            row = {name: value for name, value in asdict(story).items() if name != "id"}
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def _write_xlsx(path: Path, stories: Iterable[PublicStory]) -> None:
    """Write a workbook row by row, without holding it whole."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("stories")
    for row in _guarded(stories):
        sheet.append([UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", cell) for cell in row])
    workbook.save(path)


WRITERS = {"csv": _write_csv, "xlsx": _write_xlsx, "jsonl": _write_jsonl}
