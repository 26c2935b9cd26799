"""`involve export`: writes a project's published stories to a file."""

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from openpyxl import Workbook
from sqlalchemy.orm import Session

from involve.cli.site import now, opened, project_of, read_settings
from involve.database import transaction
from involve.documents.qdpx import write_qdpx
from involve.errors import BadInput
from involve.services.evidence.evidence import EvidenceFilter, find_stories
from involve.services.evidence.exporting import COLUMNS, export_row, guard_cell, published_stories
from involve.services.evidence.handing_on import (
    FOR_FILES,
    SHARED_COLUMNS,
    count_shared,
    note_handed_on,
    shared_stories,
)

# Characters that the format of spreadsheets cannot hold.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@click.command()
@click.option("--project", required=True, metavar="SLUG", help="The project whose stories are written.")
@click.option(
    "--format",
    "form",
    required=True,
    type=click.Choice(["csv", "xlsx", "jsonl", "qdpx"]),
    help="Kind of file.",
)
@click.option(
    "-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path, dir_okay=False)
)
@click.option(
    "--use",
    type=click.Choice(FOR_FILES),
    help="Only stories whose tellers agree to this use now, public or not; an event.",
)
def export(project: str, form: str, output: Path, use: str | None) -> None:
    """Write the published stories of a project, with their tags, to FILE.

    Only what anyone may read on the site is written: the published words, never the original ones. With --use, the
    stories that may be shared with other bodies or studied: redacted words too, of stories that a person has redacted.
    A cell that a spreadsheet would take for a formula gets an apostrophe before it (csv and xlsx). A qdpx file
    (REFI-QDA) is for programs of qualitative research: tags are codes, with their passages.
    """
    if use is not None and form == "qdpx":
        raise BadInput(
            "A qdpx file holds published stories only: leave --use out, or take csv, xlsx or jsonl."
        )
    # A file that is there already is replaced only by a whole new one.
    part = output.with_name(f".{output.name}.part")
    try:
        with opened(read_settings()) as factory:
            # Only reading: nobody who tells a story waits for a long file.
            with factory() as session:
                total = _write(session, project, form, use, part)
            if use is not None:
                with transaction(factory) as session:
                    note_handed_on(session, project_of(session, project), use, total, now())
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"Stories: {total} in {output}")


def _write(session: Session, project: str, form: str, use: str | None, path: Path) -> int:
    """Write the stories to *path*, with a bar where someone looks, and return how many they are."""
    project_of(session, project)
    chosen = choose(session, project, use)
    with click.progressbar(
        chosen.stories,
        length=chosen.total,
        label=f"Exporting {project}",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as stories:
        WRITERS[form](path, chosen, stories)
    return chosen.total


@dataclass(frozen=True)
class Chosen:
    """The stories to write, how many they are, and how one becomes a row under `columns`."""

    project: str
    total: int
    stories: Iterator[Any]
    columns: tuple[str, ...]
    as_row: Callable[[Any], tuple[str, ...]]


def choose(session: Session, project: str, use: str | None = None) -> Chosen:
    """Return the published stories of a project, or those whose tellers agree to one use now."""
    if use is not None:
        total = count_shared(session, project, use)
        return Chosen(
            project, total, shared_stories(session, project, use), SHARED_COLUMNS, lambda story: story.row
        )
    total = find_stories(session, EvidenceFilter(project=project), 1).total
    return Chosen(project, total, published_stories(session, project), COLUMNS, export_row)


def _guarded(chosen: Chosen, stories: Iterable[Any]) -> Iterator[list[str]]:
    """Yield the rows of a table that a spreadsheet may open."""
    yield list(chosen.columns)
    for story in stories:
        yield [guard_cell(cell) for cell in chosen.as_row(story)]


def _write_csv(path: Path, chosen: Chosen, stories: Iterable[Any]) -> None:
    """Write a table with a mark at its beginning, without which spreadsheets misread ŵ and ŷ."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(_guarded(chosen, stories))


def _write_jsonl(path: Path, _chosen: Chosen, stories: Iterable[Any]) -> None:
    """Write one object a line, with tags and their passages."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for story in stories:
            row = {name: value for name, value in asdict(story).items() if name != "id"}
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def _write_xlsx(path: Path, chosen: Chosen, stories: Iterable[Any]) -> None:
    """Write a workbook row by row, without holding it whole."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("stories")
    for row in _guarded(chosen, stories):
        sheet.append([UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", cell) for cell in row])
    workbook.save(path)


def _write_qdpx(path: Path, chosen: Chosen, stories: Iterable[Any]) -> None:
    """Write a project for programs of qualitative research."""
    write_qdpx(path, chosen.project, stories, now())


WRITERS = {"csv": _write_csv, "xlsx": _write_xlsx, "jsonl": _write_jsonl, "qdpx": _write_qdpx}
