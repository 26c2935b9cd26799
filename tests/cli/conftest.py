"""A site of which a test of commands need not make the tables first."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def tables(tmp_path: Path, empty_database: Path) -> Path:
    """The file of the database in the test's folder, with all the tables and no rows; the first command finds it."""
    data = tmp_path / "data"
    data.mkdir()
    return Path(shutil.copy(empty_database, data / "involve.sqlite3"))
