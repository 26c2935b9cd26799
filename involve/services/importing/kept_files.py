"""The words of a file between two steps of bringing it in: beside the database, readable by the site alone."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from involve.services.importing.tables import Line


def path_of(folder: Path, key: str) -> Path:
    """Return where the lines of a file are."""
    return folder / f"{key}.jsonl"


def keep_lines(folder: Path, key: str, lines: Iterable[Line]) -> None:
    """Keep the lines of a file, in place of those that were kept under that key; only the site's user can read them."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f"{key}.part"
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        for number, cells in lines:
            # In ASCII: half a character, which a row may hold, is kept for the row to be refused.
            file.write(json.dumps([number, cells]) + "\n")
    part.replace(path_of(folder, key))


def read_lines(folder: Path, key: str) -> Iterator[Line]:
    """Yield the lines that were kept, none where they are gone."""
    try:
        with path_of(folder, key).open(encoding="utf-8") as file:
            for line in file:
                number, cells = json.loads(line)
                yield number, cells
    except FileNotFoundError:
        return


def forget_lines(folder: Path, key: str) -> None:
    """Delete what was kept under a key."""
    for suffix in ("jsonl", "part"):
        (folder / f"{key}.{suffix}").unlink(missing_ok=True)
