"""`involve body`: the organisations that hold projects."""

import click

from involve.cli.site import opened, read_settings, writing
from involve.services.projects.projects import add_body
from involve.services.staff.members import list_bodies
from involve.vocabulary.bilingual import Bilingual


@click.group()
def body() -> None:
    """Add and list the organisations that hold projects."""


@body.command("add")
@click.argument("slug")
@click.option("--name-cy", required=True, help="Its name in Welsh.")
@click.option("--name-en", required=True, help="Its name in English.")
@click.option(
    "--register", "register_id", help="Its id among the public bodies that the Act lists, if it is one."
)
def add(slug: str, name_cy: str, name_en: str, register_id: str | None) -> None:
    """Add a body under SLUG, a short name for addresses. A body that is there already stays as it is."""
    with writing(read_settings()) as session:
        number = add_body(session, slug, Bilingual(name_cy, name_en), register_id)
    click.echo(f"Body {number}: {slug}")


@body.command("list")
def list_all() -> None:
    """List the bodies: number, slug, names."""
    with opened(read_settings()) as factory, factory() as session:
        for each in list_bodies(session):
            click.echo(f"{each.id:>4}  {each.slug}  {each.name.cy} · {each.name.en}")
