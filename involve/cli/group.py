"""A group of commands that are imported when they are asked for, and that answer every failure in one line."""

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from involve.errors import BadInput, InvolveError, SettingsError

_BAD_INPUT, _FAILED = 2, 1


class CommandGroup(click.Group):
    """Commands by import address. Exit status 2 for input that the person can mend, 1 for what failed otherwise."""

    def __init__(self, *args: Any, commands_at: Mapping[str, tuple[str, str]], **options: Any) -> None:
        """Take *commands_at*: name to (``module:attribute``, one line of help)."""
        super().__init__(*args, **options)
        self._commands_at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which they were given."""
        return [*self._commands_at, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in self._commands_at:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self._commands_at[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - the table above names commands only
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, meaning) for name, (_, meaning) in self._commands_at.items()])

    def main(  # type: ignore[override]  # click overloads the result by standalone_mode
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **options: Any
    ) -> Any:
        """Run the command line; a failure is one line on standard error and an exit status."""
        standalone = options.pop("standalone_mode", True)
        if not standalone:
            return super().main(args, prog_name, standalone_mode=False, **options)
        sys.exit(self._run(args, prog_name, options))

    def _run(self, args: Sequence[str] | None, prog_name: str | None, options: Mapping[str, Any]) -> int:
        """Run the command and return the exit status."""
        try:
            result = super().main(args, prog_name, standalone_mode=False, **options)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            return _BAD_INPUT
        except click.ClickException as error:
            return _explain(error.format_message(), error.exit_code)
        except (BadInput, SettingsError) as error:
            return _explain(str(error), _BAD_INPUT)
        except InvolveError as error:
            return _explain(str(error), _FAILED)
        except click.Abort:
            return _explain("stopped", _FAILED)
        except BrokenPipeError:  # the reader of our output has seen enough (… | head)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return _FAILED
        except OSError as error:
            return _explain(f"{error.filename or 'input or output'}: {error.strerror}", _FAILED)
        return result if isinstance(result, int) else 0


def _explain(message: str, status: int) -> int:
    """Write *message* as one line of printable characters and return *status*."""
    line = " ".join(message.split())
    printable = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line)
    click.echo(f"involve: {printable}", err=True)
    return status
