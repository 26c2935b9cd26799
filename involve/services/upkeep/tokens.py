"""Signed marks that stand in the links of letters: they say whose the link is and for what, and run out."""

from datetime import timedelta

from itsdangerous import BadData, URLSafeTimedSerializer

from involve.errors import NotFound


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


def _signer(secret_key: str, purpose: str) -> URLSafeTimedSerializer:
    """Return what signs for one purpose; a token for one is void for every other."""
    return URLSafeTimedSerializer(secret_key, salt=f"involve {purpose}")
