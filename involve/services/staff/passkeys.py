"""Passkeys (WebAuthn, by the library webauthn): adding one, signing in with one, and taking one away.

A challenge is signed rather than kept: it says for what and for which browser it was made, and when. A sign-in needs
one that is younger than the passkey's last use, so that an answer which was listened to opens nothing again.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Literal

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from involve.errors import BadInput, NotFound
from involve.models import Passkey, User
from involve.services.trail.record import record
from involve.services.upkeep.letters import write_to_user

Purpose = Literal["add", "sign in"]
LASTS = timedelta(minutes=5)
LONGEST_NAME = 60
LONGEST_ANSWER = 20_000
MOST_PASSKEYS = 20
NAME = "Involve"
# The device makes sure that its owner is there, by a finger, a face or a number: two steps in one.
VERIFIED = UserVerificationRequirement.REQUIRED


class PasskeyRefused(BadInput):
    """A passkey does not open, or cannot be added."""

    code = "passkey_refused"


@dataclass(frozen=True, slots=True)
class Place:
    """Where passkeys are used: the site's host, its address, the key that signs challenges, and the browser's mark."""

    host: str
    origin: str
    secret_key: str
    browser: str


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """A passkey as its owner sees it."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


def options_to_add(session: Session, user_id: int, place: Place, now: datetime) -> str:
    """Return what a browser needs to make a passkey for that person (JSON)."""
    user = session.get_one(User, user_id)
    held = session.scalars(select(Passkey.credential_id).where(Passkey.user_id == user_id))
    options = generate_registration_options(
        rp_id=place.host,
        rp_name=NAME,
        user_id=_handle(place, user_id),
        user_name=user.email,
        user_display_name=user.name or user.email,
        challenge=_challenge(place, "add", now),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in held],
    )
    return options_to_json(options)


def add_passkey(session: Session, user_id: int, name: str, answer: str, place: Place, now: datetime) -> int:
    """Keep the passkey that a browser made; return the job of a letter that tells its owner.

    Raises:
        PasskeyRefused: it was not made for this site, this browser and this moment, or is known already.
    """
    challenge, _issued = _read_challenge(place, "add", answer, now)
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except WebAuthnException as error:
        raise PasskeyRefused("registration") from error
    credential_id = bytes_to_base64url(made.credential_id)
    known = session.scalar(select(Passkey.id).where(Passkey.credential_id == credential_id))
    if known is not None or len(list_passkeys(session, user_id)) >= MOST_PASSKEYS:
        raise PasskeyRefused("known")
    session.add(
        Passkey(
            user_id=user_id,
            credential_id=credential_id,
            public_key=bytes_to_base64url(made.credential_public_key),
            sign_count=made.sign_count,
            name=name.strip()[:LONGEST_NAME],
            added_at=now,
        )
    )
    record(session, "passkey_added", "user", user_id, now, user_id=user_id)
    return write_to_user(session, "sign_in_changed", user_id, now)


def options_to_sign_in(place: Place, now: datetime) -> str:
    """Return what a browser needs to offer the passkeys that it has for this site (JSON); no address is asked for."""
    challenge = _challenge(place, "sign in", now)
    return options_to_json(
        generate_authentication_options(rp_id=place.host, challenge=challenge, user_verification=VERIFIED)
    )


def use_passkey(session: Session, answer: str, place: Place, now: datetime) -> int:
    """Return the id of the person whose passkey gave *answer*.

    Raises:
        PasskeyRefused: there is no such passkey, its owner is switched off, or the answer is not for this moment.
    """
    challenge, issued = _read_challenge(place, "sign in", answer, now)
    row = session.scalar(select(Passkey).where(Passkey.credential_id == _credential_id(answer)))
    if row is None or not session.get_one(User, row.user_id).active:
        raise PasskeyRefused("unknown")
    if row.used_at is not None and issued <= row.used_at:
        raise PasskeyRefused("used")
    try:
        shown = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=base64url_to_bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except WebAuthnException as error:
        raise PasskeyRefused("authentication") from error
    row.sign_count, row.used_at = shown.new_sign_count, now
    return row.user_id


def list_passkeys(session: Session, user_id: int) -> tuple[PasskeyView, ...]:
    """Return the passkeys of that person, the first one first."""
    rows = session.scalars(select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id))
    return tuple(PasskeyView(row.id, row.name, row.added_at, row.used_at) for row in rows)


def remove_passkey(session: Session, user_id: int, passkey_id: int, now: datetime) -> int:
    """Take a passkey of that person away; return the job of a letter that tells them.

    Raises:
        NotFound: they have no such passkey.
    """
    row = session.get(Passkey, passkey_id)
    if row is None or row.user_id != user_id:
        raise NotFound("passkey")
    session.delete(row)
    record(session, "passkey_removed", "user", user_id, now, user_id=user_id)
    return write_to_user(session, "sign_in_changed", user_id, now)


def _handle(place: Place, user_id: int) -> bytes:
    """Return the name by which a device knows the person: it says nothing to anybody else."""
    return hmac.digest(place.secret_key.encode(), f"passkey handle {user_id}".encode(), "sha256")


def _challenge(place: Place, purpose: Purpose, now: datetime) -> bytes:
    """Return a new challenge for one purpose in one browser."""
    return _signer(place, purpose).dumps([token_urlsafe(16), now.isoformat()]).encode()


def _read_challenge(place: Place, purpose: Purpose, answer: str, now: datetime) -> tuple[bytes, datetime]:
    """Return the challenge that a browser answered, and when it was made.

    Raises:
        PasskeyRefused: it is not ours, not for this purpose or browser, or too old.
    """
    try:
        if len(answer) > LONGEST_ANSWER:
            raise PasskeyRefused("length")
        said = json.loads(answer)["response"]["clientDataJSON"]
        challenge = parse_client_data_json(base64url_to_bytes(said)).challenge
        _random, made_at = _signer(place, purpose).loads(challenge)
        issued = datetime.fromisoformat(made_at)
    except (ValueError, KeyError, TypeError, AttributeError, BadData, WebAuthnException) as error:
        raise PasskeyRefused("challenge") from error
    if not timedelta(0) <= now - issued <= LASTS:
        raise PasskeyRefused("late")
    return challenge, issued


def _credential_id(answer: str) -> str:
    """Return the id of the passkey in an answer, spelt as it is kept.

    Raises:
        PasskeyRefused: there is none.
    """
    try:
        return bytes_to_base64url(base64url_to_bytes(json.loads(answer)["rawId"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PasskeyRefused("id") from error


def _signer(place: Place, purpose: Purpose) -> URLSafeSerializer:
    """Return what signs challenges for one purpose in one browser."""
    return URLSafeSerializer(place.secret_key, salt=f"passkey {purpose} {place.browser}")
