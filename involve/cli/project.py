"""`involve project`: opening a project from the command line, for a first one or to try an import."""

from datetime import datetime, timedelta

import click

from involve.cli.site import now, opened, read_settings, writing
from involve.errors import BadInput, LanguageMissing, NotFound
from involve.services.projects.projects import (
    ProjectPlan,
    StagePlan,
    add_body,
    add_project,
    find_body,
    list_all_projects,
)
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.ladders import find_rung
from involve.vocabulary.stages import STAGES

QUESTION = Bilingual("Beth yw eich profiad chi?", "What is your experience?")
NOT_STATED = Bilingual("Heb ei nodi eto.", "Not stated yet.")
OPEN_FOR = timedelta(days=90)
ANSWER_WITHIN = timedelta(days=60)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def project() -> None:
    """Open and list projects."""


@project.command("list")
def list_all() -> None:
    """List all projects, listed to the public or not: slug, state, names."""
    with opened(read_settings()) as factory, factory() as session:
        for view, listed in list_all_projects(session, now().date()):
            state = f"{view.current.progress}{'' if listed else ', unlisted'}"
            click.echo(f"{view.slug}  ({state})  {view.name.cy} · {view.name.en}")


@project.command("add")
@click.argument("slug")
@click.option(
    "--body", "body_id", required=True, metavar="ID", help="The body that holds it: its slug or number."
)
@click.option("--body-name-cy", help="With the next: adds the body under this Welsh name if it is not there.")
@click.option("--body-name-en", help="Its English name.")
@click.option("--name-cy", help="Name in Welsh; only an unlisted project may go without names.")
@click.option("--name-en", help="Name in English.")
@click.option("--question-cy", default=QUESTION.cy, show_default=True, help="What is asked, in Welsh.")
@click.option("--question-en", default=QUESTION.en, show_default=True, help="What is asked, in English.")
@click.option("--unlisted", is_flag=True, help="Not on the public list; reachable by who knows the address.")
@click.option(
    "--stage", default="identification", show_default=True, type=click.Choice([s.id for s in STAGES])
)
@click.option("--ladder", default="iap2", show_default=True, help="Ladder of participation.")
@click.option("--rung", default="consult", show_default=True, help="Rung of that ladder.")
@click.option("--opens", type=DAY, help="First day, YYYY-MM-DD; today without it.")
@click.option("--closes", type=DAY, help="Last day; 90 days later without it.")
@click.option("--answer-by", type=DAY, help="When the answer is promised; 60 days after that without it.")
def add(slug: str, **given: str | bool | datetime | None) -> None:
    """Open a project under SLUG with one stage. For a scratch project, --body and --unlisted are enough."""
    plan = _plan(slug, given)
    with writing(read_settings()) as session:
        if given["body_name_cy"] and given["body_name_en"]:
            add_body(session, plan.body, Bilingual(str(given["body_name_cy"]), str(given["body_name_en"])))
        try:
            find_body(session, plan.body)
        except NotFound as error:
            raise BadInput(f"There is no body {plan.body!r}; involve body add makes one.") from error
        try:
            add_project(session, plan, now())
        except LanguageMissing as error:
            raise BadInput(
                "A project's words are public: its name and question need both languages."
            ) from error
    click.echo(f"Project {slug}: open from {plan.stages[0].opens_on} to {plan.stages[0].closes_on}")


def _plan(slug: str, given: dict[str, str | bool | datetime | None]) -> ProjectPlan:
    """Return the plan that the options describe."""
    ladder, rung = str(given["ladder"]), str(given["rung"])
    try:
        find_rung(ladder, rung)
    except NotFound as error:
        raise BadInput(f"There is no rung {rung!r} on a ladder {ladder!r}.") from error
    unlisted = bool(given["unlisted"])
    fallback = slug.replace("-", " ").capitalize() if unlisted else ""
    name = Bilingual(str(given["name_cy"] or fallback), str(given["name_en"] or fallback))
    question = Bilingual(str(given["question_cy"]), str(given["question_en"]))
    opens = _day(given["opens"], now())
    closes = _day(given["closes"], opens + OPEN_FOR)
    stage = StagePlan(
        str(given["stage"]),
        ladder,
        rung,
        question,
        NOT_STATED,
        NOT_STATED,
        opens.date(),
        closes.date(),
        _day(given["answer_by"], closes + ANSWER_WITHIN).date(),
    )
    return ProjectPlan(str(given["body_id"]), slug, name, question, (stage,), listed=not unlisted)


def _day(given: str | bool | datetime | None, otherwise: datetime) -> datetime:
    """Return the day that was given, or the other."""
    return given if isinstance(given, datetime) else otherwise
