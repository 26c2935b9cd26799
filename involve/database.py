"""Engine, sessions and transactions, for SQLite and PostgreSQL alike."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session as Session
from sqlalchemy.orm import sessionmaker

from involve.models.chain import chain_events
from involve.paths import asset_dir

SessionFactory = sessionmaker[Session]

# Any number that nothing else on the same PostgreSQL database locks.
MIGRATION_LOCK = 20150402


def open_database(url: str) -> Engine:
    """Return an engine for *url* (SQLAlchemy address).

    SQLite gets write-ahead logging, foreign keys and full synchronisation: a receipt means that the story
    survives a power cut. Its folder is made if needed.
    """
    # An error of the database must not carry the words of a story into a log.
    for plain in ("postgres://", "postgresql://"):
        # The usual spelling of the address, with the driver that the extra `postgresql` installs.
        url = url.replace(plain, "postgresql+psycopg://", 1) if url.startswith(plain) else url
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True)
    if engine.dialect.name == "sqlite":
        if engine.url.database and engine.url.database != ":memory:":
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Set what SQLite forgets with each connection."""
    # Python's own transaction handling begins too late for SELECT … then write; `_begin_sqlite` replaces it.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        "busy_timeout=10000",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    """Take the write lock at the start where the transaction asked for it, so that two writers queue."""
    immediate = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def session_factory(engine: Engine) -> SessionFactory:
    """Return a maker of sessions on *engine*. Values stay readable after commit; events are chained before it.

    `session.info["memory"]` is one mapping for all of them: what services remember of this database.
    """
    memory: dict[str, object] = {}
    factory = sessionmaker(engine, expire_on_commit=False, info={"memory": memory})
    event.listen(factory, "before_commit", chain_events)
    return factory


@contextmanager
def transaction(factory: SessionFactory) -> Iterator[Session]:
    """One unit of work that writes: commits once at the end, or rolls everything back."""
    with factory() as session, session.begin():
        session.connection(execution_options={"writes": True})
        yield session


def current_revision(engine: Engine) -> str | None:
    """Return the revision of the database's tables; None for a database without any.

    Raises:
        SQLAlchemyError: the database does not answer.
    """
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """Return the revision that this version of the software works with."""
    return ScriptDirectory(str(asset_dir("migrations"))).get_current_head() or ""


def is_ready(factory: SessionFactory) -> bool:
    """Whether the database answers and has been given its tables."""
    try:
        with factory() as session:
            session.execute(text("select count(*) from alembic_version"))
    except SQLAlchemyError:
        return False
    return True


def upgrade_schema(engine: Engine, revision: str = "head") -> None:
    """Bring the database's tables to *revision* of migrations/ (default: the newest)."""
    _migrate(engine, command.upgrade, revision)


def move_schema(engine: Engine, revision: str) -> None:
    """Bring the tables of a database without rows to *revision*, whether that is older or newer than they are."""
    if current_revision(engine) is not None:
        _migrate(engine, command.downgrade, "base")
    upgrade_schema(engine, revision)


def is_known_revision(revision: str) -> bool:
    """Whether this version of the software knows that revision of the tables."""
    scripts = ScriptDirectory(str(asset_dir("migrations")))
    return revision in {script.revision for script in scripts.walk_revisions()}


def _migrate(engine: Engine, move: Callable[[Config, str], None], revision: str) -> None:
    """Carry out migrations, one process at a time."""
    config = Config()
    config.set_main_option("script_location", str(asset_dir("migrations")))
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # Two servers that start together must not both make the tables; the second waits, then finds them made.
            connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK})
        config.attributes["connection"] = connection
        move(config, revision)
