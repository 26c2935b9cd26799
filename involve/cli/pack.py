"""`involve pack`: writes a brief on what the filters fix, with its tables and its method, to a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from involve.cli.export import read_filter, with_filters
from involve.cli.site import now, opened, project_of, read_settings
from involve.documents.pack import write_pack
from involve.documents.paper import write_pdf
from involve.documents.word import write_docx
from involve.i18n import LANGUAGES
from involve.services.evidence.published import one_moment
from involve.services.findings.brief import write_brief
from involve.vocabulary.states import LANGUAGES as STORY_LANGUAGES

WRITERS: dict[str, Callable[[str], bytes]] = {"pdf": write_pdf, "docx": write_docx}


def with_filters_of_stories(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filters of the evidence page, with the language of the stories under a name of its own."""
    filtered: Any = with_filters(command)
    filtered.__click_params__ = [each for each in filtered.__click_params__ if each.name != "language"]
    told_in = click.option(
        "--told-in", type=click.Choice([each.id for each in STORY_LANGUAGES]), help="Language of the stories."
    )
    command_here: Callable[..., None] = told_in(filtered)
    return command_here


@click.command()
@with_filters_of_stories
@click.option(
    "--language",
    "languages",
    required=True,
    multiple=True,
    type=click.Choice(LANGUAGES),
    help="Of the pack; given twice, both, Welsh first.",
)
@click.option("--format", "form", required=True, type=click.Choice(list(WRITERS)), help="Kind of file.")
@click.option(
    "-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path, dir_okay=False)
)
def pack(languages: tuple[str, ...], form: str, output: Path, told_in: str | None, **filters: Any) -> None:
    """Write an evidence pack to FILE: how strong a finding is, people's own words for it and against it, counts.

    It also says who is missing, what is changing, what was decided, and how it was made. Only published stories are
    counted and only words that their tellers let be quoted are quoted. At most 300 stories are read for it, however
    many fit; counts are of all. Links to stories need INVOLVE_PUBLIC_URL.
    """
    settings, wanted = read_settings(), read_filter({**filters, "language": told_in})
    with opened(settings) as factory, one_moment(factory) as session:
        if wanted.project is not None:
            project_of(session, wanted.project)
        brief = write_brief(session, wanted, now())
    chosen = tuple(each for each in LANGUAGES if each in languages)
    made = WRITERS[form](write_pack(brief, chosen, settings.public_url.rstrip("/")))
    # A file that is there already is replaced only by a whole new one.
    part = output.with_name(f".{output.name}.part")
    try:
        part.write_bytes(made)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"Stories: {brief.total} in {output}")
