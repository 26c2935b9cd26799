"""What every command that works on the site's data may reach: its settings, its database, the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError
from sqlalchemy.orm import Session

from involve.database import (
    SessionFactory,
    current_revision,
    newest_revision,
    open_database,
    session_factory,
    transaction,
    upgrade_schema,
)
from involve.errors import BadInput, InvolveError, NotFound, SettingsError
from involve.models import Project
from involve.services.backups.replay import Replayed, catch_up, replay_withdrawals
from involve.services.backups.withdrawals import WithdrawalList
from involve.services.projects.projects import find_project
from involve.settings import Settings, check_keys, from_environment, with_kept_keys


class DatabaseAway(InvolveError):
    """The database does not answer, or its tables are not those of this version."""

    code = "database_away"


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


def read_settings() -> Settings:
    """Return the settings, with the keys that `involve run --demo` made and kept in this data folder, if it did.

    Raises:
        SettingsError: a value cannot be read.
    """
    settings = from_environment()
    kept = all((settings.data_dir / name).is_file() for name in ("secret_key", "code_key"))
    return with_kept_keys(settings) if kept else settings


def read_checked_settings() -> Settings:
    """Return the settings of a command that needs the keys.

    Raises:
        SettingsError: a value cannot be read, or a key is missing.
    """
    return check_keys(read_settings())


def open_engine(settings: Settings) -> Engine:
    """Return an engine on the site's database.

    Raises:
        SettingsError: the address cannot be used.
    """
    try:
        return open_database(settings.resolved_database_url)
    except ArgumentError as error:
        raise SettingsError("INVOLVE_DATABASE_URL is not an address of a database.") from error
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"INVOLVE_DATABASE_URL needs {error.name}: for PostgreSQL run pip install 'involve[postgresql]'."
        ) from error


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn what the database driver says into one line that names the database, never its password."""
    try:
        yield
    except CommandError as error:
        raise DatabaseAway(
            "The tables are of a newer version than this one: install that version."
        ) from error
    except (DatabaseError, InterfaceError) as error:
        where = engine.url.render_as_string(hide_password=True)
        reason = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
        raise DatabaseAway(f"The database {where} cannot be used: {reason}") from error


def check_tables(engine: Engine) -> None:
    """Make sure that the tables are those of this version; an empty database gets them.

    Raises:
        DatabaseAway: they are older or newer, or the database does not answer.
    """
    with explained(engine):
        revision = current_revision(engine)
        if revision is None:
            upgrade_schema(engine)
        elif revision != newest_revision():
            raise DatabaseAway(
                f"The tables are of revision {revision}, this version works with {newest_revision()}: "
                "run involve database upgrade."
            )


@contextmanager
def opened(settings: Settings) -> Iterator[SessionFactory]:
    """Give sessions on a database that is ready, for the time of one command."""
    engine = open_engine(settings)
    try:
        check_tables(engine)
        with explained(engine):
            yield session_factory(engine)
    finally:
        engine.dispose()


@contextmanager
def writing(settings: Settings) -> Iterator[Session]:
    """Give one transaction, for commands that need no more."""
    with opened(settings) as factory, transaction(factory) as session:
        yield session


def project_of(session: Session, slug: str) -> Project:
    """Return the row of the project that a command names.

    Raises:
        BadInput: there is none; says how to see which there are.
    """
    try:
        return find_project(session, slug)
    except NotFound as error:
        raise BadInput(f"There is no project {slug!r}; involve project list shows them.") from error


@contextmanager
def opened_list(settings: Settings) -> Iterator[WithdrawalList]:
    """Give the list of withdrawals of a site, and say what to do where it cannot be used.

    Raises:
        SettingsError: the file cannot be read or written.
    """
    listed = WithdrawalList(settings.resolved_withdrawals_file, settings.code_key)
    try:
        yield listed
    except OSError as error:
        if error.filename is None or Path(error.filename) not in (listed.path, *listed.path.parents):
            raise
        raise SettingsError(
            f"The list of withdrawals {listed.path} cannot be used ({error.strerror}); without it a restored back-up "
            "brings withdrawn stories back. Check INVOLVE_WITHDRAWALS_FILE."
        ) from error


def settle_withdrawals(session: Session, settings: Settings) -> Replayed:
    """Bring database and list of withdrawals together, whichever of the two is older."""
    with opened_list(settings) as withdrawals:
        replayed = replay_withdrawals(session, withdrawals, now())
        session.flush()
        catch_up(session, withdrawals)
    return replayed
