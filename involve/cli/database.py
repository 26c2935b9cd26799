"""`involve database`: the tables and their revisions."""

import click
from alembic import command
from alembic.config import Config

from involve.cli.site import explained, now, open_engine, read_settings
from involve.database import current_revision, newest_revision, session_factory, transaction, upgrade_schema
from involve.paths import asset_dir
from involve.services.projects.signposts import seed_signposts
from involve.services.upkeep.code_key import keep_code_key


@click.group()
def database() -> None:
    """Make the tables and bring them up to date."""


@database.command()
def upgrade() -> None:
    """Bring the tables to this version's revision; an empty database gets them. Nothing is lost by repeating it."""
    settings = read_settings()
    engine = open_engine(settings)
    with explained(engine):
        before = current_revision(engine)
        upgrade_schema(engine)
        with transaction(session_factory(engine)) as session:
            seed_signposts(session)
            if settings.code_key:
                keep_code_key(session, settings.code_key, now())
        after = current_revision(engine)
    engine.dispose()
    click.echo(f"Revision {after}" + ("" if before == after else f" (before: {before or 'no tables'})"))


@database.command()
@click.argument("message")
def revision(message: str) -> None:
    """Write the next migration from what the models say and the tables lack (for developers)."""
    settings = read_settings()
    engine = open_engine(settings)
    config = Config()
    config.set_main_option("script_location", str(asset_dir("migrations")))
    with explained(engine), engine.connect() as connection:
        config.attributes["connection"] = connection
        command.revision(config, message, autogenerate=True, rev_id=f"{int(newest_revision()) + 1:04d}")
    engine.dispose()
