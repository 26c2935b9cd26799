"""`involve doctor`: looks at everything that the site needs and says what to do about what is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

import click
from sqlalchemy import Engine

from involve.cli.installation import require_assets, require_catalogues
from involve.cli.letters_check import check_letters, check_notify
from involve.cli.purge import check_keeping
from involve.cli.sign_in_check import check_provider, check_second_factor
from involve.cli.site import explained, now, open_engine, opened_list, read_settings
from involve.cli.tables import write_columns
from involve.database import current_revision, newest_revision, session_factory
from involve.errors import InvolveError, SettingsError
from involve.models.chain import broken_places
from involve.services.trail.trail_heads import lost_head, note_head
from involve.services.upkeep.code_key import check_code_key
from involve.services.upkeep.health import check_jobs, stale_signposts
from involve.settings import Settings, check_keys
from involve.text.codebook import load_builtin

SECRETS = {"INVOLVE_SECRET_KEY", "INVOLVE_CODE_KEY", "INVOLVE_MAIL_PASSWORD", "INVOLVE_OIDC_CLIENT_SECRET"}
SECRETS |= {"INVOLVE_NOTIFY_API_KEY", "INVOLVE_NOTIFY_CALLBACK_TOKEN"}
# They may hold a password.
ADDRESSES = {"INVOLVE_DATABASE_URL", "INVOLVE_BROKER_URL", "INVOLVE_LIMITER_URL"}
PATIENCE = 2  # seconds that a broker has to answer


class Unwell(InvolveError):
    """A check failed; the message says how many."""

    code = "unwell"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `note` says what is there, or what to do."""

    name: str
    well: bool
    note: str


@click.command()
@click.option(
    "--settings", "list_settings", is_flag=True, help="List every setting, its meaning and whether it is set."
)
def doctor(list_settings: bool) -> None:
    """Check settings, keys, database, audit trail, broker, catalogues and assets, and say what to do.

    Exit status 1: something is not well.
    """
    if list_settings:
        for line in write_columns(list(_settings_table())):
            click.echo(line)
        return
    settings = read_settings()
    findings = list(_examine(settings))
    for finding in findings:
        click.echo(f"{'well ' if finding.well else 'WRONG'}  {finding.name + ':':<12} {finding.note}")
    if wrong := [finding.name for finding in findings if not finding.well]:
        raise Unwell(f"{len(wrong)} of {len(findings)} checks failed: {', '.join(wrong)}.")


def _settings_table() -> Iterator[tuple[str, str, str, str]]:
    """Yield a line for each setting; the value of a secret is never shown."""
    settings = read_settings()
    yield ("variable", "set", "default", "meaning")
    for each in fields(Settings):
        variable, value = each.metadata["variable"], getattr(settings, each.name)
        if value == each.default:
            state = "no"
        else:
            state = "yes" if variable in SECRETS | ADDRESSES else f"yes: {_spell(value)}"
        yield variable, state, _spell(each.default) or "-", each.metadata["meaning"]


