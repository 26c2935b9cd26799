"""Sealing what must be read again later but not from a copy of the database: under a key made from the code key."""

import base64

from cryptography.fernet import Fernet, InvalidToken

from involve.errors import SettingsError
from involve.services.stories.codes import sealing_key


def seal_text(code_key: str, purpose: str, text: str) -> str:
    """Return *text* encrypted and authenticated (Fernet) for *purpose*; each purpose has a key of its own."""
    return _box(code_key, purpose).encrypt(text.encode()).decode("ascii")


def open_sealed(code_key: str, purpose: str, sealed: str) -> str:
    """Return the text that was sealed.

    Raises:
        SettingsError: it was sealed under another key, or changed since.
    """
    try:
        return _box(code_key, purpose).decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as error:
        raise SettingsError(
            "A sealed value does not open: INVOLVE_CODE_KEY is not the one it was sealed with."
        ) from error


def _box(code_key: str, purpose: str) -> Fernet:
    """Return what seals for one purpose."""
    return Fernet(base64.urlsafe_b64encode(sealing_key(code_key, purpose)))
