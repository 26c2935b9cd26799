"""`involve backup` and `involve restore`: all that a site keeps, in one file, and back again."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from involve.cli.site import (
    explained,
    now,
    open_engine,
    opened,
    opened_list,
    read_checked_settings,
    settle_withdrawals,
)
from involve.database import current_revision, session_factory, transaction
from involve.errors import BadInput
from involve.services.backups.backup import Origin, Step, count_rows, write_backup
from involve.services.backups.replay import catch_up
from involve.services.backups.restoring import check_backup, check_empty, restore_backup
from involve.services.trail.trail_heads import begin_anew, note_head
from involve.services.upkeep.code_key import keep_code_key

KEY_WARNING = (
    "INVOLVE_CODE_KEY is not in it. Without that key no story code works any more and the back-up cannot be restored: "
    "keep the key somewhere else."
)
LIST_WARNING = "Keep the list of withdrawals somewhere else too: {path}"


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write all that the site keeps to FILE, as it stands at this moment; the site may go on running.

    FILE holds stories exactly as they were told and can be read by its owner only: keep it locked away, and destroy it
    when its time is over. It is a ZIP of JSON lines; docs/backup.md describes it.
    """
    settings = read_checked_settings()
    with opened(settings) as factory, opened_list(settings) as withdrawals:
        engine = factory.kw["bind"]
        with factory() as session:
            catch_up(session, withdrawals)
            note_head(session, settings.trail_heads_file, now())
        origin = Origin(current_revision(engine) or "", now(), sum(1 for _ in withdrawals.read()))
        with _progress("Writing", count_rows(engine)) as step:
            manifest = write_backup(engine, file, origin, settings.code_key, step)
    click.echo(f"Rows: {sum(table.rows for table in manifest.tables)} in {file}")
    click.echo(KEY_WARNING)
    click.echo(LIST_WARNING.format(path=withdrawals.path))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--without-withdrawals",
    is_flag=True,
    help="There is no list of withdrawals any more: what was taken back since comes back.",
)
def restore(file: Path, without_withdrawals: bool) -> None:
    """Put the back-up FILE into an empty database, of SQLite or PostgreSQL alike. Keep the site shut meanwhile.

    The file is checked to its end before anything is written. Its tables are brought up to this version. Then whatever
    people took back after it was made, by the list of withdrawals, is taken back again.
    """
    settings = read_checked_settings()
    with _progress("Checking", None) as step:
        manifest = check_backup(file, settings.code_key, step)
    with opened_list(settings) as withdrawals:
        listed = sum(1 for _ in withdrawals.read())
    if listed < manifest.withdrawals and not without_withdrawals:
        raise BadInput(
            f"The list of withdrawals {withdrawals.path} has {listed} lines; when the back-up was made it had "
            f"{manifest.withdrawals}. Put the newest list in its place, or people's withdrawals are undone "
            "(--without-withdrawals if it is lost)."
        )
    engine = open_engine(settings)
    rows = sum(table.rows for table in manifest.tables)
    with explained(engine), _progress("Restoring", rows) as step:
        check_empty(engine)
        restore_backup(engine, file, manifest, step)
        # The trail of before this database is another one; where it stood stays on the disk.
        begin_anew(settings.trail_heads_file, now())
        with transaction(session_factory(engine)) as session:
            keep_code_key(session, settings.code_key, now())
            replayed = settle_withdrawals(session, settings)
    engine.dispose()
    click.echo(f"Rows: {rows}, made at {manifest.made_at}")
    click.echo(
        f"Taken back since: stories withdrawn {replayed.withdrawn}, uses refused {replayed.refused}, "
        f"words erased {replayed.purged}, things no longer followed {replayed.stopped}"
    )


@contextmanager
def _progress(label: str, length: int | None) -> Iterator[Step]:
    """Give what a step of the work is told to, shown as a bar where somebody looks."""
    hidden = not sys.stderr.isatty() or length is None
    with click.progressbar(length=length or 1, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield bar.update
