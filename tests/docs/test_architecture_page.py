"""The architecture page names each folder of the house, and no folder that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "involve"
PAGE = ROOT / "docs" / "architecture.md"
# Folders that hold sources or data of the room they are in, described with it.
PARTS = {"involve/web/assets/", "involve/"}


def folders_named() -> set[str]:
    """Return the folders that the page names, written as `path/`."""
    return set(re.findall(r"`([\w./-]+/)`", PAGE.read_text(encoding="utf-8"))) - PARTS


def folders_ignored() -> set[str]:
    """Return the names of folders that git ignores wherever they stand."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    return {line.rstrip("/") for line in lines if line.endswith("/")} | {".git"}


def folders_of_the_house() -> set[str]:
    """Return the folders at the top, and each package below involve/."""
    top = {path.name for path in ROOT.iterdir() if path.is_dir()} - folders_ignored() - {"involve"}
    top = {name for name in top if not name.endswith(".egg-info")}
    rooms = {path.parent for path in PACKAGE.rglob("__init__.py")} - {PACKAGE}
    return {f"{name}/" for name in top} | {f"{room.relative_to(ROOT).as_posix()}/" for room in rooms}


def test_each_folder_that_the_page_names_exists() -> None:
    assert [name for name in folders_named() if not (ROOT / name).is_dir()] == []


def test_each_folder_of_the_house_is_named_on_the_page() -> None:
    assert folders_of_the_house() - folders_named() == set()


def test_the_page_shows_the_stairs_that_the_test_enforces() -> None:
    stairs = (
        "app → web, cli, jobs → documents → i18n → services → "
        "text | models, database → vocabulary, errors, settings, paths"
    )
    assert stairs in PAGE.read_text(encoding="utf-8")
