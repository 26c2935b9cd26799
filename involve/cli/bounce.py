"""`involve bounce`: letters that came back, from a mail server's pipe or from files."""

from typing import BinaryIO

import click

from involve.cli.site import now, opened, read_checked_settings
from involve.database import SessionFactory, transaction
from involve.errors import InvolveError
from involve.services.upkeep.bounces import LARGEST, read_bounce
from involve.services.upkeep.delivery import take_receipt


class NoBounce(InvolveError):
    """What was given is no notification about a letter of this site."""

    code = "no_bounce"


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.File("rb"))
def bounce(files: tuple[BinaryIO, ...]) -> None:
    """Note what came back: FILES are messages as they arrived, and - is the one that a mail server pipes in.

    A delivery status notification (RFC 3464) about a letter of this site says that its address does not work; it is
    then not written to again. A repeat changes nothing.

    Exit status 1: one of them was no such notification, or about no letter of this site. Nothing was changed by it.
    """
    settings = read_checked_settings()
    with opened(settings) as factory:
        noted = [_take(factory, file.read(LARGEST), settings.code_key) for file in files]
    click.echo(f"Noted: {sum(noted)}")
    if not all(noted):
        raise NoBounce(f"Not about a letter of this site, or not to be read: {len(noted) - sum(noted)}")


def _take(factory: SessionFactory, raw: bytes, code_key: str) -> bool:
    """Note what one message says, and return whether it was about a letter of ours."""
    read = read_bounce(raw)
    if read is None:
        return False
    with transaction(factory) as session:
        return sum(take_receipt(session, code_key, mark, read.said, now()) for mark in read.marks) > 0
