"""The second step of signing in: a code from an app that changes every half minute (TOTP, RFC 6238, by pyotp)."""

import hmac
from datetime import datetime
from typing import cast

import pyotp
from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Membership, RecoveryCode, SecondFactor, User
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.services.upkeep.letters import write_to_user
from involve.services.upkeep.sealing import open_sealed, seal_text

# What every app assumes; the address in the QR says it too.
STEP = 30
DIGITS = 6
# Clocks may differ by one step: of a code that was on the screen half a minute ago, or will be.
DRIFT = 1
# A code of a moment up to ten minutes away is not taken, but tells that a clock is wrong.
EXPLAINED = 20
ISSUER = "Involve"
PURPOSE = "second factor"
# Who works with what people told, or grants roles: a body may require a second step of them.
MUST = frozenset({"moderator", "administrator"})


class CodeRefused(BadInput):
    """A code does not open. `why` is "wrong", "used" (each works once), or "clock": right for another moment."""

    code = "code_refused"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def new_secret() -> str:
    """Return a secret to share with an app: 160 random bits in base 32."""
    return pyotp.random_base32()


def app_address(secret: str, email: str) -> str:
    """Return what an app reads from the QR (otpauth://…)."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP).provisioning_uri(name=email, issuer_name=ISSUER)


def set_second_factor(
    session: Session, user_id: int, secret: str, typed: str, now: datetime, code_key: str
) -> int:
    """Ask for a second step from now on, since *typed* shows that the app has the secret; return the job of a letter.

    Raises:
        CodeRefused: the app shows something else.
    """
    step = _matching_step(secret, typed, now, last=0)
    session.execute(delete(SecondFactor).where(SecondFactor.user_id == user_id))
    sealed = seal_text(code_key, PURPOSE, secret)
    session.add(SecondFactor(user_id=user_id, sealed_secret=sealed, last_step=step, set_at=now))
    record(session, "second_factor_set", "user", user_id, now, user_id=user_id)
    return write_to_user(session, "sign_in_changed", user_id, now)


def second_factor_since(session: Session, user_id: int) -> datetime | None:
    """Return since when that person has a second step, or None."""
    row = session.get(SecondFactor, user_id)
    return None if row is None else row.set_at


def lacks_second_factor(session: Session, actor: Actor) -> bool:
    """Whether a body that requires a second step would require it of this person, who has none."""
    return (
        any(grant.role in MUST for grant in actor.grants) and session.get(SecondFactor, actor.user_id) is None
    )


def count_without_second_factor(session: Session) -> tuple[int, int]:
    """Return how many of those who MUST have a second step where one is required lack it, and how many they are."""
    holders = select(Membership.user_id).join(User).where(Membership.role.in_(MUST), User.active)
    everyone = set(session.scalars(holders))
    protected = set(session.scalars(select(SecondFactor.user_id)))
    return len(everyone - protected), len(everyone)


def use_code(session: Session, user_id: int, typed: str, now: datetime, code_key: str) -> None:
    """Take a code from the app; it works once.

    Raises:
        CodeRefused: it does not open, or was used.
    """
    row = session.get(SecondFactor, user_id)
    if row is None:
        raise CodeRefused("wrong")
    step = _matching_step(open_sealed(code_key, PURPOSE, row.sealed_secret), typed, now, row.last_step)
    # Two browsers may send the same code at once: the database lets one of them have it.
    taken = update(SecondFactor).where(SecondFactor.user_id == user_id, SecondFactor.last_step < step)
    if not cast("CursorResult[object]", session.execute(taken.values(last_step=step))).rowcount:
        raise CodeRefused("used")


def remove_second_factor(session: Session, user_id: int, now: datetime, actor: str = "staff") -> int:
    """Ask for no second step any more, and void the recovery codes; return the job of a letter that says so.

    `actor` is "command" where not the person did it but whoever runs the site.
    """
    for table in (SecondFactor, RecoveryCode):
        session.execute(delete(table).where(table.user_id == user_id))
    by = user_id if actor == "staff" else None
    record(session, "second_factor_removed", "user", user_id, now, actor, by)
    return write_to_user(session, "sign_in_changed", user_id, now)


def note_code_refused(session: Session, user_id: int, now: datetime, how: str) -> None:
    """Keep that someone who knew the password was not let in."""
    record(session, "sign_in_refused", "user", user_id, now, how=how)


def _matching_step(secret: str, typed: str, now: datetime, last: int) -> int:
    """Return the step of time for which *typed* is the code.

    Raises:
        CodeRefused: for none that is near enough, or for one not after *last*.
    """
    plain = "".join(character for character in typed if character.isdecimal())
    present = int(now.timestamp()) // STEP
    app = pyotp.TOTP(secret, digits=DIGITS, interval=STEP)
    matching = [
        step
        for step in range(present - EXPLAINED, present + EXPLAINED + 1)
        if hmac.compare_digest(app.generate_otp(step).encode(), plain.encode())
    ]
    near = [step for step in matching if abs(step - present) <= DRIFT]
    if any(step > last for step in near):
        return max(near)
    if last > present + DRIFT and matching:
        # The site's own clock went back: the code is right, and an earlier one may have been used at this time.
        raise CodeRefused("clock")
    if near:
        raise CodeRefused("used")
    raise CodeRefused("clock" if matching else "wrong")
