"""Making a back-up: every row of every table as they stand at one moment, written to a sealed archive, row by row."""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, Engine, Table, func, select

from involve import __version__
from involve.models import Base
from involve.services.backups.backup_format import (
    MANIFEST,
    NOTE,
    NOTE_TEXT,
    SEAL,
    Manifest,
    TableEntry,
    encode_row,
    member_of,
)
from involve.services.stories.codes import seal

BATCH = 1_000
Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a back-up says of where it came from. `withdrawals` counts the lines of the list of withdrawals."""

    revision: str
    made_at: datetime
    withdrawals: int


def count_rows(engine: Engine) -> int:
    """Return how many rows all tables hold together."""
    with engine.connect() as connection:
        return sum(
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        )


def write_backup(engine: Engine, path: Path, origin: Origin, code_key: str, step: Step) -> Manifest:
    """Write all rows to *path*, which only its owner may read, and return the manifest; *step* hears of progress.

    The file gets its name when it is whole and on the disk. Whatever is written meanwhile is not in it.

    Raises:
        OSError: the file cannot be written; nothing is left of it.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as archive:
                manifest = _write_all(engine, archive, origin, code_key, step)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _write_all(engine: Engine, archive: ZipFile, origin: Origin, code_key: str, step: Step) -> Manifest:
    """Write the note, the rows of one moment, the manifest and its seal."""
    archive.writestr(NOTE, NOTE_TEXT)
    # On SQLite a reader sees one moment anyhow; PostgreSQL has to be asked for it.
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**options) as connection:
        tables = tuple(
            _write_table(connection, archive, table, step) for table in Base.metadata.sorted_tables
        )
    manifest = Manifest(__version__, origin.made_at.isoformat(), origin.revision, origin.withdrawals, tables)
    content = manifest.to_bytes()
    archive.writestr(MANIFEST, content)
    archive.writestr(SEAL, seal(code_key, content))
    return manifest


def _write_table(connection: Connection, archive: ZipFile, table: Table, step: Step) -> TableEntry:
    """Write the rows of one table in the order of its key."""
    digest, count = sha256(), 0
    wanted = select(table).order_by(*table.primary_key.columns)
    with (
        archive.open(member_of(table.name), "w", force_zip64=True) as file,
        closing(connection.execution_options(yield_per=BATCH).execute(wanted)) as rows,
    ):
        for row in rows.mappings():
            line = encode_row({str(name): value for name, value in row.items()})
            digest.update(line)
            file.write(line)
            count += 1
            step(1)
    return TableEntry(table.name, count, digest.hexdigest())
