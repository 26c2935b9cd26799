"""`involve user`: members of staff and the invitations that let them in."""

import click

from involve.cli.site import now, project_of, read_checked_settings, writing
from involve.errors import BadInput, NotFound
from involve.services.staff.accounts import find_account
from involve.services.staff.members import INVITATION_LASTS, invite_user
from involve.services.staff.second_factor import remove_second_factor
from involve.vocabulary.roles import ROLES

LOCAL_SITE = "http://127.0.0.1:8000"
# The page of an invitation in both languages; a test holds them to the site's own addresses.
PATHS = {"cy": "/cy/staff/gwahoddiad/", "en": "/en/staff/invitation/"}


@click.group()
def user() -> None:
    """Invite members of staff. Participants need no account."""


@user.command()
@click.argument("email")
@click.option(
    "--role", required=True, type=click.Choice([role.id for role in ROLES]), help="What they may do."
)
@click.option("--body", "body_id", required=True, metavar="ID", help="The body: its slug or number.")
@click.option("--project", metavar="SLUG", help="One project of the body only; without it, all of them.")
def add(email: str, role: str, body_id: str, project: str | None) -> None:
    """Give EMAIL a role in a body, or in one project of it, and print a one-time invitation link.

    The link works once, for seven days. Someone who has an account keeps it; the new role is added, and the link
    lets them choose a new password.
    """
    settings = read_checked_settings()
    with writing(settings) as session:
        if project is not None:
            project_of(session, project)
        try:
            invitation = invite_user(session, email, role, body_id, project, now(), settings.secret_key)
        except NotFound as error:
            raise BadInput(f"There is no body {body_id!r}; involve body list shows them.") from error
    site = (settings.public_url or LOCAL_SITE).rstrip("/")
    click.echo(f"Invitation for {email.strip()}, to be used within {INVITATION_LASTS.days} days:")
    for path in PATHS.values():
        click.echo(f"  {site}{path}{invitation.token}")
    if not settings.public_url:
        click.echo("INVOLVE_PUBLIC_URL is not set: put the site's own address before the path.", err=True)


@user.command("forget-second-step")
@click.argument("email")
def forget_second_step(email: str) -> None:
    """Let EMAIL, who has lost app and recovery codes, sign in by password alone.

    Make sure first that it is they who ask.
    """
    settings = read_checked_settings()
    with writing(settings) as session:
        account = find_account(session, email=email)
        if account is None:
            raise BadInput("There is no account with that address that is switched on.")
        remove_second_factor(session, account.id, now(), actor="command")
    click.echo("They sign in without a second step now, and a letter tells them so.")
