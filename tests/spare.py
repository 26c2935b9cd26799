"""A database of PostgreSQL that one test after the other borrows: emptying one is quicker than making one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, create_engine, text

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
where datname = current_database() and pid <> pg_backend_pid()
"""
FIRST_NUMBERS = """
select setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
from pg_sequences where last_value is not null
"""


@dataclass
class Spare:
    """Copies of a template that wait for a test to borrow them, with the shape that they had."""

    template_url: str
    waiting: list[tuple[str, str]] = field(default_factory=list)

    @contextmanager
    def borrow(self) -> Iterator[str]:
        """Give the address of a database with tables and no rows."""
        url, shape = self.waiting.pop() if self.waiting else self._make()
        try:
            yield url
        finally:
            if _empty(url, shape):
                self.waiting.append((url, shape))
            else:
                databases.drop(url)

    def drop(self) -> None:
        """Drop those that wait."""
        while self.waiting:
            databases.drop(self.waiting.pop()[0])

    def _make(self) -> tuple[str, str]:
        url = databases.make_copy(self.template_url)
        engine = create_engine(url)
        with engine.connect() as connection:
            shape = str(connection.scalar(text(SHAPE)))
        engine.dispose()
        return url, shape


def _empty(url: str, shape: str) -> bool:
    """Empty a database; return whether it is as it was made."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            # A test may have left a transaction open, and its locks.
            connection.execute(text(ALONE))
            _delete_rows(connection)
            return bool(connection.scalar(text(SHAPE)) == shape)
    finally:
        engine.dispose()


def _delete_rows(connection: Connection) -> None:
    """Delete all rows, also of tables that let nobody delete, and begin numbers at one again."""
    tables = list(connection.scalars(text(TABLES)))
    some = " union all ".join(f"select '{name}' where exists (select from \"{name}\")" for name in tables)
    connection.execute(text("set session_replication_role = replica"))
    for name in list(connection.scalars(text(some))):
        connection.execute(text(f'delete from "{name}"'))
    connection.execute(text(FIRST_NUMBERS))
