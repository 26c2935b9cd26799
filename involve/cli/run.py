"""`involve run`: brings the database up to date and serves the site."""

import importlib
import ipaddress
from dataclasses import replace
from typing import Any

import click

from involve.cli.installation import require_assets, require_catalogues
from involve.cli.reading import load_codebook_for_reading
from involve.cli.server import Server, check_port
from involve.cli.site import check_tables, explained, now, open_engine, settle_withdrawals
from involve.database import session_factory, transaction, upgrade_schema
from involve.errors import BadInput
from involve.services.demonstration.demonstrate import SignIn, add_demonstration, demonstration_sign_ins
from involve.services.projects.signposts import seed_signposts
from involve.services.upkeep.code_key import keep_code_key
from involve.settings import Settings, check_keys, from_environment, with_kept_keys

# The application is above the commands: it is started by name, in each worker process.
APP = "involve.app"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Worker processes.")
@click.option(
    "--demo", is_flag=True, help="Invented stories and sign-ins, for trying out; on this machine only."
)
def run(host: str, port: int, workers: int, demo: bool) -> None:
    """Serve the site under a production server, after bringing the database's tables up to date.

    Settings come from INVOLVE_* variables: involve doctor --settings lists them. With --demo the keys are made
    and kept in the data folder, and the first start adds invented bodies, projects and stories.
    """
    settings = _demo_settings(host, port) if demo else check_keys(from_environment())
    # What was not built is found here, not by each worker process.
    require_catalogues()
    require_assets()
    check_port(host, port)
    sign_ins = _prepare(settings, demo)
    # Read before the fork, the codebooks and the modules are there once for all workers, and the first teller does
    # not wait for them. Each worker makes its own application: no connection is shared.
    load_codebook_for_reading()
    importlib.import_module(APP)
    for line in _welcome(host, port, settings, sign_ins):
        click.echo(line)
    Server(make_app, settings, host, port, workers).run()


def make_app(settings: Settings) -> Any:
    """Return the site."""
    return importlib.import_module(APP).create_app(settings)


def _demo_settings(host: str, port: int) -> Settings:
    """Return the settings of a site for trying out, which only this machine can reach."""
    if not _is_loopback(host):
        raise BadInput("--demo is for this machine only: its host must be 127.0.0.1, ::1 or localhost.")
    settings = with_kept_keys(from_environment())
    # Without https a browser on this machine would not send a cookie that demands it back.
    return check_keys(
        replace(
            settings,
            demonstration=True,
            secure_cookies=False,
            public_url=settings.public_url or _address(host, port),
        )
    )


def _is_loopback(host: str) -> bool:
    """Whether only this machine can reach *host*."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _prepare(settings: Settings, demo: bool) -> tuple[SignIn, ...]:
    """Bring the database up to date; return the demonstration's sign-ins, if it is one."""
    engine = open_engine(settings)
    try:
        with explained(engine):
            upgrade_schema(engine)
            check_tables(engine)
            with transaction(session_factory(engine)) as session:
                keep_code_key(session, settings.code_key, now())
                seed_signposts(session)
                settle_withdrawals(session, settings)
                if demo:
                    add_demonstration(session, now(), settings)
        return demonstration_sign_ins(settings.secret_key) if demo else ()
    finally:
        # The workers make their own connections after the fork.
        engine.dispose()


def _address(host: str, port: int) -> str:
    """Return the site's address as a browser wants it."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _welcome(host: str, port: int, settings: Settings, sign_ins: tuple[SignIn, ...]) -> list[str]:
    """Return what the person at the terminal needs to know, in both languages."""
    site = _address(host, port)
    lines = [f"Cymraeg   {site}/cy/", f"English   {site}/en/"]
    if sign_ins:
        lines += [
            "",
            "Arddangosiad: mae’r straeon i gyd yn ddychmygol · Demonstration: every story is invented",
        ]
        lines += [f"Mewngofnodi i staff · Staff sign-in: {site}/cy/staff · {site}/en/staff"]
        width = max(len(each.email) for each in sign_ins)
        lines += [
            f"  {each.email:<{width}}  {each.password}  ({each.role.cy} · {each.role.en})"
            for each in sign_ins
        ]
        lines += [f"Data: {settings.data_dir.resolve()}"]
    return [*lines, "", "Ctrl+C i orffen · Ctrl+C to stop"]
