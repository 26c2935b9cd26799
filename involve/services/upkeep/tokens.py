"""Signed marks that stand in the links of letters: they say whose the link is and for what, and run out."""

import base64
import hmac
from datetime import timedelta
from hashlib import sha256

from itsdangerous import BadData, URLSafeTimedSerializer

from involve.errors import NotFound

# How much of a state a short token holds.
STATE_SIGNS = 8


def make_token(secret_key: str, purpose: str, about: int, state: str = "") -> str:
    """Return a token for row number *about*; it holds only as long as *state* is what it was."""
    return _signer(secret_key, purpose).dumps([about, state])


def read_token(secret_key: str, purpose: str, token: str, lasts: timedelta | None = None) -> tuple[int, str]:
    """Return the number and the state that *token* was made for.

    Raises:
        NotFound: it is none of ours for this purpose, or has run out.
    """
    seconds = None if lasts is None else int(lasts.total_seconds())
    try:
        about, state = _signer(secret_key, purpose).loads(token, max_age=seconds)
        return int(about), str(state)
    except (BadData, ValueError, TypeError) as error:
        raise NotFound(purpose) from error


def make_short_token(secret_key: str, purpose: str, about: int, state: str) -> str:
    """Return a token for row number *about* that is short enough for a text; it holds the beginning of *state*."""
    said = f"{about}.{state[:STATE_SIGNS]}"
    return f"{said}.{_digest(secret_key, purpose, said)}"


def read_short_token(secret_key: str, purpose: str, token: str) -> tuple[int, str]:
    """Return the number that a short token was made for, and the beginning of the state.

    Raises:
        NotFound: it is none of ours for this purpose.
    """
    said, _, digest = token.rpartition(".")
    number, _, state = said.partition(".")
    ours = hmac.compare_digest(_digest(secret_key, purpose, said).encode(), digest.encode())
    if not ours or not number.isdigit():
        raise NotFound(purpose)
    return int(number), state


def _digest(secret_key: str, purpose: str, said: str) -> str:
    """Return 96 bits in 16 signs."""
    digest = hmac.new(f"involve short {purpose} {secret_key}".encode(), said.encode(), sha256).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode("ascii")


def _signer(secret_key: str, purpose: str) -> URLSafeTimedSerializer:
    """Return what signs for one purpose; a token for one is void for every other."""
    return URLSafeTimedSerializer(secret_key, salt=f"involve {purpose}")
