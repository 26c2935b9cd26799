"""Where the folders that stand beside the package are: in a checkout, or inside a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def asset_dir(name: str) -> Path:
    """Return the folder *name* (templates, translations or migrations).

    In a wheel the folder is inside the package, in a checkout it stands beside it.

    Raises:
        FileNotFoundError: the installation lacks the folder.
    """
    for parent in (PACKAGE, PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"involve is missing its {name}/ folder")
