"""Running `involve …` as a person does, with an environment that holds nothing of the developer's own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from involve.cli import main

KEYS = {"INVOLVE_SECRET_KEY": "s" * 40, "INVOLVE_CODE_KEY": "c" * 40}
SCRIPT = Path(sys.executable).with_name("involve")


@dataclass(frozen=True)
class Done:
    """What a command left: its exit status and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def environment(folder: Path, extra: Mapping[str, str] | None = None) -> dict[str, str | None]:
    """Return the variables of a site whose data are in *folder*, with keys; None takes a variable away."""
    own: dict[str, str | None] = {name: None for name in os.environ if name.startswith("INVOLVE_")}
    return {**own, **KEYS, "INVOLVE_DATA_DIR": str(folder / "data"), **(extra or {})}


def involve(*arguments: str | Path, folder: Path, extra: Mapping[str, str] | None = None) -> Done:
    """Run a command to its end in this process, which is quicker than starting one for each."""
    result = CliRunner().invoke(main, list(map(str, arguments)), env=environment(folder, extra))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


def start(
    *arguments: str, folder: Path, extra: Mapping[str, str] | None = None, errors_apart: bool = False
) -> subprocess.Popen[str]:
    """Start a command in a process of its own, from a folder that is not the checkout, as the head of its group."""
    variables = {**os.environ, **environment(folder, extra)}
    return subprocess.Popen(
        [str(SCRIPT), *arguments], cwd=folder, start_new_session=True, text=True, encoding="utf-8",
        env={name: value for name, value in variables.items() if value is not None},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE if errors_apart else subprocess.STDOUT,
    )  # fmt: skip
