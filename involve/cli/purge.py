"""`involve purge` and `involve withdraw`: erasing what was kept long enough, and what must go before that."""

import json
from collections import Counter
from datetime import datetime

import click
from sqlalchemy import Engine

from involve.cli.site import now, opened, opened_list, project_of, read_checked_settings
from involve.database import SessionFactory, session_factory, transaction
from involve.errors import BadInput, NotFound, SettingsError
from involve.services.backups.withdrawals import PUBLISHED, PURGED, WITHDRAWN, WithdrawalList
from involve.services.insights.insight_erasing import DueInsight, list_due_insights, purge_insight
from involve.services.moderation.takebacks import take_back_by_command
from involve.services.projects.privacy import count_unsaid
from involve.services.upkeep.purge import Due, count_old_contacts, forget_old_contacts, list_due, purge_story
from involve.vocabulary.days import day_of
from involve.vocabulary.takebacks import TAKEBACKS


@click.command()
@click.option("--project", metavar="SLUG", help="Only this project; without it, all.")
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and erase nothing.")
@click.option("--yes", is_flag=True, help="Erase. Without it nothing is erased.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def purge(project: str | None, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Erase original words that were kept as long as their project said.

    A project says for how many months after its end original words are kept, and whether published stories stay. What
    is due is computed from that each time, so a missed purge catches up with the next: let a timer run it every day.
    Erased are the words, what repeats them, e-mail addresses and conversations. Votes and counts stay. It cannot be
    undone, and a restored back-up is purged again.
    """
    settings, moment = read_checked_settings(), now()
    erase = yes and not dry_run
    with opened(settings) as factory, opened_list(settings) as withdrawals:
        with factory() as session:
            if project is not None:
                project_of(session, project)
            due = list(list_due(session, day_of(moment), project))
            contacts = count_old_contacts(session, moment, project)
            insights = list(list_due_insights(session, day_of(moment), project))
        if erase:
            withdrawals.begin()
            due = [each for each in due if _erase(factory, withdrawals, each, moment)]
            insights = [each for each in insights if _erase_insight(factory, withdrawals, each, moment)]
            with transaction(factory) as session:
                contacts = forget_old_contacts(session, moment, project)
    click.echo(_as_json(due, insights, contacts, erase) if as_json else _tell(due, insights, contacts, erase))


def _erase(factory: SessionFactory, withdrawals: WithdrawalList, due: Due, moment: datetime) -> bool:
    """Erase one story in a transaction of its own; it stands in the list before that is settled."""
    with transaction(factory) as session:
        reference = purge_story(session, due.story_id, due.stays, moment)
        if reference is not None:
            withdrawals.note(PURGED, reference, moment, frozenset({PUBLISHED} if due.stays else ()))
    return reference is not None


def _erase_insight(
    factory: SessionFactory, withdrawals: WithdrawalList, due: DueInsight, moment: datetime
) -> bool:
    """Erase one insight in a transaction of its own; it stands in the list before that is settled."""
    with transaction(factory) as session:
        mark = purge_insight(session, due.insight_id, moment)
        if mark is not None:
            withdrawals.note(WITHDRAWN, mark, moment)
    return mark is not None


def _as_json(due: list[Due], insights: list[DueInsight], contacts: int, erased: bool) -> str:
    return json.dumps(
        {
            "erased": erased,
            "stories": len(due),
            "published_stay": sum(each.stays for each in due),
            "insights": len(insights),
            "contacts": contacts,
            "projects": dict(Counter(each.project for each in due)),
        }
    )


def _tell(due: list[Due], insights: list[DueInsight], contacts: int, erased: bool) -> str:
    if not due and not insights and not contacts:
        return "Nothing was kept longer than was said."
    said = "Erased" if erased else "Would erase"
    lines = [
        f"{said} the original words of {stories} in {slug}"
        for slug, stories in sorted(Counter(each.project for each in due).items())
    ]
    stay = sum(each.stays for each in due)
    lines += [f"Stories whose published form stays: {stay}"] if stay else []
    lines += [f"{said} the words of insights of staff: {len(insights)}"] if insights else []
    lines += [f"{said} e-mail addresses in projects that were put away: {contacts}"] if contacts else []
    return "\n".join(lines if erased else [*lines, "Nothing was erased. This cannot be undone: add --yes."])


def check_keeping(engine: Engine) -> str:
    """Say for `involve doctor` that nothing is kept longer than was said.

    Raises:
        SettingsError: something is.
    """
    with session_factory(engine)() as session:
        late = sum(1 for _ in list_due(session, day_of(now())))
        insights = sum(1 for _ in list_due_insights(session, day_of(now())))
        unsaid = count_unsaid(session)
    if late or insights:
        what = " and ".join(
            [f"{late} stories"] * bool(late) + [f"{insights} insights of staff"] * bool(insights)
        )
        raise SettingsError(f"{what} are kept longer than was said: run involve purge --yes every day")
    return "nothing is kept longer than was said" + (
        f"; projects that have not said for how long: {unsaid}" if unsaid else ""
    )


@click.command()
@click.argument("reference")
@click.option(
    "--because",
    required=True,
    type=click.Choice([each.id for each in TAKEBACKS]),
    help="Why; it is written into the audit trail.",
)
def withdraw(reference: str, because: str) -> None:
    """Take the story REFERENCE back for somebody who has no code, as its teller would: everything is erased.

    For imported stories, and where a code is lost and the body is satisfied who asks. It cannot be undone.
    """
    settings = read_checked_settings()
    with opened(settings) as factory, opened_list(settings) as withdrawals:
        try:
            with transaction(factory) as session:
                withdrawals.note(WITHDRAWN, take_back_by_command(session, reference, because, now()), now())
        except NotFound as error:
            raise BadInput("There is no such story, or it was taken back before.") from error
    click.echo(f"Withdrawn: {reference}")
