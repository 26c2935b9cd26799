"""Noticing a changed code key, under which no story code that was given out would open its story any more."""

import hmac
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from involve.errors import SettingsError
from involve.models import KeyCheck

NAME = "code"


def check_code_key(session: Session, code_key: str) -> bool | None:
    """Return whether *code_key* is the one that this database knows; None while it knows none."""
    kept = session.get(KeyCheck, NAME)
    return None if kept is None else hmac.compare_digest(kept.value, _mark(code_key))


def keep_code_key(session: Session, code_key: str, now: datetime) -> None:
    """Leave the key's mark in a database that has none.

    Raises:
        SettingsError: the database was used with another key.
    """
    known = check_code_key(session, code_key)
    if known is None:
        session.add(KeyCheck(name=NAME, value=_mark(code_key), made_at=now))
    elif not known:
        raise SettingsError(
            "INVOLVE_CODE_KEY is not the key that this database was used with: no story code given out so far "
            "would work. Set it back to the earlier key."
        )


def _mark(code_key: str) -> str:
    """Return the keyed hash of a fixed word (hexadecimal)."""
    return hmac.digest(code_key.encode(), b"check\0involve", sha256).hex()
