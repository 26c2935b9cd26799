"""A database that one test after the other borrows: its engine remembers every statement that it compiled before."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url, text

from involve.database import open_database
from tests import databases

# What a test may do to a database beside its rows; after that nobody borrows it again.
SHAPE = """
select md5(string_agg(part, ' ' order by part)) from (
    select concat('table', oid, relname) as part from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'i', 'v', 'S')
    union all select concat('trigger', oid, tgenabled) from pg_trigger
    union all select concat('rule', oid, convalidated) from pg_constraint
    union all select concat('function', oid, md5(prosrc)) from pg_proc where pronamespace = 'public'::regnamespace
    union all select concat('column', attrelid, attname, attnotnull) from pg_attribute
    where attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
) as parts
"""
TABLES = "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'"
ALONE = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
"""
FIRST_NUMBERS = """
select setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
from pg_sequences where last_value is not null
"""


@dataclass
class SpareFile:
    """A file of SQLite in *folder*, which is a fresh copy of the template for each test."""

    template_url: str
    folder: Path
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = open_database(f"sqlite:///{self.folder / 'test.sqlite3'}")

    @contextmanager
    def borrow(self) -> Iterator[Engine]:
        """Give an engine on a database with tables and no rows."""
        for left in self.folder.glob("test.sqlite3*"):
            left.unlink()
        shutil.copy(make_url(self.template_url).database or "", self.folder / "test.sqlite3")
        try:
            yield self.engine
        finally:
            self.engine.dispose()


@dataclass
class SpareServer:
    """Copies of a template on PostgreSQL that wait for a test to borrow them, with the shape that they had."""

    template_url: str
    waiting: list[tuple[Engine, str]] = field(default_factory=list)

    @contextmanager
    def borrow(self) -> Iterator[Engine]:
        """Give an engine on a database with tables and no rows."""
        engine, shape = self.waiting.pop() if self.waiting else self._make()
        try:
            yield engine
        finally:
            if engine.pool.checkedout():  # type: ignore[attr-defined]
                engine.dispose()
            if _empty(engine, shape):
                self.waiting.append((engine, shape))
            else:
                _drop(engine)

    def drop(self) -> None:
        """Drop those that wait."""
        while self.waiting:
            _drop(self.waiting.pop()[0])

    def _make(self) -> tuple[Engine, str]:
        engine = open_database(databases.make_copy(self.template_url))
        with engine.connect() as connection:
            return engine, str(connection.scalar(text(SHAPE)))


def _drop(engine: Engine) -> None:
    engine.dispose()
    databases.drop(engine.url.render_as_string(hide_password=False))


def _empty(engine: Engine, shape: str) -> bool:
    """Empty a database; return whether it is as it was made."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # A test may have left a transaction open, and its locks.
        connection.execute(text(ALONE))
        _delete_rows(connection)
        connection.execute(text("set session_replication_role = origin"))
        return bool(connection.scalar(text(SHAPE)) == shape)


def _delete_rows(connection: Connection) -> None:
    """Delete all rows, also of tables that let nobody delete, and begin numbers at one again."""
    tables = list(connection.scalars(text(TABLES)))
    some = " union all ".join(f"select '{name}' where exists (select from \"{name}\")" for name in tables)
    connection.execute(text("set session_replication_role = replica"))
    for name in list(connection.scalars(text(some))):
        connection.execute(text(f'delete from "{name}"'))
    connection.execute(text(FIRST_NUMBERS))
