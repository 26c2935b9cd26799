"""`involve import`: takes stories in that were gathered elsewhere."""

import csv
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path

import click

from involve.cli.rows import RowFile, open_rows, read_mapping
from involve.cli.site import now, opened, project_of, read_checked_settings
from involve.database import SessionFactory, transaction
from involve.errors import InvolveError
from involve.services.evidence.exporting import guard_cell
from involve.services.evidence.import_plan import (
    TOLD_AS,
    GivenCode,
    ImportOutcome,
    ImportPlan,
    ImportRow,
    Refusal,
    check_import,
)
from involve.services.evidence.importing import import_batch
from involve.services.upkeep.code_key import keep_code_key

# Rows of one transaction: short, because a participant who sends a story meanwhile waits for it on SQLite.
BATCH = 50
REASONS = {
    "people": "the number of people is neither a whole number from 1 nor one of 2-5, 6-20, 20+",
    "how": "how it was heard is none of own, colleague, several, nor their words in Welsh or English",
    "area": "the area is neither a GSS code nor a local authority in Welsh or English",
    "idea": "what its author would try is longer than 1,000 characters",
    "empty": "its text is empty",
    "long": "its text is longer than 20,000 characters (an insight: 2,000)",
    "unreadable": "its text holds a null byte or half a character",
    "id": "its id is longer than 200 characters or holds a null byte",
}


class NothingTaken(InvolveError):
    """Not one row of the file could be taken."""

    code = "nothing_taken"


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=True))
@click.option("--project", required=True, metavar="SLUG", help="The project that the stories belong to.")
@click.option(
    "--source", required=True, metavar="NAME", help="Where they come from; repeats are known within it."
)
@click.option(
    "--as",
    "told_as",
    type=click.Choice(TOLD_AS),
    default="own",
    show_default=True,
    help="In the people's own words, told on their behalf, or second-hand insights of staff.",
)
@click.option(
    "--map",
    "mapping",
    default="",
    metavar="text=COLUMN,id=COLUMN",
    help="Columns (or JSON fields) that have other names. Insights may have people, how, area and try too.",
)
@click.option(
    "--consent", default="", metavar="publish,quote", help="What the people agreed to beside being read."
)
@click.option("--publish", is_flag=True, help="Publish what shows no personal detail and no sign of risk.")
@click.option(
    "--because", default="", metavar="TEXT", help="Why they may be published without anyone reading."
)
@click.option(
    "--codes",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    metavar="CSV",
    help="Give each story a code and write them to this file, for the people who told them.",
)
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")
def import_file(
    file: Path,
    project: str,
    source: str,
    told_as: str,
    mapping: str,
    consent: str,
    publish: bool,
    because: str,
    codes: Path | None,
    as_json: bool,
) -> None:
    """Take the stories of FILE (.csv, .jsonl or .txt in UTF-8, .xlsx or .ods) into a project.

    They wait in the queue, unpublished, to be read only, unless you say otherwise. A row that came before adds
    nothing: it is known by its id within the source, else by its text. Rows that cannot be taken are listed; the
    rest go in. If it is interrupted, run it again: it goes on where it stopped.

    Nobody can come back to an imported story without a code. The file of --codes has a line for each story that was
    added: its id in the source, its reference and its code. Whoever has a code can open the story: hand each to its
    teller and delete the file.
    """
    uses = frozenset({"read", *(use.strip() for use in consent.split(",") if use.strip())})
    plan = ImportPlan(project, source, told_as, uses, publish, because, codes is not None)
    rows = open_rows(file, read_mapping(mapping), project if told_as == "insight" else None)
    settings = read_checked_settings()
    started = time.monotonic()
    with opened(settings) as factory:
        with transaction(factory) as session:
            project_of(session, project)
            check_import(session, plan)
            keep_code_key(session, settings.code_key, now())
        outcome = _take(factory, plan, rows, settings.code_key, codes)
    _report(file, plan, outcome, time.monotonic() - started, as_json)
    if outcome.refused and not outcome.added and not outcome.repeated:
        raise NothingTaken(f"{file.name}: no row could be taken.")


def _take(
    factory: SessionFactory, plan: ImportPlan, rows: RowFile, code_key: str, codes: Path | None
) -> ImportOutcome:
    """Take the rows in, batch by batch, with a bar on standard error where someone looks."""
    outcome = ImportOutcome()
    waiting = iter(rows)
    with click.progressbar(
        length=max(rows.path.stat().st_size, 1),
        label=f"Importing {rows.path.name}",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:
        while batch := list(islice(waiting, BATCH)):
            before = rows.read
            unread = tuple(row for row in batch if isinstance(row, Refusal))
            with transaction(factory) as session:
                fresh = [row for row in batch if isinstance(row, ImportRow)]
                taken = import_batch(session, plan, fresh, now(), code_key)
                if codes is not None:
                    # Before the commit: a story whose code was never written down could not be opened by anybody.
                    _write_codes(codes, taken.codes)
                outcome += replace(taken, codes=())
            outcome += ImportOutcome(refused=unread)
            bar.update(before - bar.pos)
    return outcome


def _write_codes(file: Path, codes: Sequence[GivenCode]) -> None:
    """Add codes to a file that only its owner may read."""
    file.touch(mode=0o600)
    with file.open("a", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        if not out.tell():
            lines.writerow(("id", "reference", "code"))
        lines.writerows((guard_cell(each.id), each.reference, each.code) for each in codes)
        out.flush()
        os.fsync(out.fileno())


def _report(file: Path, plan: ImportPlan, outcome: ImportOutcome, seconds: float, as_json: bool) -> None:
    """Write the summary on standard output, and each row that was not taken on standard error."""
    refused = sorted(outcome.refused, key=lambda refusal: refusal.line)
    for refusal in refused:
        click.echo(f"{file.name}, line {refusal.line}: not taken, {_reason(refusal)}", err=True)
    if as_json:
        summary = {**asdict(outcome), "refused": [{"line": r.line, "reason": _reason(r)} for r in refused]}
        # Codes stand in their file only, never on a screen.
        del summary["codes"]
        about = {"file": file.name, "project": plan.project, "source": plan.source, "as": plan.told_as}
        click.echo(json.dumps({**about, **summary, "seconds": round(seconds, 1)}, ensure_ascii=False))
        return
    for line in _summary(plan, outcome, seconds):
        click.echo(line)


def _summary(plan: ImportPlan, outcome: ImportOutcome, seconds: float) -> Iterator[str]:
    """Yield the summary, a line for each thing that happened."""
    rate = f" ({outcome.added / seconds:.0f} a second)" if seconds >= 1 else ""
    yield f"Added:     {outcome.added} in {seconds:.1f} s{rate}"
    if plan.publish:
        yield f"Published: {outcome.published}"
        yield f"Held back: {outcome.held} for a person to look at (personal details or signs of risk)"
    yield f"Repeated:  {outcome.repeated} that were there already"
    yield f"Not taken: {len(outcome.refused)}"


def _reason(refusal: Refusal) -> str:
    """Return the reason as words for the person at the terminal."""
    return REASONS.get(refusal.reason, refusal.reason)
