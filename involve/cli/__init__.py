"""The command line: involve …"""

import click

from involve import __version__
from involve.cli.group import CommandGroup

# name -> (where it is, what `involve --help` says of it). A command's module is imported when it is asked for, so
# that `involve tag` loads no web framework and no database.
_COMMANDS = {
    "tag": (
        "involve.cli.text:tag",
        "Suggest goals, ways of working and themes, each with the words behind it.",
    ),
    "redact": ("involve.cli.text:redact", "Hide personal details in stories."),
    "evaluate": (
        "involve.cli.text:evaluate",
        "Measure the suggestions against stories that people labelled.",
    ),
    "learn": ("involve.cli.learning:learn", "Learn a codebook's themes from stories that people labelled."),
    "relearn": ("involve.cli.relearn:relearn", "Learn from what this site's people said of suggestions."),
    "codebook": ("involve.cli.text:codebook", "Check a project's codebook."),
    "themes": (
        "involve.cli.themes:themes",
        "Show what sets stories apart, which repeat each other, and whom to quote.",
    ),
    "similar": (
        "involve.cli.similar:similar",
        "Find the stories that are most like one, across both languages.",
    ),
    "run": ("involve.cli.run:run", "Serve the site."),
    "worker": ("involve.cli.worker:worker", "Carry out jobs apart from the site."),
    "doctor": ("involve.cli.doctor:doctor", "Check the installation and say what to do; list the settings."),
    "database": ("involve.cli.database:database", "Make the tables and bring them up to date."),
    "body": ("involve.cli.body:body", "Add and list organisations."),
    "project": ("involve.cli.project:project", "Open and list projects."),
    "user": ("involve.cli.user:user", "Invite members of staff."),
    "key": ("involve.cli.key:key", "Make, list and revoke keys for programs."),
    "import": ("involve.cli.importing:import_file", "Take in stories that were gathered elsewhere."),
    "export": ("involve.cli.export:export", "Write published stories to a file."),
    "pack": ("involve.cli.pack:pack", "Write a brief on published stories, with its tables, as PDF or DOCX."),
    "purge": ("involve.cli.purge:purge", "Erase original words that were kept as long as was said."),
    "withdraw": ("involve.cli.purge:withdraw", "Take a story back for somebody who has no code."),
    "bounce": ("involve.cli.bounce:bounce", "Note letters that came back."),
    "backup": ("involve.cli.backup:backup", "Write all that the site keeps to one sealed file."),
    "restore": ("involve.cli.backup:restore", "Put a back-up into an empty database."),
    "bench": ("involve.cli.bench:bench", "Measure speed on invented stories and scratch data."),
}


@click.group(cls=CommandGroup, commands_at=_COMMANDS)
@click.version_option(__version__, prog_name="involve")
def main() -> None:
    """Take in lived experience told in Welsh and English, read it, and bring an answer back.

    Every command explains itself: involve COMMAND --help.
    """
