"""Recovery codes: ten codes on paper, each of which stands in for the app once."""

import hmac
import secrets
from datetime import datetime
from hashlib import sha256
from typing import cast

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from involve.models import RecoveryCode
from involve.services.staff.second_factor import CodeRefused
from involve.services.stories.codes import ALPHABET, MISREAD, group_code
from involve.services.trail.record import record
from involve.services.upkeep.letters import write_to_user

HOW_MANY = 10
# 80 bits each: nobody guesses one, so that a fast keyed hash is enough.
LENGTH = 16


def renew_codes(session: Session, user_id: int, now: datetime, code_key: str) -> tuple[str, ...]:
    """Return ten new codes, in groups of four; only their hashes are kept, and all earlier ones are void."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = tuple("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(HOW_MANY))
    session.add_all(RecoveryCode(user_id=user_id, code_hash=_hash(code_key, user_id, code)) for code in codes)
    record(session, "recovery_codes_made", "user", user_id, now, user_id=user_id)
    return tuple(group_code(code) for code in codes)


def count_codes(session: Session, user_id: int) -> int:
    """Return how many codes that person has left."""
    left = select(func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return session.scalar(left) or 0


def use_recovery_code(session: Session, user_id: int, typed: str, now: datetime, code_key: str) -> int:
    """Take a code, whatever its case, spaces and hyphens; return the job of a letter that tells its owner.

    Raises:
        CodeRefused: there is no such code, or it was used.
    """
    plain = "".join(character for character in typed.upper() if character.isalnum()).translate(MISREAD)
    wanted = (RecoveryCode.user_id == user_id, RecoveryCode.code_hash == _hash(code_key, user_id, plain))
    taken = update(RecoveryCode).where(*wanted, RecoveryCode.used_at.is_(None)).values(used_at=now)
    if not cast("CursorResult[object]", session.execute(taken)).rowcount:
        raise CodeRefused("used" if session.scalar(select(RecoveryCode.id).where(*wanted)) else "wrong")
    record(session, "recovery_code_used", "user", user_id, now, user_id=user_id)
    return write_to_user(session, "sign_in_changed", user_id, now)


def _hash(code_key: str, user_id: int, plain: str) -> str:
    """Return the keyed hash under which a code is kept (hexadecimal)."""
    message = f"recovery code\0{user_id}\0{plain}".encode("utf-8", "replace")
    return hmac.digest(code_key.encode(), message, sha256).hex()
