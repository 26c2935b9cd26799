"""`involve key`: keys by which a body's programs may ask more often."""

from datetime import date, datetime

import click

from involve.cli.site import now, opened, read_checked_settings, read_settings, writing
from involve.errors import BadInput, NotFound
from involve.services.staff.api_keys import (
    LONGEST_NAME,
    MOST_KEYS,
    KeyDayRefused,
    KeyNameRefused,
    KeyView,
    TooManyKeys,
    list_keys,
    make_key,
    revoke_key,
)
from involve.vocabulary.days import day_of

WHY = {
    KeyNameRefused: f"A key needs a name of 1 to {LONGEST_NAME} characters.",
    KeyDayRefused: "That day is over.",
    TooManyKeys: f"This body has {MOST_KEYS} keys: revoke one that nobody needs first.",
}


@click.group()
def key() -> None:
    """Make, list and revoke keys for programs. What is public needs none; with one a program may ask more often."""


@key.command("add")
@click.argument("body")
@click.option("--name", required=True, help="What the key is for.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which it works.")
def add(body: str, name: str, until: datetime | None) -> None:
    """Make a key for BODY (its slug) and print it. It is shown this once and kept only as a keyed hash."""
    settings = read_checked_settings()
    ends_on: date | None = until.date() if until else None
    with writing(settings) as session:
        try:
            made = make_key(session, None, body, name, ends_on, now(), settings.code_key)
        except NotFound as error:
            raise BadInput(_no_body(body)) from error
        except tuple(WHY) as error:
            raise BadInput(WHY[type(error)]) from error
    click.echo(made.secret)
    click.echo(f"Key {made.view.id} of {body}: {made.view.name}. It is shown only now.", err=True)


@key.command("list")
@click.argument("body")
def list_all(body: str) -> None:
    """List the keys of BODY: number, first signs, when each was last used, whether it works, name."""
    with opened(read_settings()) as factory, factory() as session:
        try:
            _body, keys = list_keys(session, None, body, day_of(now()))
        except NotFound as error:
            raise BadInput(_no_body(body)) from error
    for each in keys:
        used = each.used_on.isoformat() if each.used_on else "never"
        click.echo(f"{each.id:>4}  {each.prefix}…  used {used:<10}  {_standing(each):<7}  {each.name}")


@key.command("revoke")
@click.argument("body")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
def revoke(body: str, number: int) -> None:
    """Revoke key NUMBER of BODY. It stops working at once."""
    with writing(read_settings()) as session:
        try:
            revoke_key(session, None, body, number, now())
        except NotFound as error:
            raise BadInput(
                f"There is no key {number} of a body {body!r}; involve key list shows them."
            ) from error
    click.echo(f"Key {number} is revoked.")


def _no_body(body: str) -> str:
    return f"There is no body {body!r}; involve body list shows them."


def _standing(view: KeyView) -> str:
    """Return in a word whether a key works."""
    if view.works:
        return "works"
    return "revoked" if view.revoked_on else "ended"
