"""What a build must have left behind before the site can be served."""

from involve.errors import SettingsError
from involve.i18n import check_catalogues
from involve.paths import PACKAGE

MANIFEST = PACKAGE / "web" / "static" / "build" / "manifest.json"


def require_catalogues() -> None:
    """Make sure that both languages can be spoken.

    Raises:
        SettingsError: a catalogue was not compiled; says what to do.
    """
    try:
        check_catalogues()
    except FileNotFoundError as error:
        raise SettingsError(str(error)) from error


def require_assets() -> None:
    """Make sure that there is a style sheet.

    Raises:
        SettingsError: it was not built; says what to do.
    """
    if not MANIFEST.is_file():
        raise SettingsError("The style sheet is not built: run make assets, or install the package again.")