def _spell(value: object) -> str:
    """Return a value as it is written in the environment."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def _examine(settings: Settings) -> Iterator[Finding]:
    """Yield what each check finds."""
    yield _check("keys", lambda: _keys(settings))
    try:
        engine = open_engine(settings)
    except InvolveError as error:
        yield Finding("database", False, str(error))
    else:
        yield from _examine_database(settings, engine)
        engine.dispose()
    yield _check("withdrawals", lambda: _withdrawals(settings))
    yield _check("broker", lambda: _broker(settings))
    yield _check("GOV.UK Notify", lambda: check_notify(settings))
    yield _check("single sign-on", lambda: check_provider(settings))
    yield _check("catalogues", _catalogues)
    yield _check("assets", _assets)
    yield _check("codebook", lambda: f"{len(load_builtin().concepts)} goals and ways of working")


def _examine_database(settings: Settings, engine: Engine) -> Iterator[Finding]:
    """Yield what the checks of the database find; those of its content only when its tables are there."""
    tables = _check("database", lambda: _tables(engine))
    yield tables
    if not tables.well:
        return
    factory = session_factory(engine)
    if settings.code_key:
        yield _check("code key", lambda: _code_key(settings, engine))
    yield _check("audit trail", lambda: _trail(settings, engine))
    with factory() as session:
        jobs = check_jobs(session, now())
        stale = stale_signposts(session, now())
    yield Finding(
        "jobs",
        not (jobs.late or jobs.failed),
        (
            f"{jobs.late} wait for long: is involve worker running? {jobs.failed} were given up: see last_error in the "
            "table job"
            if jobs.late or jobs.failed
            else "none waits for long, none was given up"
        ),
    )
    yield _check("letters", lambda: check_letters(settings, engine))
    yield _check("time of keeping", lambda: check_keeping(engine))
    yield _check("second step", lambda: check_second_factor(settings, engine))
    yield Finding(
        "signposts",
        not stale,
        (
            f"not checked for a year: {', '.join(stale)}; check and correct them"
            if stale
            else "all checked within a year"
        ),
    )


def _check(name: str, look: Callable[[], str]) -> Finding:
    """Return what *look* returns as a good finding, or its error as a bad one."""
    try:
        return Finding(name, True, look())
    except InvolveError as error:
        return Finding(name, False, str(error))


def _keys(settings: Settings) -> str:
    check_keys(settings)
    return "both set, long enough, not the same"


def _tables(engine: Engine) -> str:
    with explained(engine):
        revision = current_revision(engine)
    if revision != newest_revision():
        raise SettingsError(
            f"tables of revision {revision or 'none'}, this version needs {newest_revision()}: "
            "run involve database upgrade"
        )
    return f"{engine.url.render_as_string(hide_password=True)}, revision {revision}"


def _code_key(settings: Settings, engine: Engine) -> str:
    with session_factory(engine)() as session:
        known = check_code_key(session, settings.code_key)
    if known is False:
        raise SettingsError(
            "INVOLVE_CODE_KEY is not the key that this database was used with: set it back, or no story code works"
        )
    return "not used with this database yet" if known is None else "the one that this database knows"


def _trail(settings: Settings, engine: Engine) -> str:
    path = settings.trail_heads_file
    try:
        with session_factory(engine)() as session:
            broken, lost = next(broken_places(session), None), lost_head(session, path)
            if broken is not None or lost is not None:
                place = broken if broken is not None else lost and lost.place
                raise SettingsError(
                    f"the trail does not hold at line {place}: somebody changed, deleted or put in lines of the table "
                    "event by hand. Keep the database as it is, and compare it with a back-up"
                )
            return (
                f"{note_head(session, path, now())} lines, none changed; where it stands is noted in {path}"
            )
    except OSError as error:
        raise SettingsError(f"{path} cannot be used ({error.strerror}): check INVOLVE_DATA_DIR") from error


def _withdrawals(settings: Settings) -> str:
    with opened_list(settings) as listed:
        listed.begin()
        lines = sum(1 for _ in listed.read())
    return f"{listed.path} can be written, {lines} lines; keep a copy of it apart from the database"


def _broker(settings: Settings) -> str:
    if not settings.broker_url:
        return "none; " + (
            "the request that causes a job carries it out"
            if settings.jobs_in_request
            else "involve worker looks for jobs"
        )
    try:
        from kombu import Connection
        from kombu.exceptions import KombuError
    except ModuleNotFoundError as error:
        raise SettingsError("INVOLVE_BROKER_URL needs Celery: run pip install 'involve[broker]'") from error
    try:
        with Connection(
            settings.broker_url, connect_timeout=PATIENCE, transport_options=_IMPATIENT
        ) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE)
            return f"answers at {connection.as_uri()}"
    except (KombuError, OSError, KeyError, ValueError) as error:
        raise SettingsError(
            f"does not answer ({type(error).__name__}); no job is lost, the worker looks for them: "
            "check INVOLVE_BROKER_URL"
        ) from error


_IMPATIENT = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE, "max_retries": 1}


def _catalogues() -> str:
    require_catalogues()
    return "Welsh and English are compiled"


def _assets() -> str:
    require_assets()
    return "built"
