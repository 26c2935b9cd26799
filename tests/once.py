"""What a run of tests makes once, whichever of its processes is the first to need it."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def find_run(temporary: pytest.TempPathFactory) -> Path:
    """Return the folder of the run, which all its processes share: each process of pytest-xdist has its own in it."""
    own = temporary.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def make_once(temporary: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder *name* that *make* filled for all processes of the run; it is to be looked at and copied."""
    run = find_run(temporary)
    folder, unfinished = run / name, run / f"{name}-unfinished"
    with (run / f"{name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder
