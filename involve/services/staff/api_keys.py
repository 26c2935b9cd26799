"""Keys of a body for programs: made and shown once, known again by a keyed hash, and revoked at once.

Nothing that is public needs a key. It tells the site which body asks, so that its programs may ask more often.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, InvolveError, NotFound
from involve.models import ApiKey, Body
from involve.services.staff.access import Actor, require_in_body
from involve.services.staff.members import BodyView
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of

# How every key begins, so that one is known for a key wherever it turns up.
START = "involve_"
# Of chance, in bytes: 256 bits.
CHANCE = 32
# Signs of a key that are shown later, with those of START.
SHOWN = len(START) + 6
LONGEST_NAME = 80
# Keys that a body may have at a time, without those that were revoked.
MOST_KEYS = 20


class KeyUnknown(InvolveError):
    """What was sent is none of the keys that were given out."""

    code = "key_unknown"


class KeyRevoked(InvolveError):
    """The key was revoked."""

    code = "key_revoked"


class KeyEnded(InvolveError):
    """The last day of the key is over."""

    code = "key_ended"


class KeyNameRefused(BadInput):
    """A key needs a name that says what it is for, of at most LONGEST_NAME characters."""


class KeyDayRefused(BadInput):
    """The last day of a key cannot be over when it is made."""


class TooManyKeys(BadInput):
    """A body has at most MOST_KEYS keys at a time."""


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key as its body sees it; `works` says whether a program can still use it."""

    id: int
    name: str
    prefix: str
    made_on: date
    ends_on: date | None
    revoked_on: date | None
    used_on: date | None
    works: bool


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new key. `secret` is kept nowhere: whoever made it sees it this once."""

    secret: str
    view: KeyView


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key that a program has just shown: its number, and when it was last used."""

    id: int
    used_on: date | None


def list_keys(
    session: Session, actor: Actor | None, slug: str, today: date
) -> tuple[BodyView, tuple[KeyView, ...]]:
    """Return a body and its keys, the newest first, with those that were revoked.

    *actor* is None where a command asks, here and below.

    Raises:
        NotFound, NotAllowed: there is no such body, or no role of *actor* covers it.
    """
    body = _find_body(session, actor, slug)
    rows = session.scalars(select(ApiKey).where(ApiKey.body_id == body.id).order_by(ApiKey.id.desc()))
    view = BodyView(body.id, body.slug, Bilingual(body.name_cy, body.name_en))
    return view, tuple(_view(row, today) for row in rows)


def find_key(session: Session, actor: Actor, slug: str, key_id: int, today: date) -> KeyView:
    """Return one key of a body.

    Raises:
        NotFound, NotAllowed: as `list_keys`, and the key has to be that body's.
    """
    return _view(_find_row(session, _find_body(session, actor, slug), key_id), today)


def make_key(
    session: Session,
    actor: Actor | None,
    slug: str,
    name: str,
    ends_on: date | None,
    now: datetime,
    code_key: str,
) -> MadeKey:
    """Make a key of a body under a *name*; it works until it is revoked, or until the end of *ends_on*.

    Raises:
        NotFound, NotAllowed: as `list_keys`.
        KeyNameRefused, KeyDayRefused, TooManyKeys: it cannot be made like this.
    """
    body, name, today = _find_body(session, actor, slug), name.strip(), day_of(now)
    if not name or len(name) > LONGEST_NAME or "\0" in name:
        raise KeyNameRefused("name")
    if ends_on is not None and ends_on < today:
        raise KeyDayRefused("ends_on")
    _require_room(session, body)
    secret = START + secrets.token_urlsafe(CHANCE)
    row = ApiKey(
        body_id=body.id,
        name=name,
        prefix=secret[:SHOWN],
        digest=_digest(secret, code_key),
        user_id=actor.user_id if actor else None,
        made_at=now,
        ends_on=ends_on,
    )
    session.add(row)
    session.flush()
    _note(session, "api_key_made", row, actor, now)
    return MadeKey(secret, _view(row, today))


def revoke_key(session: Session, actor: Actor | None, slug: str, key_id: int, now: datetime) -> None:
    """Let a key work no more, from the next request on. One that was revoked stays as it is.

    Raises:
        NotFound, NotAllowed: as `list_keys`, and the key has to be that body's.
    """
    row = _find_row(session, _find_body(session, actor, slug), key_id)
    if row.revoked_at is None:
        row.revoked_at = now
        _note(session, "api_key_revoked", row, actor, now)


def read_key(session: Session, secret: str, code_key: str, today: date) -> KnownKey:
    """Return the key that a program shows.

    Raises:
        KeyUnknown, KeyRevoked, KeyEnded: it opens nothing.
    """
    row = session.scalar(select(ApiKey).where(ApiKey.digest == _digest(secret, code_key)))
    if row is None:
        raise KeyUnknown("key")
    if row.revoked_at is not None:
        raise KeyRevoked("key")
    if row.ends_on is not None and row.ends_on < today:
        raise KeyEnded("key")
    return KnownKey(row.id, row.used_on)


def note_use(session: Session, key_id: int, today: date) -> None:
    """Note that a key was used on a day: once a day is enough to see which keys nobody needs."""
    session.get_one(ApiKey, key_id).used_on = today


def _find_body(session: Session, actor: Actor | None, slug: str) -> Body:
    """Return the row of a body. Raises NotFound or NotAllowed."""
    body = None if "\0" in slug else session.scalar(select(Body).where(Body.slug == slug))
    if body is None:
        raise NotFound("body")
    if actor is not None:
        require_in_body(actor, "manage_keys", body.id)
    return body


def _find_row(session: Session, body: Body, key_id: int) -> ApiKey:
    """Return the row of a key of that body. Raises NotFound."""
    row = session.scalar(select(ApiKey).where(ApiKey.id == key_id, ApiKey.body_id == body.id))
    if row is None:
        raise NotFound("key")
    return row


def _require_room(session: Session, body: Body) -> None:
    """Stop where a body has keys enough. Raises TooManyKeys."""
    kept = select(func.count()).where(ApiKey.body_id == body.id, ApiKey.revoked_at.is_(None))
    if session.scalars(kept).one() >= MOST_KEYS:
        raise TooManyKeys("keys")


def _digest(secret: str, code_key: str) -> str:
    """Return the keyed hash under which a key is kept (hexadecimal)."""
    return hmac.digest(code_key.encode(), b"api key\0" + secret.encode(errors="replace"), sha256).hex()


def _note(session: Session, kind: str, row: ApiKey, actor: Actor | None, now: datetime) -> None:
    """Record what became of a key; never the key."""
    by, user_id = ("staff", actor.user_id) if actor else ("command", None)
    record(session, kind, "api_key", row.id, now, actor=by, user_id=user_id, body=row.body_id)


def _view(row: ApiKey, today: date) -> KeyView:
    """Return a key as a value."""
    over = row.ends_on is not None and row.ends_on < today
    return KeyView(
        row.id,
        row.name,
        row.prefix,
        day_of(row.made_at),
        row.ends_on,
        day_of(row.revoked_at) if row.revoked_at else None,
        row.used_on,
        works=row.revoked_at is None and not over,
    )
