"""`involve export`: writes published stories to a file."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from involve.cli.memory import settle_memory
from involve.cli.site import now, opened, project_of, read_settings
from involve.database import transaction
from involve.documents.qdpx import write_qdpx
from involve.documents.tables.shape import PUBLISHED, SHARED, Shape
from involve.documents.tables.writers import WRITERS
from involve.errors import BadInput
from involve.services.codebook.books import released_codebook
from involve.services.codebook.files import write_codebook
from involve.services.evidence.choices import CHOICES
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.handing_on import FOR_FILES, count_shared, note_handed_on, shared_stories
from involve.services.evidence.published import count_published, one_moment, published_stories
from involve.services.evidence.searching import LONGEST_QUERY

FOR_USES = ("csv", "xlsx", "ods", "jsonl")
DAY = click.DateTime(["%Y-%m-%d"])


def _choice(name: str, words: str, metavar: str | None = None) -> Callable[..., Any]:
    """Return the option of a filter that takes fixed values."""
    return click.option(
        f"--{name.replace('_', '-')}", type=click.Choice(CHOICES[name]), metavar=metavar, help=words
    )


FILTERS = (
    click.option("--project", metavar="SLUG", help="The project whose stories are written; else all."),
    _choice("goal", "Well-being goal."),
    _choice("way", "Way of working."),
    click.option("--theme", metavar="ID", help="Theme of the project’s codebook."),
    _choice("topic", "Topic that the words name, such as bus.", "TOPIC"),
    _choice("stance", "Stance of a tag."),
    _choice("voice", "Who says so: whose tag it is."),
    _choice("indicator", "National indicator (ni01 to ni50), by topics; not official.", "ID"),
    _choice("region", "Region of Wales."),
    _choice("area", "Local authority.", "GSS"),
    _choice("stage", "Stage of the project in which it was told."),
    _choice("rung", "Rung on which it was told, such as iap2.consult.", "LADDER.RUNG"),
    _choice("told_as", "Whether the person told it or somebody for them."),
    _choice("language", "Of the story."),
    _choice("happened", "What decisions made of it."),
    click.option(
        "--words", metavar="WORDS", help="What the stories must speak of, in any form of the words."
    ),
    click.option("--since", type=DAY, metavar="DAY", help="First day of publication."),
    click.option("--until", type=DAY, metavar="DAY", help="Last day of publication."),
)


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filters of the evidence page."""
    for option in reversed(FILTERS):
        command = option(command)
    return command


@click.command()
@with_filters
@click.option(
    "--format",
    "form",
    required=True,
    type=click.Choice([*WRITERS, "qdc"]),
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
def export(form: str, output: Path, use: str | None, **filters: Any) -> None:
    """Write published stories, with their tags, to FILE: of a project, or all that fit the filters.

    Only what anyone may read on the site is written: the published words, never the original ones. With --use, the
    stories of a project that may be shared with other bodies or studied: redacted words too, of stories that a person
    has redacted. A cell that a spreadsheet would take for a formula gets an apostrophe before it (csv, xlsx, ods).
    A workbook (xlsx, ods) and csv-zip hold the tags and a codebook in both languages too. Parquet needs the extra
    `parquet`. A qdpx file (REFI-QDA) is for programs of qualitative research: tags are codes, with their passages. A
    qdc file holds the codes alone: goals, ways, and the themes of the project's codebook.
    """
    wanted = read_filter(filters)
    if form == "qdc":
        _export_codes(wanted, output, use)
        return
    if use is not None:
        _check_use(wanted, form)
    # A file that is there already is replaced only by a whole new one.
    part = output.with_name(f".{output.name}.part")
    try:
        with opened(read_settings()) as factory:
            settle_memory()
            # Only reading: nobody who tells a story waits for a long file.
            with one_moment(factory) as session:
                total = _write(choose(session, wanted, use), form, part)
            if use is not None:
                with transaction(factory) as session:
                    note_handed_on(session, project_of(session, wanted.project or ""), use, total, now())
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"Stories: {total} in {output}")


def _export_codes(wanted: EvidenceFilter, output: Path, use: str | None) -> None:
    """Write the codes of a project, or those that all share.

    Raises:
        BadInput: there is no such project, or something else was asked for.
    """
    if use is not None or wanted != EvidenceFilter(project=wanted.project):
        raise BadInput(
            "A qdc file holds codes and no stories: of the other options only --project goes with it."
        )
    with opened(read_settings()) as factory, factory() as session:
        book = released_codebook(session, project_of(session, wanted.project)) if wanted.project else None
        written = write_codebook(book.themes if book else (), "qdc")
    part = output.with_name(f".{output.name}.part")
    try:
        part.write_text(written, encoding="utf-8", newline="\n")
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"Themes: {len(book.active) if book else 0} in {output}")


def read_filter(given: dict[str, Any]) -> EvidenceFilter:
    """Return the filter of a command's options.

    Raises:
        BadInput: they contradict each other, or the search is too long.
    """
    chosen = {name: value for name, value in given.items() if value is not None}
    for name in ("since", "until"):
        if isinstance(chosen.get(name), datetime):
            chosen[name] = chosen[name].date()
    wanted = EvidenceFilter(**chosen)
    if len(wanted.words) > LONGEST_QUERY:
        raise BadInput(f"A search can have at most {LONGEST_QUERY} characters.")
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise BadInput("The last day (--until) is before the first (--since): no story can fit.")
    return wanted


def _check_use(wanted: EvidenceFilter, form: str) -> None:
    """Refuse what cannot be asked of stories that are handed on for a use.

    Raises:
        BadInput: says what to leave out.
    """
    if form not in FOR_USES:
        raise BadInput(
            f"A {form} file holds published stories only: leave --use out, or take {', '.join(FOR_USES)}."
        )
    if wanted.project is None or wanted != EvidenceFilter(project=wanted.project):
        raise BadInput("--use goes with --project alone: the other filters are for published stories.")


def _write(chosen: "Chosen", form: str, path: Path) -> int:
    """Write the stories to *path*, with a bar where someone looks, and return how many they are."""
    with click.progressbar(
        chosen.stories,
        length=chosen.total,
        label=f"Exporting {chosen.name}",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as stories:
        write_file(form, path, chosen, stories)
    return chosen.total


@dataclass(frozen=True)
class Chosen:
    """The stories to write, how many they are, and how one becomes a row."""

    name: str
    total: int
    stories: Iterator[Any]
    shape: Shape


def choose(session: Session, wanted: EvidenceFilter, use: str | None = None) -> Chosen:
    """Return the published stories that fit *wanted*, or those of its project whose tellers agree to one use now.

    Raises:
        BadInput: there is no such project.
    """
    if wanted.project is not None:
        project_of(session, wanted.project)
    name = wanted.project or "Involve"
    if use is not None:
        total = count_shared(session, name, use)
        return Chosen(name, total, shared_stories(session, name, use), SHARED)
    return Chosen(name, count_published(session, wanted), published_stories(session, wanted), PUBLISHED)


def write_file(form: str, path: Path, chosen: Chosen, stories: Iterable[Any]) -> None:
    """Write the stories to a new file at *path*."""
    if form == "qdpx":
        write_qdpx(path, chosen.name, stories, now())
        return
    with path.open("wb") as file:
        WRITERS[form](file, stories, chosen.shape)
