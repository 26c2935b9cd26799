"""The command that learns from a site's own people: involve relearn."""

import json

import click

from involve.cli.options import format_option
from involve.cli.site import now, read_settings, writing
from involve.services.reading.learning import LearntNow, learn_anew, show_learnt


@click.command()
@format_option("json", table="text", help_text="Sentences, or one JSON object.")
def relearn(form: str) -> None:
    """Learn from what people said of suggestions on this site, from stories whose tellers agreed to it.

    The site does so by itself when ten more stories were corrected, and after someone took their leave back. Goals and
    ways of working move only where people spoke of them at least ten times, and what was learnt is used only where it
    foretells more of what people said than before, on stories it had not learnt from.
    """
    with writing(read_settings()) as session:
        learn_anew(session, 0, now())
        learnt = show_learnt(session)
    assert learnt is not None  # noqa: S101 - it was made three lines above
    click.echo(_as_json(learnt) if form == "json" else _tell(learnt))


def _as_json(learnt: LearntNow) -> str:
    return json.dumps(
        {
            "stories": learnt.stories,
            "used": learnt.used,
            "verdicts": learnt.verdicts,
            "foretold_before": learnt.before,
            "foretold_after": learnt.after,
        }
    )


def _tell(learnt: LearntNow) -> str:
    use = "Reading uses it." if learnt.used else "That is no gain: reading stays as it was."
    return (
        f"Learnt from {learnt.stories} stories. Of {learnt.verdicts} things that people said of stories not learnt "
        f"from, reading would have said {learnt.before} before and {learnt.after} after. {use}"
    )
