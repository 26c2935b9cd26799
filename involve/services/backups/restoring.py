"""Restoring a back-up into an empty database, on either kind: checked whole first, then put in row by row."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import (
    JSON,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    bindparam,
    delete,
    inspect,
    select,
    text,
)

from involve.database import current_revision, is_known_revision, move_schema, upgrade_schema
from involve.errors import BadInput
from involve.models import StaffSession
from involve.services.backups.backup import BATCH, Step
from involve.services.backups.backup_format import (
    MANIFEST,
    NOTE,
    SEAL,
    ArchiveRefused,
    Manifest,
    decode_row,
    read_manifest,
)
from involve.services.stories.codes import seal

# What a new database is given before anybody uses it; the back-up brings its own.
SEEDED = frozenset({"signpost", "key_check"})
# The tables of migrations and of SQLite's search, which keep themselves.
NOT_OURS = ("alembic_version", "publication_search", "sqlite_")


class NotEmpty(BadInput):
    """The database holds something that a restore would mix with."""

    code = "not_empty"


def check_backup(path: Path, code_key: str, step: Step) -> Manifest:
    """Read a back-up to its end and return its manifest; *step* hears of each row.

    Raises:
        ArchiveRefused: it is cut short, was changed, or is of another key, a newer version or no back-up at all.
        OSError: the file cannot be read.
    """
    with _opened(path) as archive:
        content = archive.read(MANIFEST)
        if archive.read(SEAL).decode("ascii", "replace") != seal(code_key, content):
            raise ArchiveRefused(
                "The back-up was changed, or was made with another INVOLVE_CODE_KEY: its seal does not fit."
            )
        manifest = read_manifest(content)
        if not is_known_revision(manifest.revision):
            raise ArchiveRefused(
                f"The back-up is of a newer version ({manifest.software}) than this one: install that version."
            )
        expected = {MANIFEST, SEAL, NOTE, *(table.member for table in manifest.tables)}
        if set(archive.namelist()) != expected:
            raise ArchiveRefused("The back-up lacks files, or holds others than its own.")
        for table in manifest.tables:
            _check_table(archive, table.member, (table.rows, table.sha256), step)
    return manifest


def check_empty(engine: Engine) -> None:
    """Make sure that nobody has used the database yet.

    Raises:
        NotEmpty: it holds rows; the message names a table.
    """
    names = set(_reflect(engine).tables) if current_revision(engine) else set()
    others = [name for name in inspect(engine).get_table_names() if not name.startswith(NOT_OURS)]
    with engine.connect() as connection:
        for name in others:
            if name not in names:
                raise NotEmpty(
                    f"The database holds a table {name!r} that is none of ours: give an empty one."
                )
            quoted = engine.dialect.identifier_preparer.quote(name)
            used = name not in SEEDED and connection.scalar(text(f"select 1 from {quoted} limit 1"))  # noqa: S608
            if used:
                raise NotEmpty(f"The database is not empty (table {name}): restore into an empty one.")


def restore_backup(engine: Engine, path: Path, manifest: Manifest, step: Step) -> None:
    """Put the rows of a checked back-up into an empty database and bring its tables up to date.

    Nothing is left of it where it fails before its end.

    Raises:
        ArchiveRefused: a row does not fit its table.
        OSError: the file cannot be read.
    """
    if current_revision(engine) != manifest.revision:
        move_schema(engine, manifest.revision)
    tables = _reflect(engine).tables
    with _opened(path) as archive, engine.begin() as connection:
        for name in SEEDED & set(tables):
            connection.execute(delete(tables[name]))
        for entry in manifest.tables:
            with archive.open(entry.member) as file:
                _insert(connection, tables[entry.name], file, step)
            if engine.dialect.name == "postgresql":
                _go_on_counting(connection, tables[entry.name])
    upgrade_schema(engine)
    with engine.begin() as connection:
        # Whoever was signed out since must not be signed in again.
        connection.execute(delete(StaffSession))


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    """Open an archive, and say in one sentence what is wrong with it."""
    try:
        with ZipFile(path) as archive:
            yield archive
    except (BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as error:
        raise ArchiveRefused("The file is damaged, cut short, or no back-up of Involve.") from error


def _check_table(archive: ZipFile, member: str, expected: tuple[int, str], step: Step) -> None:
    """Hold the file of one table to its number of rows and its checksum."""
    digest, count = sha256(), 0
    with archive.open(member) as file:
        for line in file:
            digest.update(line)
            count += 1
            step(1)
    if (count, digest.hexdigest()) != expected:
        raise ArchiveRefused(f"The back-up was changed: {member} is not what its manifest says.")


def _reflect(engine: Engine) -> MetaData:
    """Return our tables as the database has them, which may be those of an older version."""
    metadata = MetaData()
    metadata.reflect(engine, only=lambda name, _: not name.startswith(NOT_OURS))
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                # Nothing is nothing, not the word null.
                column.type = JSON(none_as_null=True)
    return metadata


def _insert(connection: Connection, table: Table, lines: Any, step: Step) -> None:
    """Put the rows of one table in, some at a time."""
    kinds = {column.name: column.type for column in table.columns}
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    pointing: list[dict[str, Any]] = []
    while rows := [decode_row(line, kinds) for line in islice(lines, BATCH)]:
        # A row may point at one of its own table that comes later.
        pointing += [{"key": row["id"], **{name: row[name] for name in own}} for row in rows if own]
        connection.execute(table.insert(), [{**row, **dict.fromkeys(own)} for row in rows])
        step(len(rows))
    if pointing:
        values: dict[str, Any] = {name: bindparam(name) for name in own}
        connection.execute(table.update().where(table.c.id == bindparam("key")).values(values), pointing)


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Let PostgreSQL count on after the last id, since the ids were given to it."""
    for column in table.primary_key.columns:
        quoted = connection.dialect.identifier_preparer.quote(table.name)
        sequence = isinstance(column.type, Integer) and connection.scalar(
            text("select pg_get_serial_sequence(:table, :column)"), {"table": quoted, "column": column.name}
        )
        last = connection.scalar(select(column).order_by(column.desc()).limit(1)) if sequence else None
        if last is not None:
            connection.execute(text("select setval(:sequence, :last)"), {"sequence": sequence, "last": last})
